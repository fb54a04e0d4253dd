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

test('a route is written as engineers do', () => {
  const cells = (row: Record<string, string>) => columnsOf(FACT_TABLES.routes!, 0).slice(0, 4).map((column) => column.text({ row }));
  expect(cells({ network: '10.1.9.0', prefixLength: '30', nextHop: '0.0.0.0', egress: 'Te3/2', protocol: 'Local' }))
    .toEqual(['10.1.9.0/30', '', 'Te3/2', 'Local']);
  expect(cells({ network: '10.1.3.0', prefixLength: '30', nextHop: '10.1.9.1', protocol: 'Ospf' }))
    .toEqual(['10.1.3.0/30', '10.1.9.1', '', 'OSPF']);
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
