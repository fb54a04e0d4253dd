// The protocols of SNMPv3 as the API writes them, what is to be preferred first.
export const AUTH = ['SHA256', 'SHA512', 'SHA384', 'SHA224', 'SHA', 'MD5'];
export const PRIV = ['AES128', 'AES256', 'AES192', 'CISCOAES256', 'CISCOAES192', 'DES'];
