import type { PathGraph } from '../api/flow';
import { nodeName } from './describe';
import { shownPath } from './layout';

/** How the way back compares with the way there, by the elements of both in order. */
export type Comparison = { isSame: true } | { isSame: false; after: string | null; there: string | null; back: string | null };

/** The first element, seen from the source, in which the two differ; null stands for the end of a way. */
export function compareWays(there: PathGraph, back: PathGraph): Comparison {
  const [forth, home] = [elements(there), elements(back).reverse()];
  const at = Array.from({ length: Math.max(forth.length, home.length) }, (_, i) => i).find((i) => forth[i]?.key !== home[i]?.key);
  if (at === undefined) return { isSame: true };
  return { isSame: false, after: forth[at - 1]?.name ?? null, there: forth[at]?.name ?? null, back: home[at]?.name ?? null };
}

/** A gap is a gap: whether both ways pass the same unmanaged element nobody can tell. */
function elements(graph: PathGraph) {
  return shownPath(graph).map((index) => {
    const node = graph.nodes[index]!;
    return { key: node.kind === 'Host' ? (node.ip ?? '') : (node.id ?? node.kind), name: nodeName(node) };
  });
}

export function comparisonText(comparison: Comparison): string {
  if (comparison.isSame) return 'The way back passes the same elements.';
  const { after, there, back } = comparison;
  const at = after === null ? 'At the source already' : `After ${after}`;
  return `The way back is another one. ${at} the way there has ${there ?? 'nothing more'}, the way back ${back ?? 'nothing'}.`;
}
