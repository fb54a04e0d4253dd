import { expect, test } from 'vitest';
import { placeWords, wordsAt } from './words';

const line = { path: '', start: { x: 100, y: 50 }, middle: { x: 180, y: 100 }, end: { x: 260, y: 150 } };
const step = { out: 'Gi1/2', into: 'Gi0/1', notes: ['50 %', 'via 10.1.6.2'] };
const places = (at: 'along' | 'start' | 'end', isVertical: boolean) =>
  placeWords(step, line, at, isVertical).map(({ text, x, y }) => `${text} ${x},${y}`);

test('a straight step has its ports at its ends and its notes in between', () =>
  expect(places('along', false)).toEqual(['Gi1/2 106,42', 'Gi0/1 250,166', '50 % 180,132', 'via 10.1.6.2 180,146']));

test('a bent step has all its words at the end where it is alone', () => {
  expect(places('end', false)).toEqual(['Gi1/2 → Gi0/1 248,142', '50 % 248,166', 'via 10.1.6.2 248,180']);
  expect(places('start', false)).toEqual(['Gi1/2 → Gi0/1 106,42', '50 % 106,66', 'via 10.1.6.2 106,80']);
  expect(places('end', true)).toEqual(['50 % 268,112', 'via 10.1.6.2 268,126', 'Gi1/2 → Gi0/1 268,140']);
  expect(places('start', true)).toEqual(['Gi1/2 → Gi0/1 108,66', '50 % 108,80', 'via 10.1.6.2 108,94']);
});

test.each([
  [true, 2, 1, 'along'],
  [false, 2, 1, 'end'],
  [false, 1, 2, 'start'],
  [false, 2, 2, 'along'],
] as const)('straight %s, of %i sent out and %i taken in: words %s', (isStraight, sentOut, takenIn, at) =>
  expect(wordsAt(isStraight, sentOut, takenIn)).toBe(at));
