import type { CredentialOfKind, SubType } from '../api/credentials';

/** What stands in the fields of the form. Secrets are empty there until somebody types them. */
export interface CredentialText {
  subType: SubType;
  description: string;
  comments: string;
  ranges: string;
  user: string;
  community: string;
  password: string;
  enablePassword: string;
  port: string;
  scheme: string;
  mode: string;
  authType: string;
  authPassword: string;
  privacyType: string;
  privacyPassword: string;
}

export const KIND_NAMES: Record<SubType, string> = {
  SNMPV3: 'SNMPv3', SNMPV2_READ_COMMUNITY: 'SNMPv2c read', SNMPV2_WRITE_COMMUNITY: 'SNMPv2c write', CLI: 'Command line',
  HTTP_READ: 'HTTP read', HTTP_WRITE: 'HTTP write', NETCONF: 'NETCONF',
};

export const NEW_CREDENTIAL: CredentialText = {
  subType: 'SNMPV3', description: '', comments: '', ranges: '', user: '', community: '', password: '', enablePassword: '',
  port: '', scheme: 'https',
  mode: 'AUTHPRIV', authType: 'SHA256', authPassword: '', privacyType: 'AES128', privacyPassword: '',
};

export function textOf(stored: CredentialOfKind): CredentialText {
  return {
    ...NEW_CREDENTIAL,
    subType: stored.subType,
    description: stored.description ?? '',
    comments: stored.comments ?? '',
    ranges: (stored.ranges ?? []).join(', '),
    user: stored.username ?? '',
    port: String(stored.port ?? stored.netconfPort ?? ''),
    scheme: schemeOf(stored),
    mode: stored.snmpMode ?? NEW_CREDENTIAL.mode,
    authType: stored.authType ?? NEW_CREDENTIAL.authType,
    privacyType: stored.privacyType ?? NEW_CREDENTIAL.privacyType,
  };
}

/** The body of a write. A secret that nobody typed is not in it: of a stored credential it stays as it is, of a new one it is asked for. */
export function bodyOf(text: CredentialText, stored: CredentialOfKind | null = null): Record<string, string | number | boolean | string[]> {
  const given = Object.entries(loginOf(text, stored)).filter(([, value]) => value !== '');
  return {
    description: text.description.trim(),
    comments: text.comments.trim(),
    ranges: text.ranges.split(/[\s,]+/).filter(Boolean),
    ...Object.fromEntries(given),
  };
}

/** Who logs in, how and where. */
function loginOf(text: CredentialText, stored: CredentialOfKind | null): Record<string, string | number | boolean> {
  if (text.subType === 'SNMPV2_READ_COMMUNITY') return { readCommunity: text.community };
  if (text.subType === 'SNMPV2_WRITE_COMMUNITY') return { writeCommunity: text.community };
  if (text.subType === 'CLI') return { username: text.user, password: text.password, enablePassword: text.enablePassword };
  if (text.subType === 'NETCONF') return { netconfPort: text.port.trim() };
  if (isHttp(text)) {
    return { username: text.user, password: text.password, port: httpPort(text, stored), secure: text.scheme === 'https' };
  }
  return {
    username: text.user,
    snmpMode: text.mode,
    ...(hasAuth(text) && { authType: text.authType, authPassword: text.authPassword }),
    ...(hasPrivacy(text) && { privacyType: text.privacyType, privacyPassword: text.privacyPassword }),
  };
}

const USUAL_PORTS: Record<string, string> = { http: '80', https: '443' };

/** The usual port of one scheme is not meant for the other: the server takes that one's where none is sent. */
function httpPort(text: CredentialText, stored: CredentialOfKind | null): number | '' {
  const port = text.port.trim();
  const isOfOther = stored !== null && schemeOf(stored) !== text.scheme && port === USUAL_PORTS[schemeOf(stored)];
  return port === '' || isOfOther ? '' : Number(port);
}

const schemeOf = (stored: CredentialOfKind): string => (stored.secure === false ? 'http' : 'https');

export const isHttp = (text: CredentialText): boolean => text.subType === 'HTTP_READ' || text.subType === 'HTTP_WRITE';
export const hasAuth = (text: CredentialText): boolean => text.mode !== 'NOAUTHNOPRIV';
export const hasPrivacy = (text: CredentialText): boolean => text.mode === 'AUTHPRIV';

/** `core, AUTHPRIV SHA256 AES128`, `web, https port 8443`: what of a credential may be seen. */
export function seenOf(stored: CredentialOfKind): string {
  const level = [stored.snmpMode, stored.authType, stored.privacyType].filter(Boolean).join(' ');
  const port = stored.port ?? stored.netconfPort;
  const scheme = stored.secure === undefined ? '' : schemeOf(stored);
  const where = port === undefined ? '' : `${scheme} port ${port}`.trim();
  return [stored.username, level, where].filter(Boolean).join(', ');
}
