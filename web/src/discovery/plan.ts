import type { DiscoveryInput, DiscoveryPreview } from '../api/discovery';
import { counted } from '../text/format';

/** What stands in the form's fields; an empty one is left to the server. */
export interface PlanText {
  addresses: string;
  crawl: string; // '', CDP or LLDP
  stored: readonly string[]; // credentials by id
  version: 'v2' | 'v3' | 'stored'; // what is typed beside the stored ones
  community: string;
  writeCommunity: string;
  user: string;
  authProtocol: string;
  authPassphrase: string;
  privProtocol: string;
  privPassphrase: string;
  cliUser: string;
  cliPassword: string;
  cliEnable: string;
  name: string;
  exclude: string;
  within: string; // of a crawl
  depth: string; // of a crawl
  budget: string; // of a crawl
  pace: string;
  retries: string;
  timeout: string; // seconds
  loopback: boolean;
}

export const NO_PLAN: PlanText = {
  addresses: '', crawl: '', stored: [], version: 'v2', community: '', writeCommunity: '', user: '', authProtocol: 'SHA256',
  authPassphrase: '', privProtocol: 'AES128', privPassphrase: '', cliUser: '', cliPassword: '', cliEnable: '', name: '', exclude: '',
  within: '', depth: '', budget: '', pace: '', retries: '', timeout: '', loopback: false,
};

const LONGEST_NAME = 255;

/** The kind follows from how the addresses are written, as the command has it; the server says what is wrong with them. */
export function discoveryOf(text: PlanText): DiscoveryInput {
  const addresses = text.addresses.replace(/\s+/g, '');
  const discoveryType = text.crawl || kindOf(addresses);
  const name = (text.name.trim() || `${discoveryType} ${addresses}`).slice(0, LONGEST_NAME);
  return {
    name, discoveryType, ipAddressList: addresses, ...accessOf(text), ...manner(text), ...(text.crawl !== '' && crawl(text)),
  };
}

export function previewText({ addressCount, credentialCount, minutes }: DiscoveryPreview, isCrawl: boolean): string {
  const addresses = counted(addressCount, 'address', 'addresses');
  const credentials = counted(credentialCount, 'credential', 'credentials');
  return `${isCrawl ? 'At most ' : ''}${addresses}, ${credentials} at each: ${minutes} minutes if nobody answers. Nothing was sent.`;
}

/** The API's word for what the addresses are. */
export function kindOf(addresses: string): string {
  if (addresses.includes(',')) return 'Multi Range';
  if (addresses.includes('/')) return 'CIDR';
  return addresses.includes('-') ? 'Range' : 'Single';
}

type Part = Partial<DiscoveryInput>;

function accessOf(text: PlanText): Part & Pick<DiscoveryInput, 'snmpVersion'> {
  return {
    ...(text.version === 'v3' ? user(text) : community(text)),
    ...(text.writeCommunity !== '' && { snmpRWCommunity: text.writeCommunity }),
    ...(text.stored.length > 0 && { globalCredentialIdList: [...text.stored] }),
    ...(text.cliUser !== '' && { userNameList: [text.cliUser] }),
    ...(text.cliPassword !== '' && { passwordList: [text.cliPassword] }),
    ...(text.cliEnable !== '' && { enablePasswordList: [text.cliEnable] }),
  };
}

const community = (text: PlanText) => ({
  snmpVersion: 'v2' as const, ...(text.version === 'v2' && text.community !== '' && { snmpROCommunity: text.community }),
});

/** A passphrase that is not given is not asked for. */
function user(text: PlanText) {
  const auth = text.authPassphrase !== '' && { snmpAuthProtocol: text.authProtocol, snmpAuthPassphrase: text.authPassphrase };
  const priv = text.privPassphrase !== '' && { snmpPrivProtocol: text.privProtocol, snmpPrivPassphrase: text.privPassphrase };
  return { snmpVersion: 'v3' as const, snmpUserName: text.user, snmpMode: modeOf(!!auth, !!priv), ...auth, ...priv };
}

function modeOf(hasAuth: boolean, hasPriv: boolean): string {
  if (hasPriv) return 'AUTHPRIV';
  return hasAuth ? 'AUTHNOPRIV' : 'NOAUTHNOPRIV';
}

const manner = (text: PlanText): Part => ({
  ...(text.exclude.trim() !== '' && { ipFilterList: listOf(text.exclude) }),
  ...(text.pace.trim() !== '' && { pace: text.pace.trim() }),
  ...(text.retries !== '' && { retry: Number(text.retries) }),
  ...(text.timeout !== '' && { timeout: Number(text.timeout) }),
  ...(text.loopback && { preferredMgmtIPMethod: 'UseLoopBack' }),
});

const crawl = (text: PlanText): Part => ({
  ...(text.within.trim() !== '' && { withinList: listOf(text.within) }),
  ...(text.depth !== '' && (text.crawl === 'LLDP' ? { lldpLevel: Number(text.depth) } : { cdpLevel: Number(text.depth) })),
  ...(text.budget !== '' && { addressBudget: Number(text.budget) }),
});

const listOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
