import { expect, test } from 'vitest';
import type { PathLayout, Way } from './layout';
import { rowsOf } from './rows';

const step = ([from, to]: readonly [number, number], edge: number): Way => ({ edge, from, to, isShown: true, lane: null });

function layoutOf(depths: number[], steps: [number, number][] = []): PathLayout {
  const line = depths.slice(1).map((_, i): [number, number] => [i, i + 1]);
  return { columns: depths.length, lanes: Math.max(0, ...depths), depths, spots: [], pipes: [], ways: [...line, ...steps].map(step) };
}

const broken = (layout: PathLayout, most: number) => rowsOf(layout, most).map(({ first, last }) => `${first}-${last}`).join(' ');

test('what fits stands in one row', () => {
  expect(broken(layoutOf([1, 1, 1]), 3)).toBe('0-2');
  expect(rowsOf(layoutOf([]), 3)).toEqual([]);
});

test('a path without branches has rows of like length', () => expect(broken(layoutOf([1, 1, 1, 1, 1, 1]), 4)).toBe('0-2 3-5'));

test('branches stay in one row, where it is high for all of them', () =>
  expect(broken(layoutOf([1, 1, 1, 4, 4, 1, 1]), 4)).toMatch(/(^| )(2-5|3-4|3-5|3-6|2-4|1-4)( |$)/));

test('a row ends where one step goes on alone', () => {
  const layout = layoutOf([1, 2, 2, 2, 1, 1], [[0, 1], [1, 2], [2, 3], [3, 4]]);
  expect(broken(layout, 5)).toBe('0-4 5-5');
});

test('a row knows which steps go on below it', () => {
  const layout = layoutOf([1, 1, 1, 1], [[0, 3]]);
  expect(rowsOf(layout, 2).map((row) => row.turning)).toEqual([[1, 3], []]);
});
