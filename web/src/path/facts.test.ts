import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { factsOf, gatewaysOf, linkOf, loadOfLink, portFacts, portFactsText, routeFacts, treeState, type PathTables } from './facts';

const NONE: PathTables = { interfaces: [], ethernetPorts: [], stpPorts: [], gatewayGroups: [], routes: [] };

const graph: PathGraph = {
  nodes: [
    { kind: 'Device', id: 'a', ingress: { name: 'Gi0/9', virtual: ['Vlan12'], vlan: 12 } },
    { kind: 'Device', id: 'b', ingress: { name: 'Gi0/2', vlan: 12 } },
  ],
  edges: [{ from: 0, to: 1, egress: { name: 'Gi0/1', vlan: 12 }, label: 'OSPF', share: 1, prefix: '10.2.0.0/16', nextHop: '10.1.4.2' }],
  shown: [0],
  ending: { kind: 'Delivered' },
};

const port = (deviceId: string, name: string, speed: string, mtu: string) => ({ deviceId, row: { name, speed, mtu } });

const ethernet = (deviceId: string, name: string, duplex: string) => ({ deviceId, row: { interface: name, duplex } });

test('a link whose ends agree is told once', () => {
  const facts = factsOf({
    ...NONE,
    interfaces: [port('a', 'Gi0/1', '1000000000', '1500'), port('b', 'Gi0/2', '1000000000', '1500')],
    ethernetPorts: [ethernet('a', 'Gi0/1', 'Full'), ethernet('b', 'Gi0/2', 'Unknown')],
  });
  expect(linkOf(facts, graph, graph.edges[0]!)).toEqual({ text: '1 Gbit/s full, MTU 1500', mismatches: [] });
});

test('where its ends differ it says so, and does not say which is right', () => {
  const facts = factsOf({
    ...NONE,
    interfaces: [port('a', 'Gi0/1', '1000000000', '1500'), port('b', 'Gi0/2', '100000000', '9000')],
    ethernetPorts: [ethernet('a', 'Gi0/1', 'Full'), ethernet('b', 'Gi0/2', 'Half')],
  });
  expect(linkOf(facts, graph, graph.edges[0]!)).toEqual({
    text: '', mismatches: ['speed 1 Gbit/s ≠ 100 Mbit/s', 'duplex full ≠ half', 'MTU 1500 ≠ 9000'],
  });
});

test('of a link one end of which is not known, the other is told; what nobody tells is no mismatch', () => {
  const facts = factsOf({ ...NONE, interfaces: [port('a', 'Gi0/1', '10000000', '0')] });
  expect(linkOf(facts, graph, graph.edges[0]!)).toEqual({ text: '10 Mbit/s', mismatches: [] });
  expect(linkOf(factsOf(NONE), graph, graph.edges[0]!)).toEqual({ text: '', mismatches: [] });
  expect(portFactsText(portFacts(facts, graph.nodes[0]!, graph.edges[0]!.egress)!)).toBe('10 Mbit/s');
});

test('a link has the load of its fuller end in the direction of the packet, and what both ends lost', () => {
  const told = (deviceId: string, name: string, row: Record<string, string>) => ({
    deviceId, row: { name, ...row, countedFrom: '2026-05-04T11:30:00Z', countedTo: '2026-05-04T12:00:00Z' },
  });
  const load = (near: Record<string, string>, far: Record<string, string>) => loadOfLink(
    factsOf({ ...NONE, interfaces: [told('a', 'Gi0/1', near), told('b', 'Gi0/2', far)] }), graph, graph.edges[0]!);
  expect(load({ utilizationOut: '12', utilizationIn: '95' }, { utilizationIn: '13' })).toMatchObject({ text: '13 % used', bad: [] });
  expect(load({ utilizationOut: '79' }, {}).bad).toEqual([]);
  expect(load({ utilizationOut: '80', errorsIn: '2' }, { errorsIn: '5', discardsOut: '1' }))
    .toMatchObject({ text: '', bad: ['80 % used', '7 errors, 1 discard'] });
  expect(load({}, {}).when).toMatch(/^counted from 2026-05-04 /);
  expect(loadOfLink(factsOf(NONE), graph, graph.edges[0]!)).toEqual({ text: '', bad: [], when: '' });
});

test('spanning tree is that of the VLAN, else that of all', () => {
  const state = (...rows: Record<string, string>[]) =>
    treeState(factsOf({ ...NONE, stpPorts: rows.map((row) => ({ deviceId: 'a', row })) }), graph.nodes[0]!, graph.edges[0]!.egress);
  expect(state({ vlan: '12', interface: 'Gi0/1', state: 'Blocking' }, { interface: 'Gi0/1', state: 'Forwarding' })).toBe('Blocking');
  expect(state({ interface: 'Gi0/1', state: 'Forwarding' })).toBe('Forwarding');
  expect(state({ vlan: '13', interface: 'Gi0/1', state: 'Blocking' })).toBe('');
});

test('a gateway group is that of the interface by which the packet comes in', () => {
  const row = { interface: 'Vlan12', group: '12', state: 'Active', virtualAddresses: '10.1.12.254', source: 'CHsrpGrpTable' };
  const facts = factsOf({ ...NONE, gatewayGroups: [{ deviceId: 'a', row }, { deviceId: 'a', row: { ...row, interface: 'Vlan13' } }] });
  expect(gatewaysOf(facts, graph.nodes[0]!)).toEqual([{ text: 'HSRP 12 active, 10.1.12.254', isActive: true }]);
  expect(gatewaysOf(facts, graph.nodes[1]!)).toEqual([]);
});

test('a route has its protocol and metric by prefix and next hop', () => {
  const row = { network: '10.2.0.0', prefixLength: '16', nextHop: '10.1.4.2', protocol: 'Ospf', metric: '20' };
  const facts = factsOf({ ...NONE, routes: [{ deviceId: 'a', row }] });
  expect(routeFacts(facts, graph.nodes[0]!, graph.edges[0]!)).toEqual({ protocol: 'Ospf', metric: '20' });
  expect(routeFacts(facts, graph.nodes[0]!, { ...graph.edges[0]!, nextHop: '10.1.4.3' })).toBeUndefined();
});
