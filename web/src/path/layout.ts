import type { PathGraph, PathTunnel } from '../api/flow';

/** Where a node stands: columns go with the packet, lane 0 is the shown path, the other lanes are equal-cost branches and guesses. */
export interface Spot {
  column: number;
  lane: number;
  share: number; // of the source's traffic, 0..1
}

/** A step; `lane` is the one it passes the columns in between in, where it skips some. */
export interface Way {
  edge: number;
  from: number; // columns
  to: number;
  isShown: boolean;
  lane: number | null;
}

/** Columns of the shown path in which the packet is in the same tunnel. */
export interface Pipe {
  tunnel: PathTunnel;
  from: number;
  to: number;
  depth: number; // 0 is the outermost
}

export interface PathLayout {
  columns: number;
  lanes: number;
  depths: number[]; // by column: lanes down to the last one that something stands in or passes
  spots: Spot[]; // by node
  ways: Way[]; // by edge
  pipes: Pipe[];
}

export function layoutPath(graph: PathGraph): PathLayout {
  const columns = columnsOf(graph);
  const shares = sharesOf(graph, columns);
  const shownNodes = new Set(shownPath(graph));
  const taken = new Set<string>(); // column:lane
  const lanes: number[] = graph.nodes.map((_, node) => (shownNodes.has(node) ? 0 : -1));
  shownNodes.forEach((node) => taken.add(`${columns[node]}:0`));

  // A branch stays in one lane for as long as it can: each node takes the lane of who sends to it first.
  for (const node of inOrder(columns)) {
    if (lanes[node] !== -1) continue;
    const before = graph.edges.filter((edge) => edge.to === node).map((edge) => lanes[edge.from]!);
    lanes[node] = freeLane(taken, [columns[node]!], Math.max(1, ...before.filter((lane) => lane > 0)));
    taken.add(`${columns[node]}:${lanes[node]}`);
  }

  const ways = graph.edges.map((edge, index): Way => {
    const isShown = graph.shown.includes(index);
    const [from, to] = [columns[edge.from]!, columns[edge.to]!];
    const between = range(from + 1, to);
    if (between.length === 0) return { edge: index, from, to, isShown, lane: null };
    const lane = freeLane(taken, between, isShown ? 0 : Math.max(lanes[edge.from]!, lanes[edge.to]!, 1));
    between.forEach((column) => taken.add(`${column}:${lane}`));
    return { edge: index, from, to, isShown, lane };
  });

  const depths = range(0, Math.max(-1, ...columns) + 1).map(() => 0);
  for (const [column, lane] of [...taken].map((key) => key.split(':').map(Number))) depths[column!] = Math.max(depths[column!]!, lane! + 1);
  return {
    columns: depths.length,
    lanes: Math.max(0, ...depths),
    depths,
    spots: graph.nodes.map((_, node) => ({ column: columns[node]!, lane: lanes[node]!, share: shares[node]! })),
    ways,
    pipes: pipesOf(graph, columns),
  };
}

/** The same with room between its columns: `places` says where each stands. */
export function spread(layout: PathLayout, places: readonly number[]): PathLayout {
  const at = (column: number) => places[column]!;
  const columns = (places.at(-1) ?? -1) + 1;
  const depths = range(0, columns).map((place) => layout.depths[places.indexOf(place)] ?? 1);
  const moved = <T extends { from: number; to: number }>(one: T): T => ({ ...one, from: at(one.from), to: at(one.to) });
  const spots = layout.spots.map((spot) => ({ ...spot, column: at(spot.column) }));
  return { ...layout, columns, depths, spots, ways: layout.ways.map(moved), pipes: layout.pipes.map(moved) };
}

/** The nodes of the shown path, the source first. */
export function shownPath(graph: PathGraph): number[] {
  if (graph.nodes.length === 0) return [];
  return [0, ...graph.shown.map((edge) => graph.edges[edge]!.to)];
}

/** The longest way from the source, so that every step goes on to the right. */
function columnsOf(graph: PathGraph): number[] {
  const columns = graph.nodes.map(() => 0);
  const waitingFor = graph.nodes.map((_, node) => graph.edges.filter((edge) => edge.to === node).length);
  const ready = waitingFor.flatMap((count, node) => (count === 0 ? [node] : []));
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const edge of graph.edges) {
      if (edge.from !== node) continue;
      columns[edge.to] = Math.max(columns[edge.to]!, columns[node]! + 1);
      if (--waitingFor[edge.to]! === 0) ready.push(edge.to);
    }
  }
  return columns;
}

/** What of the source's traffic comes to each node. Guesses carry none. */
function sharesOf(graph: PathGraph, columns: number[]): number[] {
  const shares = graph.nodes.map((_, node) => (node === 0 ? 1 : 0));
  for (const node of inOrder(columns)) {
    for (const edge of graph.edges) {
      if (edge.from === node && !edge.candidate) shares[edge.to]! += shares[node]! * edge.share;
    }
  }
  return shares;
}

function pipesOf(graph: PathGraph, columns: number[]): Pipe[] {
  const pipes: Pipe[] = [];
  for (const node of shownPath(graph)) {
    (graph.nodes[node]!.tunnels ?? []).forEach((tunnel, depth) => {
      const open = pipes.findLast((pipe) => pipe.depth === depth && isSame(pipe.tunnel, tunnel) && pipe.to === columns[node]! - 1);
      if (open) open.to = columns[node]!;
      else pipes.push({ tunnel, depth, from: columns[node]!, to: columns[node]! });
    });
  }
  return pipes;
}

const isSame = (a: PathTunnel, b: PathTunnel) =>
  a.kind === b.kind && a.outerSource === b.outerSource && a.outerDestination === b.outerDestination;

const inOrder = (columns: number[]) => columns.map((_, node) => node).sort((a, b) => columns[a]! - columns[b]! || a - b);

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

function freeLane(taken: Set<string>, columns: number[], first: number): number {
  for (let lane = first; ; lane++) {
    if (columns.every((column) => !taken.has(`${column}:${lane}`))) return lane;
  }
}
