import { expect, test } from 'vitest';
import { onlyIn } from './onlyIn';
import { way } from './way.fixture';

test.each([
  ['ABCD', 'ABCD', ''],
  ['ABCD', 'AXD', 'BC'],
  ['ABCD', 'DCBA', ''],
  ['ABCD', 'DXBA', 'C'],
  ['AB', 'CD', 'AB'],
])('of %s and %s only the first has %j', (one, other, only) =>
  expect([...onlyIn(way(one), way(other))].map((node) => one[node]).join('')).toBe(only));
