import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { questionOf } from './question';

const flow = { sourceIP: '10.1.15.117', destIP: '10.2.1.22' };
const graph: PathGraph = {
  nodes: [{ kind: 'Device', name: 'switch' }, { kind: 'Device', name: 'router', ingress: { name: 'Gi0/0', vrf: 'red' } }],
  edges: [
    {
      from: 0, to: 1, share: 1, label: 'Switched', egress: { name: 'Gi0/1', vlan: 12 },
      evidence: [{ table: 'dot1qTpFdbTable', key: 'VLAN 12 00:1b:21:0a:0b:0c' }],
    },
  ],
  shown: [0],
  ending: { kind: 'NoRoute', node: 1 },
};

test('a switch is asked for the address of the frame', () => {
  expect(questionOf(graph, 0, flow)).toMatchObject({ isRouted: false, question: { mac: '00:1b:21:0a:0b:0c', vlan: 12, egress: 'Gi0/1' } });
});

test('where the route is missing the device is asked for it, in the VRF of the packet', () => {
  expect(questionOf(graph, 1, flow)).toMatchObject({ isRouted: true, question: { vrf: 'red', destination: '10.2.1.22' } });
});
