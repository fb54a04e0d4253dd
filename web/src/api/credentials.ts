// What the page reads of a credential. Absent is what is not known; secrets are never told.
import type { GlobalCredentialItem } from './schema';

export type Credential = GlobalCredentialItem; // enablePassword: its mask, where there is one; no ranges: everywhere

/** The kinds by the words of the API, and under which path one is written. */
export const SUBTYPES = {
  SNMPV3: '/global-credential/snmpv3',
  SNMPV2_READ_COMMUNITY: '/global-credential/snmpv2-read-community',
  SNMPV2_WRITE_COMMUNITY: '/global-credential/snmpv2-write-community',
  CLI: '/global-credential/cli',
  HTTP_READ: '/global-credential/http-read',
  HTTP_WRITE: '/global-credential/http-write',
  NETCONF: '/global-credential/netconf',
};

export type SubType = keyof typeof SUBTYPES;

export interface CredentialOfKind extends Credential {
  subType: SubType;
}
