import { expect, test } from 'vitest';
import { countText, nextSorting, select, type Column } from './rows';

interface Row { name: string; speed: number }
const rows: Row[] = [{ name: 'Gi1/0/10', speed: 10 }, { name: '', speed: 5 }, { name: 'Gi1/0/2', speed: 100 }];
const columns: Column<Row>[] = [
  { key: 'name', head: 'Name', width: 100, text: (row) => row.name },
  { key: 'speed', head: 'Speed', width: 100, text: (row) => `${row.speed} Mbit/s`, order: (row) => row.speed },
];
const names = (filter: string, key: string | null, isDescending = false) =>
  select(rows, columns, filter, key === null ? null : { key, isDescending }).map((row) => row.name);

test('every word must be found, in any column', () => {
  expect(names('gi1 100', null)).toEqual(['Gi1/0/2']);
  expect(names('  ', null)).toHaveLength(3);
});

test('names are sorted as people count, what is empty comes last', () => {
  expect(names('', 'name')).toEqual(['Gi1/0/2', 'Gi1/0/10', '']);
  expect(names('', 'name', true)).toEqual(['Gi1/0/10', 'Gi1/0/2', '']);
});

test('numbers are sorted as numbers', () => expect(names('', 'speed')).toEqual(['', 'Gi1/0/10', 'Gi1/0/2']));

test('sorting leaves the rows as they were', () => expect(rows[0]!.name).toBe('Gi1/0/10'));

test('three clicks are back where it began', () => {
  const first = nextSorting(null, 'name');
  const second = nextSorting(first, 'name');
  expect([first?.isDescending, second?.isDescending, nextSorting(second, 'name')]).toEqual([false, true, null]);
  expect(nextSorting(second, 'speed')).toEqual({ key: 'speed', isDescending: false });
});

test.each([
  [1, 'devices', '1 device'], [2, 'devices', '2 devices'], [1, 'discoveries', '1 discovery'], [1, 'mac addresses', '1 mac address'],
  [0, 'links', '0 links'], [2, 'spanning tree', '2 rows'],
])('%i of %s is %s', (count, name, text) => expect(countText(count, name)).toBe(text));
