import { expect, test } from 'vitest';
import { CARD, corner, geometryOf, lineOf } from './geometry';

const spot = (column: number, lane: number) => ({ column, lane, share: 1 });

test('cards of one column do not touch, nor those of two', () => {
  for (const isVertical of [false, true]) {
    const [a, right, below] = [spot(0, 0), spot(1, 0), spot(0, 1)].map((one) => corner(one, isVertical));
    for (const other of [right!, below!]) {
      expect(Math.abs(other.x - a!.x) > CARD.width || Math.abs(other.y - a!.y) > CARD.height).toBe(true);
    }
  }
});

test('a phone of 360 pixels shows a path without branches whole', () => {
  expect(geometryOf({ columns: 12, lanes: 1, spots: [], ways: [], pipes: [] }, true).width).toBeLessThanOrEqual(320);
});

test('every card lies in the drawing', () => {
  const { width, height } = geometryOf({ columns: 3, lanes: 2, spots: [], ways: [], pipes: [] }, false);
  const last = corner(spot(2, 1), false);
  expect(last.x + CARD.width).toBeLessThan(width);
  expect(last.y + CARD.height).toBeLessThan(height);
});

test('a step goes from the one card to the other', () => {
  const line = lineOf({ edge: 0, isShown: true, lane: null }, spot(0, 0), spot(1, 0), false);
  expect(line.start.x).toBe(corner(spot(0, 0), false).x + CARD.width);
  expect(line.end.x).toBe(corner(spot(1, 0), false).x);
  expect(line.path.startsWith(`M${line.start.x} ${line.start.y} C`)).toBe(true);
});

test('a step that skips a column passes beside the card there', () => {
  const line = lineOf({ edge: 0, isShown: false, lane: 1 }, spot(0, 0), spot(2, 0), false);
  expect(line.middle.y).toBe(corner(spot(1, 1), false).y + CARD.height / 2);
});
