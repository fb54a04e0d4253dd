import type { PathGraph } from '../api/flow';

/** For tests: a way along devices that are called by one letter each. */
export const way = (names: string): PathGraph => ({
  nodes: [...names].map((name) => ({ kind: 'Device', id: name, name })),
  edges: [...names].slice(1).map((_, i) => ({ from: i, to: i + 1, share: 1, label: 'x' })),
  shown: [...names].slice(1).map((_, i) => i),
  ending: { kind: 'Delivered' },
});
