import { expect, test } from 'vitest';
import { nodeAt, pan, toMap, viewOfAll, zoom } from './view';

const size = { width: 800, height: 600 };
const places = Float32Array.from([-1000, 0, 1000, 0, 0, 400]);

test('all of the map is in sight', () => {
  const view = viewOfAll(places, size);
  const [left, top] = toMap(view, 0, 0, size);
  const [right, bottom] = toMap(view, 800, 600, size);
  expect(left < -1000 && right > 1000 && top < 0 && bottom > 400).toBe(true);
  expect(viewOfAll(new Float32Array(), size).scale).toBe(1);
});

test('what is under the pointer stays there', () => {
  const before = { x: 10, y: 20, scale: 0.5 };
  const after = zoom(before, 1.3, 200, 450, size);
  expect(toMap(after, 200, 450, size)[0]).toBeCloseTo(toMap(before, 200, 450, size)[0]);
  expect(toMap(after, 200, 450, size)[1]).toBeCloseTo(toMap(before, 200, 450, size)[1]);
});

test('the map moves with the hand', () => expect(pan({ x: 0, y: 0, scale: 2 }, 10, -4)).toEqual({ x: -5, y: 2, scale: 2 }));

test('the nearest node within reach is meant', () => {
  expect(nodeAt(places, -995, 3, 10)).toBe(0);
  expect(nodeAt(places, 500, 0, 10)).toBe(-1);
});
