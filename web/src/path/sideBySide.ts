import type { PathGraph } from '../api/flow';
import { align } from './align';
import { elementKey } from './bothWays';
import { layoutPath, shownPath } from './layout';

/** For each column of two paths the place at which it stands, so that what both pass stands at the same place of both drawings. */
export function sideBySide(one: PathGraph, other: PathGraph): [number[], number[]] {
  const [a, b] = [columnsOf(one), columnsOf(other)];
  const places: [number[], number[]] = [[], []];
  for (const [i, j] of align(a.keys, b.keys)) {
    const [near, far] = [a.columns[i]!, b.columns[j]!];
    fill(places[0], near);
    fill(places[1], far);
    places[0][near] = places[1][far] = Math.max(next(places[0]), next(places[1]));
  }
  fill(places[0], a.count);
  fill(places[1], b.count);
  return places;
}

function columnsOf(graph: PathGraph): { keys: string[]; columns: number[]; count: number } {
  const { columns: count, spots } = layoutPath(graph);
  const path = shownPath(graph);
  return { keys: path.map((node) => elementKey(graph.nodes[node]!)), columns: path.map((node) => spots[node]!.column), count };
}

const next = (places: number[]) => (places.at(-1) ?? -1) + 1;

/** What only one of them has stands one after the other. */
function fill(places: number[], count: number): void {
  while (places.length < count) places.push(next(places));
}
