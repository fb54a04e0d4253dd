import { expect, test } from 'vitest';
import { FreePlaces } from './labels';

test('a name that would cover another one is left out', () => {
  const places = new FreePlaces();
  expect(places.take('CAMPUS-Router1', 100, 100)).toBe(true);
  expect(places.take('CAMPUS-Router2', 130, 104)).toBe(false);
  expect(places.take('CAMPUS-Router2', 130, 140)).toBe(true);
  expect(places.take('CAMPUS-Core1', 300, 100)).toBe(true);
});

test('a name that was left out takes no place', () => {
  const places = new FreePlaces();
  places.take('middle', 100, 100);
  expect(places.take('a long name over the middle', 100, 100)).toBe(false);
  expect(places.take('right', 190, 100)).toBe(true);
});

test('places left of the window and above it are places, too', () => {
  const places = new FreePlaces();
  expect([places.take('one', -30, -10), places.take('two', -30, -10), places.take('two', 100, -10)]).toEqual([true, false, true]);
});
