import { expect, test } from 'vitest';
import { countedText, isHigh, lastUsedText, loadOf, lostText, rate } from './load';

test('what a row does not tell is not known, and no 0', () => {
  expect(loadOf({ name: 'Gi0/1' })).toBeUndefined();
  const first = loadOf({ name: 'Gi0/1', countedTo: '2026-05-04T12:00:00Z', lastUsed: 'not since 2026-05-04T12:00:00Z' })!;
  expect([first.rateIn, first.errors, lostText(first), countedText(first)]).toEqual([undefined, undefined, '', '']);
  expect([rate(undefined), rate(0), rate(1_500)]).toEqual(['', '0 bit/s', '1.5 kbit/s']);
});

test('errors and discards are those of both directions, with the time in which they were counted', () => {
  const load = loadOf({
    errorsIn: '1', errorsOut: '0', discardsOut: '3', utilizationIn: '80',
    countedFrom: '2026-05-04T11:30:00Z', countedTo: '2026-05-04T12:00:00Z',
  })!;
  expect([load.errors, load.discards, lostText(load)]).toEqual([1, 3, '1 error, 3 discards']);
  expect(countedText(load)).toMatch(/^counted from 2026-05-04 .* to 2026-05-04 /);
  expect([isHigh(load.usedIn), isHigh(79), isHigh(undefined)]).toEqual([true, false, false]);
});

test('when an interface was last in use, or since when it was not', () => {
  expect(lastUsedText('2026-05-04T12:00:00Z')).toMatch(/^2026-05-04 /);
  expect(lastUsedText('not since 2026-05-04T12:00:00Z')).toMatch(/^not since 2026-05-04 /);
  expect(lastUsedText(undefined)).toBe('');
});
