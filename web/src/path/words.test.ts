import { expect, test } from 'vitest';
import { placeWords, wordsAt, type WordsAt } from './words';

const line = { path: '', start: { x: 100, y: 50 }, middle: { x: 180, y: 100 }, end: { x: 260, y: 150 }, run: 0 };
const step = { out: 'Gi1/2', into: 'Gi0/1', notes: ['50 %', 'via 10.1.6.2'] };
const turn = { ...line, middle: { x: 500, y: 300 }, run: 800 };
const places = (at: WordsAt, isVertical = false, by = line, what = step) =>
  placeWords(what, by, at, isVertical).map(({ text, x, y }) => `${text} ${Math.round(x)},${Math.round(y)}`);

test('a straight step has its ports at its ends, a note above them and the others below', () =>
  expect(places('along')).toEqual(['50 % 180,78', 'Gi1/2 104,42', 'Gi0/1 252,166', 'via 10.1.6.2 180,129']));

test('a bent step has all its words at the end where it is alone', () => {
  expect(places('end')).toEqual(['Gi1/2 → Gi0/1 248,166', '50 % 248,179', 'via 10.1.6.2 248,192']);
  expect(places('start')).toEqual(['Gi1/2 → Gi0/1 104,66', '50 % 104,79', 'via 10.1.6.2 104,92']);
});

test('ports that are too long for one line have two', () =>
  expect(places('end', false, line, { ...step, out: 'Gi1/2 (Vlan600) VLAN 600' }).slice(0, 2)).toEqual([
    'Gi1/2 (Vlan600) VLAN 600 → 248,166', 'Gi0/1 248,179',
  ]));

test('a bent step that is alone at neither end has its ports in its middle', () =>
  expect([...places('middle'), ...places('middle', true)]).toEqual(['Gi1/2 → Gi0/1 180,112', 'Gi1/2 → Gi0/1 180,100']));

test('a step that goes down has its ports to the right, its notes to the left', () => {
  expect(places('along', true)).toEqual(['Gi1/2 108,66', '50 % 252,98', 'via 10.1.6.2 252,111', 'Gi0/1 268,140']);
  expect(places('start', true)).toEqual(['Gi1/2 → 108,66', '50 % 92,98', 'via 10.1.6.2 92,111', 'Gi0/1 108,80']);
});

test('a step to the next row has its words one after the other, as many as there is room for', () => {
  const words = placeWords(step, turn, 'turn', false);
  expect(words.map((word) => word.text)).toEqual(['Gi1/2 → Gi0/1', '50 %', 'via 10.1.6.2']);
  for (const [i, word] of words.slice(1).entries()) expect(word.x).toBeGreaterThan(words[i]!.x + 5.5 * words[i]!.text.length);
  expect(placeWords(step, { ...turn, run: 150 }, 'turn', false).map((word) => word.text)).toEqual(['Gi1/2 → Gi0/1', '50 %']);
});

test.each([
  [true, 2, 1, 'along'],
  [false, 2, 1, 'end'],
  [false, 1, 2, 'start'],
  [false, 2, 2, 'middle'],
] as const)('straight %s, of %i sent out and %i taken in: words %s', (isStraight, sentOut, takenIn, at) => {
  expect(wordsAt(line, isStraight, sentOut, takenIn)).toBe(at);
  expect(wordsAt(turn, isStraight, sentOut, takenIn)).toBe('turn');
});
