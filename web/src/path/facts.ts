import type { PathEdge, PathGraph, PathNode, PathPort } from '../api/flow';
import type { TableRow } from '../api/tables';
import { bits } from '../text/format';
import { countedText, isHigh, loadOf, lostText, type Load } from '../text/load';
import { plain } from '../text/plain';
import { routedStep } from './describe';

/** What the tables of the path's devices say of its ports, beyond what the trace needed. Absent is what a device does not tell. */
export interface PathFacts {
  ports: ReadonlyMap<string, PortFacts>; // by device and port
  trees: ReadonlyMap<string, string>; // state of spanning tree, by device, VLAN and port; no VLAN: one tree for all
  gateways: ReadonlyMap<string, GatewayFacts[]>; // by device and interface
  routes: ReadonlyMap<string, RouteFacts>; // by device, prefix and next hop
}

export interface PortFacts {
  speed?: number; // bit/s
  duplex?: string;
  mtu?: number;
  load?: Load; // of the last interval
}

export interface GatewayFacts {
  text: string; // HSRP 12 Active, 10.1.12.254
  isActive: boolean;
}

export interface RouteFacts {
  protocol: string;
  metric?: string;
}

export interface PathTables {
  interfaces: readonly TableRow[];
  ethernetPorts: readonly TableRow[];
  stpPorts: readonly TableRow[];
  gatewayGroups: readonly TableRow[];
  routes: readonly TableRow[];
}

export const NO_FACTS: PathFacts = { ports: new Map(), trees: new Map(), gateways: new Map(), routes: new Map() };

const key = (...parts: (string | number | undefined)[]) => JSON.stringify(parts);

export function factsOf(tables: PathTables): PathFacts {
  const duplexes = new Map(tables.ethernetPorts.map(({ deviceId, row }) => [key(deviceId, row.interface), row.duplex?.toLowerCase()]));
  const ports = new Map(
    tables.interfaces.map(({ deviceId, row }): [string, PortFacts] => {
      const at = key(deviceId, row.name);
      const duplex = duplexes.get(at);
      const [speed, mtu] = [Number(row.speed), Number(row.mtu)];
      const load = loadOf(row);
      return [at, {
        ...(speed > 0 && { speed }), ...(duplex && duplex !== 'unknown' && { duplex }), ...(mtu > 0 && { mtu }), ...(load && { load }),
      }];
    }),
  );
  const gateways = new Map<string, GatewayFacts[]>();
  for (const { deviceId, row } of tables.gatewayGroups) {
    const at = key(deviceId, row.interface);
    gateways.set(at, [...(gateways.get(at) ?? []), gatewayOf(row)]);
  }
  return {
    ports,
    trees: new Map(tables.stpPorts.map(({ deviceId, row }) => [key(deviceId, Number(row.vlan ?? 0), row.interface), row.state ?? ''])),
    gateways,
    routes: new Map(tables.routes.map(({ deviceId, row }) => [routeKey(deviceId, row), routeOf(row)])),
  };
}

function gatewayOf(row: Record<string, string>): GatewayFacts {
  const protocol = /hsrp/i.test(row.source ?? '') ? 'HSRP' : 'VRRP';
  const text = [`${protocol} ${row.group ?? ''} ${(row.state ?? '').toLowerCase()}`, row.virtualAddresses].filter(Boolean).join(', ');
  return { text: plain(text), isActive: row.state === 'Active' };
}

const routeKey = (device: string | undefined, row: Record<string, string>) =>
  key(device, `${row.network}/${row.prefixLength}`, row.nextHop && row.nextHop !== '0.0.0.0' ? row.nextHop : undefined);

const routeOf = (row: Record<string, string>): RouteFacts => ({
  protocol: plain(row.protocol ?? ''), ...(row.metric !== undefined && { metric: row.metric }),
});

export const portFacts = (facts: PathFacts, node: PathNode, port: PathPort | undefined): PortFacts | undefined =>
  port?.name === undefined ? undefined : facts.ports.get(key(node.id, port.name));

/** `1 Gbit/s full, MTU 1500` */
export function portFactsText({ speed, duplex, mtu }: PortFacts): string {
  return [[bits(speed), plain(duplex)].filter(Boolean).join(' '), mtu ? `MTU ${mtu}` : ''].filter(Boolean).join(', ');
}

