import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { gapText } from './gapText';

const graph: PathGraph = {
  nodes: [
    { kind: 'Device', name: 'Router2' },
    { kind: 'Unknown' },
    { kind: 'Device', name: 'Branch', ingress: { name: 'GigabitEthernet0/0' } },
  ],
  edges: [
    { from: 0, to: 1, share: 1, label: 'OSPF', nextHop: '10.1.4.9', egress: { name: 'Serial0/1' } },
    { from: 1, to: 2, share: 1, label: 'NetFlow' },
  ],
  shown: [0, 1],
  ending: { kind: 'Delivered' },
};

test('a gap tells both sides and what would close it', () => {
  expect(gapText(graph, 1)).toBe(
    'Nobody manages what is here. Known is that Router2 sends by Serial0/1, and that Branch takes by Gi0/0. '
      + 'To close the gap, discover the device at 10.1.4.9.',
  );
});

test('a device is no gap', () => expect(gapText(graph, 0)).toBe(''));

test('without an address it is the neighbors that must tell', () => {
  const silent = { ...graph, edges: [{ from: 0, to: 1, share: 1, label: 'Switched' }], shown: [0] };
  expect(gapText(silent, 1)).toContain('Router2 sends by a port that is not told. To close the gap, discover the devices behind');
});
