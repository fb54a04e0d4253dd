import type { PathEdge, PathGraph, PathNode, PathPort } from '../api/flow';
import type { Device } from '../api/inventory';
import { roleText } from '../inventory/deviceState';
import { percent, shortPort } from '../text/format';
import { plain } from '../text/plain';

/** Below this a step says how sure it is: as docs/accuracy.md has it. */
export const WORTH_A_NOTE = 0.95;

export type DeviceOf = (id: string | undefined) => Device | undefined;

export function nodeName(node: PathNode): string {
  if (node.kind === 'Unknown') return plain(node.name ?? node.routerId ?? 'Unknown');
  return plain(node.name ?? node.ip ?? node.macAddress ?? node.kind);
}

/** `10.1.4.2 · BORDER ROUTER` */
export function nodeDetail(node: PathNode, device: Device | undefined): string {
  return [node.name ? node.ip : undefined, roleOf(node, device)].filter(Boolean).map((part) => plain(part)).join(' · ');
}

export function roleOf(node: PathNode, device: Device | undefined): string {
  if (node.kind === 'Host') return 'host';
  if (node.kind === 'AccessPoint') return 'access point';
  if (node.kind === 'Unknown') return 'not managed';
  return roleText(device?.role) || plain(device?.family ?? 'device');
}

/** The route that a hop follows: `10.2.0.0/16 OSPF`; empty of a step that is not routed. */
export function routeOf(graph: PathGraph, node: number): string {
  const step = routedStep(graph, node);
  const ways = routedSteps(graph, node).length;
  return step ? plain(`${step.prefix} ${step.label}${ways > 1 ? `, ${ways} ways` : ''}`) : '';
}

/** The step by which a hop routes: of several the shown one. */
export function routedStep(graph: PathGraph, node: number): PathEdge | undefined {
  const steps = routedSteps(graph, node);
  return steps.find((edge) => graph.shown.includes(graph.edges.indexOf(edge))) ?? steps[0];
}

const routedSteps = (graph: PathGraph, node: number) => graph.edges.filter((edge) => edge.from === node && edge.prefix);

/** `Gi1/0/1 VLAN 12 VRF red`; with what stands over the port: `Te1/1 (Po1, Vlan12)`. */
export function portText(port: PathPort | undefined): string {
  return port ? [barePort(port), domainText(port)].filter(Boolean).join(' ') : '';
}

/** `Te1/1 (Po1, Vlan12)` */
export function barePort(port: PathPort | undefined): string {
  const over = port?.virtual?.length ? ` (${port.virtual.map((name) => shortPort(plain(name))).join(', ')})` : '';
  return port ? `${shortPort(plain(port.name))}${over}` : '';
}

/** `VLAN 12 VRF red` */
export const domainText = (port: PathPort | undefined): string =>
  [port?.vlan ? `VLAN ${port.vlan}` : '', port?.vrf ? `VRF ${plain(port.vrf)}` : ''].filter(Boolean).join(' ');

/** What stands beside a step: share, next hop, how sure. Nothing of what goes without saying. */
export function stepNotes(edge: PathEdge): string[] {
  const notes: string[] = [];
  if (edge.candidate) notes.push('a guess');
  else if (edge.share < 1) notes.push(percent(edge.share), ...(edge.namedByFlowRecord ? ['by flow record'] : []));
  if (edge.nextHop) notes.push(`via ${plain(edge.nextHop)}`);
  if (!edge.prefix) notes.push(plain(edge.label, 24));
  if ((edge.confidence ?? 1) < WORTH_A_NOTE * chance(edge)) notes.push(`${percent(edge.confidence!)} sure`);
  if (edge.egress?.members?.length) notes.push(`one of ${edge.egress.members.length} members`);
  return notes;
}

/** A branch among others is no surer than its share, and that is told already. */
const chance = (edge: PathEdge) => (edge.candidate || edge.namedByFlowRecord ? 1 : edge.share);

/** The sentence that a screen reader says of a hop. */
export function nodeSentence(graph: PathGraph, index: number, device: Device | undefined): string {
  const node = graph.nodes[index]!;
  const route = routeOf(graph, index);
  const out = graph.edges.filter((edge) => edge.from === index).map((edge) => portText(edge.egress)).filter(Boolean);
  return [
    `${nodeName(node)}, ${nodeDetail(node, device)}`,
    node.ingress ? `in by ${portText(node.ingress)}` : '',
    route ? `route ${route}` : '',
    out.length > 0 ? `out by ${out.join(' or ')}` : '',
  ].filter(Boolean).join('; ');
}

export interface EndingWords {
  title: string;
  color: 'teal' | 'blue' | 'yellow' | 'red';
  next: string; // what to do; empty where it is delivered
}

const ENDINGS: Record<string, EndingWords> = {
  Delivered: { title: 'Delivered', color: 'teal', next: '' },
  Left: { title: 'Leaves the managed network', color: 'blue', next: 'To see further, discover the device at the next hop.' },
  Unknown: { title: 'Not known from here', color: 'yellow', next: 'The coverage of the device says what would tell it.' },
  NoRoute: { title: 'No route', color: 'red', next: 'The device was read whole: the route is missing there, not here.' },
  NullRouted: { title: 'Dropped by a route to null', color: 'red', next: 'Look for the route at the device that drops it.' },
  Blocked: { title: 'Blocked on layer 2', color: 'red', next: 'Look at spanning tree and the VLANs of the port.' },
  Denied: { title: 'Denied by a filter', color: 'red', next: 'The reason names interface, direction and rule.' },
  Loop: { title: 'Loops', color: 'red', next: 'Compare the routes of the devices that the packet comes back to.' },
  TooLong: { title: 'Given up: too long', color: 'red', next: 'A path of that length is nearly always a loop of tunnels.' },
  SourceNotFound: { title: 'The source is not known', color: 'red', next: 'Discover the gateway of the source, or check the address.' },
};

export const endingWords = (kind: string): EndingWords =>
  ENDINGS[kind] ?? { title: plain(kind), color: 'yellow', next: '' };
