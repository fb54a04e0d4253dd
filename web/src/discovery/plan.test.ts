import { expect, test } from 'vitest';
import { discoveryOf, NO_PLAN, previewText } from './plan';

test.each([
  ['10.1.10.1', 'Single'],
  ['10.1.10.1 - 10.1.10.99', 'Range'],
  ['10.1.10.0/24', 'CIDR'],
  ['10.1.10.1-10.1.10.9, 10.2.1.1', 'Multi Range'],
])('%s is a discovery of the kind %s', (addresses, kind) => {
  const input = discoveryOf({ ...NO_PLAN, addresses, community: 'public' });
  expect(input).toEqual({
    name: `${kind} ${addresses.replaceAll(' ', '')}`, discoveryType: kind, ipAddressList: addresses.replaceAll(' ', ''), snmpVersion: 'v2',
    snmpROCommunity: 'public',
  });
});

test('a crawl begins at its addresses', () => {
  const input = discoveryOf({ ...NO_PLAN, addresses: '10.1.10.1', crawl: 'LLDP' });
  expect([input.discoveryType, input.ipAddressList]).toEqual(['LLDP', '10.1.10.1']);
});

test.each([
  ['', '', 'NOAUTHNOPRIV', 4],
  ['secret-1', '', 'AUTHNOPRIV', 6],
  ['secret-1', 'secret-2', 'AUTHPRIV', 8],
])('of a user, passphrases %j and %j are %s', (authPassphrase, privPassphrase, mode, fields) => {
  const { name: _, discoveryType: __, ...input } = discoveryOf({ ...NO_PLAN, version: 'v3', user: 'core', authPassphrase, privPassphrase });
  expect([input.snmpMode, Object.keys(input).length]).toEqual([mode, fields]);
});

test('stored credentials alone are enough', () => {
  const stored = { ...NO_PLAN, addresses: '10.1.10.1', version: 'stored', community: 'typed before', stored: ['a'] } as const;
  const { name: _, ...input } = discoveryOf(stored);
  expect(input).toEqual({ discoveryType: 'Single', ipAddressList: '10.1.10.1', snmpVersion: 'v2', globalCredentialIdList: ['a'] });
});

test('what is chosen is sent, and of a crawl how far it goes', () => {
  const chosen = {
    ...NO_PLAN, addresses: '10.1.10.1', name: ' core ', crawl: 'LLDP', depth: '0', within: '10.1.0.0/16 10.2.0.0/16', budget: '50',
    exclude: '10.1.10.9,10.1.99.0/24', retries: '0', timeout: '5', pace: ' off ', loopback: true, writeCommunity: 'w', cliUser: 'admin',
  };
  expect(discoveryOf(chosen)).toEqual({
    name: 'core', discoveryType: 'LLDP', ipAddressList: '10.1.10.1', snmpVersion: 'v2', snmpRWCommunity: 'w', userNameList: ['admin'],
    ipFilterList: ['10.1.10.9', '10.1.99.0/24'], pace: 'off', retry: 0, timeout: 5, preferredMgmtIPMethod: 'UseLoopBack',
    withinList: ['10.1.0.0/16', '10.2.0.0/16'], lldpLevel: 0, addressBudget: 50,
  });
  const { lldpLevel, cdpLevel, withinList } = discoveryOf({ ...chosen, crawl: '' });
  expect([lldpLevel, cdpLevel, withinList]).toEqual([undefined, undefined, undefined]); // nothing of a crawl, when it is none any more
});

test('a preview says what it would cost, and that nothing was sent', () =>
  expect(previewText({ addressCount: 1, credentialCount: 2, datagramCount: 6, minutes: 0.1, pace: 'normal' }, true)).toBe(
    'At most 1 address, 2 credentials at each: 0.1 minutes if nobody answers. Nothing was sent.',
  ));
