import type { Topology, TopologyLink, TopologyNode } from '../api/inventory';

/** What the map draws: devices, hosts, clouds, or groups of them. */
export interface MapNode {
  id: string;
  label: string;
  kind: 'device' | 'host' | 'cloud' | 'group';
  role: string;
  isStale: boolean; // it answers no more, or was not read for long
  note: string; // why it is marked, for instance `no answer`; empty where it is not
  size: number; // members of a group, else 1
}

/** All cables between two nodes. */
export interface MapLink {
  a: string;
  b: string;
  count: number;
  down: number; // of these
}

export interface MapGraph {
  nodes: MapNode[];
  links: MapLink[];
}

export type GroupBy = 'none' | 'site' | 'name' | 'subnet' | 'role';

/** @param old Devices that were not read for long, by id. */
export function mapOf(topology: Topology, withHosts: boolean, old: ReadonlySet<string> = new Set()): MapGraph {
  const nodes = topology.nodes.map((node) => nodeOf(node, old)).filter((node) => withHosts || node.kind !== 'host');
  const known = new Set(nodes.map((node) => node.id));
  const links = topology.links.filter((link) => known.has(link.source) && known.has(link.target) && link.source !== link.target);
  const cable = (link: TopologyLink): MapLink => ({ a: link.source, b: link.target, count: 1, down: link.linkStatus === 'down' ? 1 : 0 });
  return { nodes, links: joined(links.map(cable)) };
}

/**
 * The name of the group of each node; what stands alone has none. `core-zrh-1` and `core-zrh-2` are `core-zrh`.
 * @param sites Where devices say that they are, by id.
 */
export function groupsOf(topology: Topology, by: GroupBy, sites: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const groups = new Map<string, string>();
  if (by === 'none') return groups;
  for (const node of topology.nodes) {
    const group = by === 'site' ? sites.get(node.id) : groupOf(node, by);
    if (group) groups.set(node.id, group);
  }
  return groups;
}

/** The id of what the map shows for a node: its own, or that of its group, which is not open. */
export function standIn(id: string, groups: ReadonlyMap<string, string>, open: ReadonlySet<string>): string {
  const group = groups.get(id);
  return group === undefined || open.has(group) ? id : `group ${group}`;
}

/** Groups that are not open stand as one node each; links between the same two are one. */
export function collapse(graph: MapGraph, groups: ReadonlyMap<string, string>, open: ReadonlySet<string>): MapGraph {
  const shown = (id: string) => standIn(id, groups, open);
  const nodes = new Map<string, MapNode>();
  for (const node of graph.nodes) {
    const id = shown(node.id);
    const there = nodes.get(id);
    if (id === node.id) nodes.set(id, node);
    else if (there) nodes.set(id, { ...there, size: there.size + 1, isStale: there.isStale || node.isStale });
    else nodes.set(id, { id, label: groups.get(node.id)!, kind: 'group', role: '', isStale: node.isStale, note: '', size: 1 });
  }
  const links = graph.links.map((link) => ({ ...link, a: shown(link.a), b: shown(link.b) })).filter((link) => link.a !== link.b);
  return { nodes: [...nodes.values()], links: joined(links) };
}

/** What is asked for, and the links between; a group is what any of its members is. */
export function filtered(graph: MapGraph, isAskedFor: (node: MapNode) => boolean): MapGraph {
  const nodes = graph.nodes.filter(isAskedFor);
  const kept = new Set(nodes.map((node) => node.id));
  return { nodes, links: graph.links.filter((link) => kept.has(link.a) && kept.has(link.b)) };
}

/** A node and what is at most `depth` links away. */
export function around(graph: MapGraph, centre: string, depth: number): MapGraph {
  const next = new Map<string, string[]>();
  for (const { a, b } of graph.links) {
    next.set(a, [...(next.get(a) ?? []), b]);
    next.set(b, [...(next.get(b) ?? []), a]);
  }
  const near = new Set([centre]);
  let edge = [centre];
  for (let step = 0; step < depth; step++) {
    edge = edge.flatMap((id) => next.get(id) ?? []).filter((id) => !near.has(id) && near.add(id));
  }
  const links = graph.links.filter((link) => near.has(link.a) && near.has(link.b));
  return { nodes: graph.nodes.filter((node) => near.has(node.id)), links };
}

const CLOUD = 'cloud node'; // the API's word for what nobody manages

function nodeOf(node: TopologyNode, old: ReadonlySet<string>): MapNode {
  const kind = node.nodeType === 'HOST' ? 'host' : node.nodeType === 'device' ? 'device' : 'cloud';
  const isStale = node.greyOut === true || old.has(node.id);
  const note = kind === 'cloud' ? 'not managed' : node.greyOut ? 'no answer' : isStale ? 'stale' : '';
  const isNameless = kind === 'cloud' && node.label === CLOUD;
  const label = isNameless ? 'Unknown' : (node.label ?? node.ip ?? 'unknown'); // as a path calls it
  return { id: node.id, label, kind, role: node.role ?? '', isStale, note, size: 1 };
}

function groupOf(node: TopologyNode, by: GroupBy): string | null {
  if (by === 'role') return node.nodeType === 'device' ? (node.role ?? null) : null;
  if (by === 'subnet') return /^\d+\.\d+\.\d+\.\d+$/.test(node.ip ?? '') ? `${node.ip!.split('.').slice(0, 3).join('.')}.0/24` : null;
  return node.nodeType === 'device' ? (/^(.+?)[-_.]?\d*(?:\..*)?$/.exec((node.label ?? '').slice(0, 200))?.[1] ?? null) : null;
}

/** One for both directions. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

function joined(links: MapLink[]): MapLink[] {
  const pairs = new Map<string, MapLink>();
  for (const link of links) {
    const [a, b] = link.a < link.b ? [link.a, link.b] : [link.b, link.a];
    const there = pairs.get(pairKey(a, b));
    if (there) (there.count += link.count), (there.down += link.down);
    else pairs.set(pairKey(a, b), { a, b, count: link.count, down: link.down });
  }
  return [...pairs.values()];
}
