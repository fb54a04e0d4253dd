import { expect, test } from 'vitest';
import type { Coverage } from '../api/inventory';
import { coverageRows } from './coverageRows';

const lacking = (table: string, more: Partial<Coverage> = {}) =>
  ({ table, outcome: 'NOT_SERVED', rows: 0, cost: 'No gateway.', remedy: 'view ALL', reason: `${table} is empty`, ...more }) as Coverage;

test('tables that cost the same and are mended the same way are one row', () =>
  expect(coverageRows([lacking('vrrpOperTable'), lacking('cHsrpGrpTable')])).toEqual([{
    cost: 'No gateway.', tables: ['vrrpOperTable', 'cHsrpGrpTable'], outcome: 'not served',
    rows: undefined, reasons: [], remedy: 'view ALL',
  }]));

test('those with one remedy stand together', () => {
  const rows = coverageRows([lacking('a'), lacking('b', { remedy: 'other' }), lacking('c', { cost: 'No VLAN.' })]);
  expect(rows.map((row) => row.tables)).toEqual([['a'], ['c'], ['b']]);
});

test('what was heard is told where it is more than the outcome', () => {
  const [row] = coverageRows([lacking('dot1dTpFdbTable', { outcome: 'TIMED_OUT', reason: 'no answer in 2 s', context: 'vlan-12' })]);
  expect([row!.outcome, row!.reasons, row!.tables]).toEqual(['timed out', ['no answer in 2 s'], ['dot1dTpFdbTable vlan-12']]);
});

test('tables that cost nothing stand alone, with their rows', () => {
  const whole = ['ifTable', 'ifXTable'].map((table) => ({ table, outcome: 'COMPLETE', rows: 7 }) as Coverage);
  expect(coverageRows(whole).map(({ tables, rows }) => [tables, rows])).toEqual([[['ifTable'], 7], [['ifXTable'], 7]]);
});
