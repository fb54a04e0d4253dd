import type { PathGraph } from '../api/flow';
import { align } from './align';
import { elementKey } from './bothWays';
import { shownPath } from './layout';

/** The nodes of a shown path that the other one has not, in whichever direction that goes. */
export function onlyIn(graph: PathGraph, other: PathGraph): ReadonlySet<number> {
  const path = shownPath(graph);
  const keys = (some: PathGraph) => shownPath(some).map((node) => elementKey(some.nodes[node]!));
  const [forth, back] = [align(keys(graph), keys(other)), align(keys(graph), keys(other).reverse())];
  const common = new Set((back.length > forth.length ? back : forth).map(([i]) => path[i]!));
  return new Set(path.filter((node) => !common.has(node)));
}
