import { expect, test } from 'vitest';
import type { PathGraph, PathNode } from '../api/flow';
import { compareWays, comparisonText } from './compareWays';

/** Capital letters are devices, small ones hosts, ? is a gap. */
function way(names: string): PathGraph {
  return {
    nodes: [...names].map((name): PathNode => {
      if (name === '?') return { kind: 'Unknown', id: 'UNKNOWN' };
      return name === name.toLowerCase() ? { kind: 'Host', ip: name } : { kind: 'Device', id: `id of ${name}`, name };
    }),
    edges: [...names].slice(1).map((_, i) => ({ from: i, to: i + 1, share: 1, label: 'x' })),
    shown: [...names].slice(1).map((_, i) => i),
    ending: { kind: 'Delivered' },
  };
}

test.each([
  ['aBCd', 'dCBa', 'The way back passes the same elements.'],
  ['aB?d', 'd?Ba', 'The way back passes the same elements.'],
  ['aBCEd', 'dEFBa', 'The way back is another one. After B the way there has C, the way back F.'],
  ['aBd', 'dCa', 'The way back is another one. After a the way there has B, the way back C.'],
  ['aBCd', 'dC', 'The way back is another one. At the source already the way there has a, the way back C.'],
])('%s and %s', (there, back, text) => expect(comparisonText(compareWays(way(there), way(back)))).toBe(text));
