// The shapes of the API that the page reads, as src/Contracts has them. Absent is what is not known; secrets are never told.

export interface Credential {
  id: string;
  description?: string;
  comments?: string;
  username?: string;
  enablePassword?: string; // its mask, where there is one
  snmpMode?: string; // AUTHPRIV, AUTHNOPRIV, NOAUTHNOPRIV
  authType?: string;
  privacyType?: string;
  ranges?: string[]; // where it may be sent; empty: everywhere
}

/** The kinds by the words of the API, and under which path one is written. */
export const SUBTYPES = {
  SNMPV3: '/global-credential/snmpv3',
  SNMPV2_READ_COMMUNITY: '/global-credential/snmpv2-read-community',
  SNMPV2_WRITE_COMMUNITY: '/global-credential/snmpv2-write-community',
  CLI: '/global-credential/cli',
};

export type SubType = keyof typeof SUBTYPES;

export interface CredentialOfKind extends Credential {
  subType: SubType;
}