/** What a link is, told once where both ends agree, and wherein they do not. */
export interface LinkText {
  text: string;
  mismatches: string[];
}

export function linkOf(facts: PathFacts, graph: PathGraph, edge: PathEdge): LinkText {
  const [from, to] = [graph.nodes[edge.from]!, graph.nodes[edge.to]!];
  const [near, far] = [portFacts(facts, from, edge.egress), portFacts(facts, to, to.ingress)];
  const one = near ?? far;
  if (!one) return { text: '', mismatches: [] };
  if (!near || !far) return { text: portFactsText(one), mismatches: [] };
  const same = <T>(a: T | undefined, b: T | undefined) => (a === undefined || b === undefined || a === b ? (a ?? b) : undefined);
  const [speed, duplex, mtu] = [same(near.speed, far.speed), same(near.duplex, far.duplex), same(near.mtu, far.mtu)];
  const mismatch = (name: string, a: string | number | undefined, b: string | number | undefined, isSame: boolean) =>
    isSame || a === undefined || b === undefined ? [] : [`${name} ${plain(a)} ≠ ${plain(b)}`];
  return {
    text: portFactsText({ ...(speed && { speed }), ...(duplex && { duplex }), ...(mtu && { mtu }) }),
    mismatches: [
      ...mismatch('speed', near.speed && bits(near.speed), far.speed && bits(far.speed), speed !== undefined),
      ...mismatch('duplex', near.duplex, far.duplex, duplex !== undefined),
      ...mismatch('MTU', near.mtu, far.mtu, mtu !== undefined),
    ],
  };
}

/** How full the link is in the direction of the packet, and what was lost at its ends, in the last interval; `bad` is what to look at. */
export interface LinkLoad {
  text: string;
  bad: string[];
  when: string; // the interval of the end that told
}

export function loadOfLink(facts: PathFacts, graph: PathGraph, edge: PathEdge): LinkLoad {
  const [from, to] = [graph.nodes[edge.from]!, graph.nodes[edge.to]!];
  const [near, far] = [portFacts(facts, from, edge.egress)?.load, portFacts(facts, to, to.ingress)?.load];
  const shares = [near?.usedOut, far?.usedIn].filter((share) => share !== undefined);
  const used = shares.length > 0 ? Math.max(...shares) : undefined;
  const usedText = used === undefined ? '' : `${used} % used`;
  const sum = (key: 'errors' | 'discards') => (near?.[key] ?? 0) + (far?.[key] ?? 0);
  const lost = lostText({ errors: sum('errors'), discards: sum('discards') });
  const told = near?.from ? near : far;
  return {
    text: isHigh(used) ? '' : usedText,
    bad: [isHigh(used) ? usedText : '', lost].filter(Boolean),
    when: told ? countedText(told) : '',
  };
}

/** State of spanning tree at a port in the packet's VLAN; empty where the device tells none. */
export function treeState(facts: PathFacts, node: PathNode, port: PathPort | undefined): string {
  const names = [port?.name, ...(port?.virtual ?? [])].filter((name) => name !== undefined); // a bundle has the state of its members
  const states = names.flatMap((name) => [port!.vlan ?? 0, 0].map((vlan) => facts.trees.get(key(node.id, vlan, name))));
  return states.find((state) => state) ?? '';
}

/** `10.2.1.0/24 OSPF metric 40`: of equal-cost ways the protocol, where the device tells it. */
export function routeText(facts: PathFacts, graph: PathGraph, node: number): string {
  const step = routedStep(graph, node);
  if (!step) return '';
  const told = routeFacts(facts, graph.nodes[node]!, step);
  const protocol = step.label === 'ECMP' ? told?.protocol.toUpperCase() || step.label : step.label;
  return plain(`${step.prefix} ${protocol}${told?.metric ? ` metric ${told.metric}` : ''}`);
}

/** The gateway groups of the interfaces by which the packet comes in. */
export function gatewaysOf(facts: PathFacts, node: PathNode): GatewayFacts[] {
  const { name, virtual = [] } = node.ingress ?? {};
  return [name, ...virtual].flatMap((one) => (one === undefined ? [] : (facts.gateways.get(key(node.id, one)) ?? [])));
}

export const routeFacts = (facts: PathFacts, node: PathNode, edge: PathEdge): RouteFacts | undefined =>
  edge.prefix === undefined ? undefined : facts.routes.get(key(node.id, edge.prefix, edge.nextHop));
