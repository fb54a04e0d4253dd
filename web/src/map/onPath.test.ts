import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { pairsOf } from './onPath';

test('links of the path are those between elements that follow each other; a gap is none, nor is a way within a group', () => {
  const ids = ['host', 'a', 'b', undefined, 'c', 'd', 'e'];
  const graph: PathGraph = {
    nodes: ids.map((id) => ({ kind: id ? 'Device' : 'Unknown', id })),
    edges: ids.slice(1).map((_, i) => ({ from: i, to: i + 1, label: '', share: 1 })),
    shown: ids.slice(1).map((_, i) => i),
    ending: { kind: 'Delivered' },
  };
  const standsFor = (id: string) => (id === 'd' || id === 'e' ? 'group' : id);
  expect([...pairsOf(graph, standsFor)]).toEqual(['a host', 'a b', 'c group']);
});
