import type { PathGraph } from '../api/flow';
import { shownPath } from '../path/layout';
import { pairKey } from './graph';

/** What the shown path passes, from one element that is known to the next, by `pairKey`. A gap is no link. */
export function pairsOf(graph: PathGraph, standsFor: (id: string) => string): Set<string> {
  const ids = shownPath(graph).map((node) => graph.nodes[node]!.id);
  const pairs = ids.slice(1).flatMap((to, i) => (ids[i] && to ? [[standsFor(ids[i]), standsFor(to)] as const] : []));
  return new Set(pairs.filter(([from, to]) => from !== to).map(([from, to]) => pairKey(from, to)));
}
