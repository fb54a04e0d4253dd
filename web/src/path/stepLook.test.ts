import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { factsOf, NO_FACTS } from './facts';
import { stepLook } from './stepLook';

const graph: PathGraph = {
  nodes: [{ kind: 'Device', id: 'a' }, { kind: 'Device', id: 'b', ingress: { name: 'GigabitEthernet0/2', vlan: 12 } }],
  edges: [{
    from: 0, to: 1, egress: { name: 'GigabitEthernet0/1', vlan: 12, virtual: ['Po1'] }, label: 'Switched', share: 1,
    wires: [{ egress: 'GigabitEthernet0/1', ingress: 'GigabitEthernet0/2' }],
  }],
  shown: [0],
  ending: { kind: 'Delivered' },
};
const [edge] = graph.edges;

const facts = factsOf({
  interfaces: [
    { deviceId: 'a', row: { name: 'GigabitEthernet0/1', speed: '1000000000', mtu: '1500' } },
    { deviceId: 'b', row: { name: 'GigabitEthernet0/2', speed: '1000000000', mtu: '9000' } },
  ],
  ethernetPorts: [],
  stpPorts: [{ deviceId: 'b', row: { vlan: '12', interface: 'GigabitEthernet0/2', state: 'Blocking' } }],
  gatewayGroups: [],
  routes: [],
});

test('what somebody should look at comes first', () => {
  const look = stepLook(graph, edge!, facts, 'all', undefined);
  expect(look.bad).toEqual(['MTU 1500 ≠ 9000', 'spanning tree blocking']);
  expect(look.notes).toEqual(['MTU 1500 ≠ 9000', 'spanning tree blocking', 'VLAN 12', '1 Gbit/s']);
  expect([look.out, look.into]).toEqual(['Gi0/1 (Po1)', 'Gi0/2']);
});

test('a VLAN that the two ends do not share is told at each', () => {
  const other = stepLook(graph, { ...edge!, egress: { name: 'GigabitEthernet0/1', vlan: 13 } }, NO_FACTS, 'all', undefined);
  expect([other.out, other.into, other.notes]).toEqual(['Gi0/1 VLAN 13', 'Gi0/2 VLAN 12', ['Switched']]);
  const { egress: _, ...untold } = edge!;
  const one = stepLook(graph, untold, NO_FACTS, 'all', undefined);
  expect([one.out, one.into, one.notes]).toEqual(['', 'Gi0/2', ['VLAN 12']]);
});

test('a full link and lost packets are marked', () => {
  const row = { name: 'GigabitEthernet0/1', speed: '1000000000', utilizationOut: '91', errorsOut: '3', countedTo: '2026-05-04T12:00:00Z' };
  const loaded = factsOf({ interfaces: [{ deviceId: 'a', row }], ethernetPorts: [], stpPorts: [], gatewayGroups: [], routes: [] });
  const look = stepLook(graph, edge!, loaded, 'all', undefined);
  expect([look.bad, look.notes]).toEqual([['91 % used', '3 errors'], ['91 % used', '3 errors', 'VLAN 12', '1 Gbit/s']]);
  expect(stepLook(graph, edge!, loaded, 'routed', undefined).bad).toEqual([]);
});

test('the physical drawing has ports and wires alone', () => {
  const look = stepLook(graph, edge!, NO_FACTS, 'physical', undefined);
  expect([look.out, look.into, look.notes]).toEqual(['Gi0/1', 'Gi0/2', ['Gi0/1 – Gi0/2']]);
});

test('a step that only the way back takes has its ports, seen from the source', () => {
  const look = stepLook(graph, edge!, facts, 'all', { isAlone: true, ports: { near: 'GigabitEthernet0/7', far: 'GigabitEthernet0/8' } });
  expect([look.back, look.out, look.into, look.notes]).toEqual(['alone', 'Gi0/7', 'Gi0/8', ['way back']]);
});

test('another port of the way back is marked', () => {
  const ports = { near: 'GigabitEthernet0/1', far: 'GigabitEthernet0/8' };
  const look = stepLook(graph, edge!, NO_FACTS, 'all', { isAlone: false, ports });
  expect([look.back, look.bad]).toEqual(['also', ['back Gi0/8 → Gi0/1']]);
});
