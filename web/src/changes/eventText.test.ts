import { expect, test } from 'vitest';
import type { NetworkEvent } from '../api/inventory';
import { eventText, kindText } from './eventText';

const event = (more: Partial<NetworkEvent>): NetworkEvent => ({ id: '1', timestamp: 0, kind: 'ROW_CHANGED', ...more });

test('a change tells the row and what is another one now', () => {
  const changed = event({
    row: { prefix: '10.2.0.0/16' },
    before: { nextHop: '10.1.4.2', metric: '20' },
    after: { nextHop: '10.1.4.6', metric: '20' },
  });
  expect(eventText(changed)).toBe('prefix 10.2.0.0/16; nextHop 10.1.4.2 → 10.1.4.6');
});

test('a row that is gone tells what it was', () => {
  const gone = event({ row: { prefix: '10.2.0.0/16' }, before: { nextHop: '10.1.4.2', vrf: '' } });
  expect(eventText(gone)).toBe('prefix 10.2.0.0/16; was nextHop 10.1.4.2');
});

test('a column that has become empty says so', () => {
  expect(eventText(event({ before: { alias: 'uplink' }, after: {} }))).toBe('alias uplink → nothing');
});

test('words are words', () => expect(kindText('DEVICE_UNREACHABLE')).toBe('device unreachable'));
