import { expect, test } from 'vitest';
import { layOut, type ForceInput } from './force';

function ring(count: number): ForceInput {
  const links = Uint32Array.from(Array.from({ length: count }, (_, i) => [i, (i + 1) % count]).flat());
  return { count, links, fixed: new Float32Array(2 * count).fill(Number.NaN), stretch: 1 };
}

const distance = (at: Float32Array, i: number, j: number) => Math.hypot(at[2 * i]! - at[2 * j]!, at[2 * i + 1]! - at[2 * j + 1]!);

test('the same graph stands the same way', () => expect(layOut(ring(20))).toEqual(layOut(ring(20))));

test('no two nodes stand on each other, and all places are numbers', () => {
  const at = layOut(ring(30));
  expect(at.every(Number.isFinite)).toBe(true);
  for (let i = 0; i < 30; i++) for (let j = 0; j < i; j++) expect(distance(at, i, j)).toBeGreaterThan(10);
});

test('what is linked stands nearer than what is not', () => {
  const at = layOut(ring(12));
  const linked = Array.from({ length: 12 }, (_, i) => distance(at, i, (i + 1) % 12));
  const across = Array.from({ length: 12 }, (_, i) => distance(at, i, (i + 6) % 12));
  expect(Math.max(...linked)).toBeLessThan(Math.min(...across));
});

test('what somebody has moved stays', () => {
  const input = ring(5);
  input.fixed.set([300, -200], 4);
  expect([...layOut(input).slice(4, 6)]).toEqual([300, -200]);
});

test('a wide map is as high, and what somebody has moved stays there, too', () => {
  const [round, wide] = [layOut(ring(8)), layOut({ ...ring(8), stretch: 2 })];
  const reach = (places: Float32Array, axis: number) => Math.max(...places.filter((_, i) => i % 2 === axis).map(Math.abs));
  expect(reach(wide, 0)).toBeCloseTo(2 * reach(round, 0), 3);
  expect(reach(wide, 1)).toBeCloseTo(reach(round, 1), 3);
  const input = { ...ring(5), stretch: 1.7 };
  input.fixed.set([300, -200], 4);
  expect([...layOut(input).slice(4, 6)]).toEqual([300, -200]);
});

test('nothing is laid out, too', () => expect(layOut(ring(0))).toHaveLength(0));
