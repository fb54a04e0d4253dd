import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { doubtsOf } from './doubts';

const graph: PathGraph = {
  nodes: ['a', 'b', 'c', 'd'].map((name) => ({ kind: 'Device', name })),
  edges: [
    { from: 0, to: 1, label: 'OSPF', share: 1, confidence: 0.99, reason: 'Observed at both ends.' },
    { from: 1, to: 2, label: 'OSPF', share: 1, confidence: 0.9, reason: 'There is no ARP entry.' },
    { from: 2, to: 3, label: 'OSPF', share: 0.5, confidence: 0.5, reason: 'One of 2 branches: collect flow records.' },
    { from: 2, to: 0, label: 'OSPF', share: 0.5, confidence: 0.1, reason: 'Not on the shown path.' },
    { from: 0, to: 1, label: 'OSPF', share: 1 },
  ],
  shown: [0, 1, 2, 4],
  ending: { kind: 'Delivered', node: 3 },
};

test('beyond a gap stands what would close it', () => {
  const nodes = graph.nodes.map((node, i) => (i === 1 ? { kind: 'Unknown', ip: '10.3.2.2' } : node));
  expect(doubtsOf({ ...graph, nodes })).toContain(
    'Unknown to c, 90 % sure: There is no ARP entry. To close the gap, discover the device at 10.3.2.2.',
  );
});

test('the least sure step comes first; what is as sure as can be, or not shown, is left out', () =>
  expect(doubtsOf(graph)).toEqual([
    'c to d, 50 % sure: One of 2 branches: collect flow records.', 'b to c, 90 % sure: There is no ARP entry.',
  ]));
