import type { GroupBy, MapGraph, MapNode } from './graph';

/** What somebody wants to see of the map. */
export interface Shown {
  by: GroupBy | null; // null: as many nodes as there are want it
  depth: number; // links from the centre
  withHosts: boolean;
  search: string;
  isFoundOnly: boolean;
  only: string; // a role, `MARKED`, or empty for all
}

export const MARKED = 'marked';

export const ALL: Shown = { by: null, depth: 1, withHosts: false, search: '', isFoundOnly: false, only: '' };

/** @param sought A part of the name, in small letters. */
export function isAskedFor(node: MapNode, only: string, sought: string): boolean {
  if (!node.label.toLowerCase().includes(sought)) return false;
  return only === '' || (only === MARKED ? node.note !== '' : node.role === only);
}

/** In the order of the alphabet. */
export const rolesOf = (graph: MapGraph): string[] => [...new Set(graph.nodes.map((node) => node.role).filter(Boolean))].sort();
