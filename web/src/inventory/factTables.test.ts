import { expect, test } from 'vitest';
import { select } from '../table/rows';
import { columnsOf, FACT_TABLES, keyed } from './factTables';

const route = (network: string, metric?: string) => ({ collectedAt: 0, row: { network, ...(metric !== undefined && { metric }) } });

test('metrics are in order by value, and what has none comes last', () => {
  const columns = columnsOf(FACT_TABLES.routes!, 60_000);
  const rows = [route('10.0.0.0', '110'), route('10.1.0.0'), route('10.2.0.0', '20')];
  const sorted = select(rows, columns, '', { key: 'metric', isDescending: false });
  expect(sorted.map((row) => row.row.network)).toEqual(['10.2.0.0', '10.0.0.0', '10.1.0.0']);
});

test('a row says how old it is', () => {
  const read = columnsOf(FACT_TABLES.arp!, 60_000).at(-1)!;
  expect(read.text({ collectedAt: 1000, row: {} })).toBe('59 s');
  expect(read.text({ row: {} })).toBe('');
});

test('two rows that are the same are two', () => {
  const rows = [route('10.0.0.0'), route('10.0.0.0'), route('10.1.0.0')];
  expect(new Set(keyed(rows).values()).size).toBe(3);
});
