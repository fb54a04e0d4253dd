import { expect, test } from 'vitest';
import { CARD, corner, geometryOf, LEAST_ACROSS, lineOf } from './geometry';
import type { PathLayout, Way } from './layout';

const cell = (column: number, lane: number) => ({ column, lane });
const step = (from: number, to = from + 1, lane: number | null = null): Way => ({ edge: from, from, to, isShown: true, lane });

/** One step from each column to the next; `depths` are the lanes of each column. */
const layoutOf = (...depths: number[]): PathLayout => ({
  columns: depths.length, lanes: Math.max(0, ...depths), depths, spots: [], pipes: [], ways: depths.slice(1).map((_, i) => step(i)),
});
const twelve = layoutOf(...Array.from({ length: 12 }, () => 1));

test('cards of one column do not touch, nor those of two', () => {
  for (const isVertical of [false, true]) {
    const geometry = geometryOf(layoutOf(2, 1), 1246, isVertical);
    const [a, right, below] = [cell(0, 0), cell(1, 0), cell(0, 1)].map((one) => corner(geometry, one));
    for (const other of [right!, below!]) {
      expect(Math.abs(other.x - a!.x) > CARD.width || Math.abs(other.y - a!.y) > CARD.height).toBe(true);
    }
  }
});

test.each([
  [LEAST_ACROSS, 4], [1246, 3], [1886, 2], [3806, 1],
])('twelve hops within %i pixels stand in %i rows', (room, rows) => {
  const geometry = geometryOf(twelve, room, false);
  expect(geometry.rows).toHaveLength(rows);
  expect(geometry.width).toBeLessThanOrEqual(room);
  expect(geometry.height).toBeLessThan(rows * 200);
});

test('a phone of 360 pixels shows a path without branches whole', () =>
  expect(geometryOf(twelve, 326, true).width).toBeLessThanOrEqual(326));

test('every card lies in the drawing, and those of a row below those of the row before', () => {
  const geometry = geometryOf(layoutOf(1, 1, 3, 1, 1, 2, 1), LEAST_ACROSS, false);
  for (const column of [0, 1, 2, 3, 4, 5, 6]) {
    const { x, y } = corner(geometry, cell(column, 0));
    expect(x + CARD.width).toBeLessThan(geometry.width);
    expect(y + CARD.height).toBeLessThan(geometry.height);
  }
  geometry.rows.slice(1).forEach((row, i) => {
    const before = geometry.rows[i]!;
    expect(row.top).toBeGreaterThan(corner(geometry, cell(before.last, before.lanes - 1)).y + CARD.height);
  });
});

test('a step goes from the one card to the other', () => {
  const geometry = geometryOf(layoutOf(1, 1), 1246, false);
  const line = lineOf(geometry, step(0), cell(0, 0), cell(1, 0));
  expect(line.start.x).toBe(corner(geometry, cell(0, 0)).x + CARD.width);
  expect(line.end.x).toBe(corner(geometry, cell(1, 0)).x);
  expect(line.path.startsWith(`M${line.start.x} ${line.start.y} C`)).toBe(true);
  expect(line.run).toBe(0);
});

test('a step that skips a column passes beside the card there', () => {
  const geometry = geometryOf(layoutOf(1, 2, 1), 1246, false);
  const line = lineOf(geometry, step(0, 2, 1), cell(0, 0), cell(2, 0));
  expect(line.middle.y).toBe(corner(geometry, cell(1, 1)).y + CARD.height / 2);
});

test('a step to the next row runs back between the rows, in the drawing, and no two steps on each other', () => {
  const ways = [1, 1, 0, 0, 2, 2].map((from, edge): Way => ({ ...step(from), edge })); // four columns, of which three fit
  const geometry = geometryOf({ ...layoutOf(2, 2, 2, 2), ways }, LEAST_ACROSS, false);
  expect(geometry.rows.map(({ first, last }) => [first, last])).toEqual([[0, 1], [2, 3]]);
  const [a, b] = [0, 1].map((lane) => lineOf(geometry, ways[lane]!, cell(1, lane), cell(2, lane)));
  for (const line of [a!, b!]) {
    expect(line.run).toBeGreaterThan(CARD.width);
    expect(line.run).toBeLessThan(geometry.width);
    expect(line.middle.y).toBeGreaterThan(corner(geometry, cell(1, 1)).y + CARD.height);
    expect(line.middle.y).toBeLessThan(geometry.rows[1]!.top);
  }
  expect(a!.middle.y).not.toBe(b!.middle.y);
});
