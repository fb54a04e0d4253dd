import type { DiscoveryInput, DiscoveryPreview } from '../api/discovery';

/** What stands in the form's fields. */
export interface PlanText {
  addresses: string;
  crawl: string; // '', CDP or LLDP
  version: 'v2' | 'v3';
  community: string;
  user: string;
  authProtocol: string;
  authPassphrase: string;
  privProtocol: string;
  privPassphrase: string;
}

export const NO_PLAN: PlanText = {
  addresses: '', crawl: '', version: 'v2', community: '', user: '', authProtocol: 'SHA256', authPassphrase: '', privProtocol: 'AES128',
  privPassphrase: '',
};

const LONGEST_NAME = 255;

/** The kind follows from how the addresses are written, as the command has it; the server says what is wrong with them. */
export function discoveryOf(text: PlanText): DiscoveryInput {
  const addresses = text.addresses.replace(/\s+/g, '');
  const discoveryType = text.crawl || kindOf(addresses);
  const name = `${discoveryType} ${addresses}`.slice(0, LONGEST_NAME);
  return { name, discoveryType, ipAddressList: addresses, ...(text.version === 'v2' ? community(text) : user(text)) };
}

export function previewText({ addressCount, credentialCount, minutes }: DiscoveryPreview, isCrawl: boolean): string {
  const addresses = `${addressCount} ${addressCount === 1 ? 'address' : 'addresses'}`;
  const credentials = `${credentialCount} ${credentialCount === 1 ? 'credential' : 'credentials'}`;
  return `${isCrawl ? 'At most ' : ''}${addresses}, ${credentials} at each: ${minutes} minutes if nobody answers. Nothing was sent.`;
}

function kindOf(addresses: string): string {
  if (addresses.includes(',')) return 'Multi Range';
  if (addresses.includes('/')) return 'CIDR';
  return addresses.includes('-') ? 'Range' : 'Single';
}

const community = (text: PlanText) => ({ snmpVersion: 'v2' as const, snmpROCommunity: text.community });

/** A passphrase that is not given is not asked for. */
function user(text: PlanText): Omit<DiscoveryInput, 'name' | 'discoveryType' | 'ipAddressList'> {
  const auth = text.authPassphrase !== '' && { snmpAuthProtocol: text.authProtocol, snmpAuthPassphrase: text.authPassphrase };
  const priv = text.privPassphrase !== '' && { snmpPrivProtocol: text.privProtocol, snmpPrivPassphrase: text.privPassphrase };
  return { snmpVersion: 'v3', snmpUserName: text.user, snmpMode: modeOf(!!auth, !!priv), ...auth, ...priv };
}

function modeOf(hasAuth: boolean, hasPriv: boolean): string {
  if (hasPriv) return 'AUTHPRIV';
  return hasAuth ? 'AUTHNOPRIV' : 'NOAUTHNOPRIV';
}
