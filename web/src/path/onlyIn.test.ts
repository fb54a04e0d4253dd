import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { onlyIn } from './onlyIn';

const way = (names: string): PathGraph => ({
  nodes: [...names].map((name) => ({ kind: 'Device', id: name, name })),
  edges: [...names].slice(1).map((_, i) => ({ from: i, to: i + 1, share: 1, label: 'x' })),
  shown: [...names].slice(1).map((_, i) => i),
  ending: { kind: 'Delivered' },
});

test.each([
  ['ABCD', 'ABCD', ''],
  ['ABCD', 'AXD', 'BC'],
  ['ABCD', 'DCBA', ''],
  ['ABCD', 'DXBA', 'C'],
  ['AB', 'CD', 'AB'],
])('of %s and %s only the first has %j', (one, other, only) =>
  expect([...onlyIn(way(one), way(other))].map((node) => one[node]).join('')).toBe(only));
