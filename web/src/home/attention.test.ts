import { expect, test } from 'vitest';
import type { Device } from '../api/inventory';
import { attentionOf, countsText } from './attention';

const NOW = Date.UTC(2026, 0, 10);
const device = (hostname: string, more: Partial<Device> = {}): Device => ({
  id: hostname, hostname, managementIpAddress: '10.0.0.1', reachabilityStatus: 'Reachable', collectionStatus: 'Managed',
  lastUpdateTime: NOW, ...more,
});

test('what is down comes before what is stale, names as people count, and who is well is left out', () => {
  const found = attentionOf(
    [
      device('sw10', { lastUpdateTime: NOW - 30 * 3_600_000 }),
      device('sw2', { lastUpdateTime: NOW - 30 * 3_600_000 }),
      device('sw3'),
      device('sw9', { reachabilityStatus: 'Unreachable', reachabilityFailureReason: 'No SNMP answer' }),
    ],
    NOW,
  );
  expect(found.map((one) => [one.device.hostname, one.state.word])).toEqual([['sw9', 'Unreachable'], ['sw2', 'Stale'], ['sw10', 'Stale']]);
});

test('words are counted, the most frequent first', () => {
  expect(countsText(['host gone', 'row changed', 'row changed'])).toBe('row changed: 2, host gone: 1');
  expect(countsText([])).toBe('');
});
