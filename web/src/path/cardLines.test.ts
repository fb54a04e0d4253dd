import { expect, test } from 'vitest';
import { cardLines } from './cardLines';

const LONG = 'Leaves the network that is managed here'; // 26 letters fit

test('a long ending is broken at a word, and both lines are the ending', () => {
  expect(cardLines(['border router', ''], LONG)).toEqual([
    { text: 'border router', isEnding: false },
    { text: 'Leaves the network', isEnding: true },
    { text: 'that is managed here', isEnding: true },
  ]);
});

test('where there is no room to break it the ending is cut, and is the ending', () => {
  const lines = cardLines(['core', 'OSPF metric 20', 'gateway'], LONG);
  expect(lines.map((line) => line.isEnding)).toEqual([false, false, false, true]);
  expect(lines[3]!.text).toMatch(/^Leaves the network that .*…$/);
});

test('a fact with the words of the ending is no ending, and where the trace goes on there is none', () => {
  expect(cardLines(['Delivered'], 'Delivered').map((line) => line.isEnding)).toEqual([false, true]);
  expect(cardLines(['host'], '')).toEqual([{ text: 'host', isEnding: false }]);
});
