import { describe, expect, test } from 'vitest';
import { age, bits, byName, isAddress, percent, shortPort } from './format';

test.each([
  ['GigabitEthernet1/0/26', 'Gi1/0/26'],
  ['TenGigabitEthernet1/1/1', 'Te1/1/1'],
  ['Port-channel12', 'Po12'],
  ['GigabitEthernetX', 'GigabitEthernetX'],
  ['ge-0/0/1.0', 'ge-0/0/1.0'],
])('the port %s is written %s', (name, short) => expect(shortPort(name)).toBe(short));

test.each([
  [10_000_000_000, '10 Gbit/s'],
  [1_544_000, '1.54 Mbit/s'],
  [999, '999 bit/s'],
  [0, ''],
  [Number.NaN, ''],
])('%d bits a second are "%s"', (value, text) => expect(bits(value)).toBe(text));

test.each([
  [0.5, '50 %'],
  [1, '100 %'],
  [0.999, '> 99 %'],
  [0.001, '< 1 %'],
  [0, '0 %'],
])('the part %d is %s', (part, text) => expect(percent(part)).toBe(text));

describe('ages', () => {
  test.each([
    [0, 'now'],
    [-5, 'now'],
    [59, '59 s'],
    [60, '1 min'],
    [3600, '1 h'],
    [47 * 3600, '47 h'],
    [48 * 3600, '2 d'],
  ])('%d seconds are %s', (seconds, text) => expect(age(1_000_000, 1_000_000 + seconds * 1000)).toBe(text));
});

test.each([['10.1.15.117', true], ['256.1.1.1', false], ['10.1.15', false], ['10.1.15.117 ', false], ['1.2.3.4.5', false]])(
  '%s is an address: %s',
  (text, is) => expect(isAddress(text)).toBe(is),
);

test('names are ordered as people count', () => {
  expect(['Gi1/0/10', 'Gi1/0/2', 'gi1/0/1'].sort(byName)).toEqual(['gi1/0/1', 'Gi1/0/2', 'Gi1/0/10']);
});
