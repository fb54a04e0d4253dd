import type { Topology, TopologyLink } from '../api/inventory';
import type { TableRow } from '../api/tables';
import { pairKey, type MapLink } from './graph';

/** A VLAN over the map. */
export interface Overlay {
  carried: ReadonlySet<string>; // links that carry it, by `pairKey`
  blocked: ReadonlySet<string>; // links at one end of which spanning tree does not forward it
  members: ReadonlySet<string>; // nodes in it
}

export const NO_OVERLAY: Overlay = { carried: new Set(), blocked: new Set(), members: new Set() };

/** `Vlan20` is 20. */
export const vlanOf = (name: string): number => Number(name.replace(/^Vlan/i, ''));

/**
 * @param all The physical topology, whose links name their ports.
 * @param ofVlan What `/topology/l2` says of the VLAN.
 * @param states Rows of `stpPorts` that do not forward; one without a VLAN is of the tree of all.
 * @param shown The id of what stands on the map for a node: a closed group for its members.
 */
export function overlayOf(
  all: Topology, ofVlan: Topology, states: readonly TableRow[], vlan: number, shown: (id: string) => string,
): Overlay {
  const port = (device: string | undefined, name: string | undefined) => JSON.stringify([device, name]);
  const isOfVlan = ({ row }: TableRow) => [0, vlan].includes(Number(row.vlan ?? 0));
  const closed = new Set(states.filter(isOfVlan).map(({ deviceId, row }) => port(deviceId, row.interface)));
  const carriers = new Set(ofVlan.links.map((link) => link.id));
  const carrying = all.links.filter((link) => carriers.has(link.id));
  const isBlocked = (link: TopologyLink) =>
    closed.has(port(link.source, link.startPortName)) || closed.has(port(link.target, link.endPortName));
  const keys = (links: TopologyLink[]) => new Set(links.map((link) => pairKey(shown(link.source), shown(link.target))));
  return {
    carried: keys(carrying.filter((link) => !isBlocked(link))),
    blocked: keys(carrying.filter(isBlocked)),
    members: new Set(ofVlan.nodes.map((node) => shown(node.id))),
  };
}

/** What the VLAN does on the cables between two nodes; `in part` where some of several are blocked. */
export function stateIn({ carried, blocked }: Overlay, { a, b }: Pick<MapLink, 'a' | 'b'>): 'carried' | 'blocked' | 'in part' | '' {
  const key = pairKey(a, b);
  if (blocked.has(key)) return carried.has(key) ? 'in part' : 'blocked';
  return carried.has(key) ? 'carried' : '';
}
