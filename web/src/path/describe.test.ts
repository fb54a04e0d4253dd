import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { endingWords, nodeDetail, nodeName, nodeSentence, portText, routeOf, stepNotes } from './describe';

const graph: PathGraph = {
  nodes: [
    { kind: 'Host', ip: '10.1.15.117' },
    { kind: 'Device', id: 'd', name: 'Core2', ip: '10.1.10.1', ingress: { name: 'TenGigabitEthernet1/1', vlan: 12, vrf: 'red' } },
    { kind: 'Unknown' },
  ],
  edges: [
    { from: 0, to: 1, share: 1, label: 'Switched' },
    {
      from: 1, to: 2, share: 0.5, label: 'OSPF', prefix: '10.2.0.0/16', nextHop: '10.1.4.2', confidence: 0.6,
      egress: { name: 'GigabitEthernet0/1' },
    },
    { from: 1, to: 2, share: 0.5, label: 'OSPF', prefix: '10.2.0.0/16', nextHop: '10.1.4.6', candidate: true },
  ],
  shown: [0, 1],
  ending: { kind: 'Unknown' },
};

test('a node is named by what is known of it', () => {
  expect(graph.nodes.map(nodeName)).toEqual(['10.1.15.117', 'Core2', 'Unknown']);
  expect(nodeDetail(graph.nodes[1]!, { id: 'd', managementIpAddress: '', role: 'CORE' })).toBe('10.1.10.1 · core');
});

test('a port tells VLAN and VRF', () => expect(portText(graph.nodes[1]!.ingress)).toBe('Te1/1 VLAN 12 VRF red'));

test('a hop tells its route once', () => {
  expect(routeOf(graph, 1)).toBe('10.2.0.0/16 OSPF, 2 ways');
  expect(routeOf(graph, 0)).toBe('');
});

test('a step tells what does not go without saying', () => {
  const [, branch] = graph.edges;
  expect(stepNotes({ ...branch!, confidence: 0.4 })).toEqual(['50 %', 'via 10.1.4.2', '40 % sure']); // less than its share says
  expect(stepNotes({ ...branch!, namedByFlowRecord: true })).toEqual(['50 %', 'by flow record', 'via 10.1.4.2', '60 % sure']);
  expect(graph.edges.map(stepNotes)).toEqual([['Switched'], ['50 %', 'via 10.1.4.2'], ['a guess', 'via 10.1.4.6']]);
});

test('a hop is one sentence', () => {
  expect(nodeSentence(graph, 1, undefined)).toBe(
    'Core2, 10.1.10.1 · device; in by Te1/1 VLAN 12 VRF red; route 10.2.0.0/16 OSPF, 2 ways; out by Gi0/1',
  );
});

test('an ending of a newer server is shown by its word', () => expect(endingWords('Teleported').title).toBe('Teleported'));
