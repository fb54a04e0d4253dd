import { expect, test } from 'vitest';
import type { PathEdge, PathGraph, PathNode } from '../api/flow';
import { routedOnly } from './routed';

const node = (name: string, kind: PathNode['kind'] = 'Device'): PathNode => ({ kind, name });
const edge = (from: number, to: number, more: Partial<PathEdge> = {}): PathEdge => ({ from, to, label: 'switched', share: 1, ...more });

// A host behind two switches, a router, a bundle that a switch splits, a router, a host.
const egress = { name: 'Po1' };
const graph: PathGraph = {
  nodes: [node('a', 'Host'), node('access'), node('core'), node('left'), node('right'), node('far'), node('b', 'Host')],
  edges: [
    edge(0, 1), edge(1, 2, { confidence: 0.9, reason: 'the table is old.' }),
    edge(2, 3, { prefix: '10.2.0.0/16', label: 'OSPF', nextHop: '10.1.4.2', share: 0.5, egress }),
    edge(2, 4, { prefix: '10.2.0.0/16', label: 'OSPF', nextHop: '10.1.4.2', share: 0.5, egress }),
    edge(3, 5), edge(4, 5, { confidence: 0.8 }), edge(5, 6, { prefix: '10.2.1.0/24', label: 'connected' }),
  ],
  shown: [0, 1, 3, 5, 6],
  ending: { kind: 'Delivered', node: 6 },
};

test('switches are part of the step that passes them', () => {
  const routed = routedOnly(graph);
  expect(routed.nodes.map((one) => one.name)).toEqual(['a', 'core', 'far', 'b']);
  expect(routed.edges.map(({ from, to, share, nextHop }) => [from, to, share, nextHop])).toEqual([
    [0, 1, 1, undefined], [1, 2, 1, '10.1.4.2'], [2, 3, 1, undefined],
  ]);
  expect(routed.ending.node).toBe(3);
});

test('the step is as sure as all of it', () => {
  const [first] = routedOnly(graph).edges;
  expect([first?.confidence, first?.reason]).toEqual([0.9, 'the table is old.']);
});

test('the shown path is the same one, in its order', () => expect(routedOnly(graph).shown).toEqual([0, 1, 2]));

test('a path that ends at a switch ends there', () => {
  const blocked: PathGraph = { nodes: graph.nodes.slice(0, 2), edges: [edge(0, 1)], shown: [0], ending: { kind: 'Blocked', node: 1 } };
  expect(routedOnly(blocked)).toEqual(blocked);
});
