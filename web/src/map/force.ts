// Where the nodes of a map stand: links pull, nodes push those near them away. A grid finds who is near, so a round costs about the
// number of nodes and links. The same graph is laid out the same way each time.

export interface ForceInput {
  count: number;
  links: Uint32Array; // pairs of indexes
  fixed: Float32Array; // x and y of a node that somebody has moved, NaN of the others
  stretch: number; // how many times wider than high the map may be; names are wide
}

const LENGTH = 60; // of a link at rest
const REACH = 120; // within which nodes push
const GRAVITY = 0.004;
const GOLDEN = 2.399963; // the angle at which nobody on a spiral stands behind another

/** x and y of every node. */
export function layOut(input: ForceInput, rounds = roundsFor(input.count)): Float32Array<ArrayBuffer> {
  const at = start(input);
  const push = new Float32Array(2 * input.count);
  for (let round = 0; round < rounds; round++) {
    push.fill(0);
    pushApart(at, push, input.count);
    pullTogether(at, push, input.links);
    const most = 30 * (1 - round / rounds) + 0.5; // a step gets smaller, so it comes to rest
    for (let i = 0; i < input.count; i++) {
      if (!Number.isNaN(input.fixed[2 * i]!)) continue;
      const [dx, dy] = [push[2 * i]! - GRAVITY * at[2 * i]!, push[2 * i + 1]! - GRAVITY * at[2 * i + 1]!];
      const scale = Math.min(1, most / (Math.hypot(dx, dy) || 1));
      at[2 * i]! += dx * scale;
      at[2 * i + 1]! += dy * scale;
    }
  }
  for (let i = 0; i < input.count; i++) at[2 * i] = Number.isNaN(input.fixed[2 * i]!) ? at[2 * i]! * input.stretch : input.fixed[2 * i]!;
  return at;
}

const roundsFor = (count: number) => Math.max(60, Math.min(400, Math.round(600_000 / (count + 1))));

/** Each tree around its root, a branch in a sector of its own, so that none begins across another; the trees on a spiral. */
function start({ count, links, fixed, stretch }: ForceInput): Float32Array<ArrayBuffer> {
  const { order, parents } = breadthFirst(count, links);
  const sizes = new Float64Array(count).fill(1); // nodes of the branch
  for (let i = count - 1; i >= 0; i--) {
    const parent = parents[order[i]!]!;
    if (parent >= 0) sizes[parent]! += sizes[order[i]!]!;
  }
  const at = new Float32Array(2 * count);
  const [sector, width, next] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let root = { place: 0, x: 0, y: 0 };
  order.forEach((node, place) => {
    const parent = parents[node]!;
    if (parent < 0) root = { place, x: spread(place) * Math.cos(place * GOLDEN), y: spread(place) * Math.sin(place * GOLDEN) };
    width[node] = parent < 0 ? 2 * Math.PI : (width[parent]! * sizes[node]!) / (sizes[parent]! - 1);
    sector[node] = next[node] = parent < 0 ? 0 : next[parent]!;
    if (parent >= 0) next[parent]! += width[node]!;
    // Not all in the middle of their sectors: what stands in one line is never pushed out of it.
    const angle = sector[node]! + width[node]! * (0.4 + 0.2 * ((place * GOLDEN) % 1));
    const radius = spread(place - root.place);
    const isFixed = !Number.isNaN(fixed[2 * node]!);
    at[2 * node] = isFixed ? fixed[2 * node]! / stretch : root.x + radius * Math.cos(angle);
    at[2 * node + 1] = isFixed ? fixed[2 * node + 1]! : root.y + radius * Math.sin(angle);
  });
  return at;
}

/** As far out as so many nodes want room. */
const spread = (nodes: number) => 0.6 * LENGTH * Math.sqrt(nodes);

/** All nodes, each tree from that with the most links on, and who is above whom; -1 above a root. */
function breadthFirst(count: number, links: Uint32Array): { order: number[]; parents: Int32Array } {
  const next: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < links.length; i += 2) (next[links[i]!]!.push(links[i + 1]!), next[links[i + 1]!]!.push(links[i]!));
  const byDegree = next.map((_, node) => node).sort((a, b) => next[b]!.length - next[a]!.length || a - b);
  const parents = new Int32Array(count).fill(-1);
  const seen = new Uint8Array(count);
  const order: number[] = [];
  for (const first of byDegree) {
    if (seen[first]) continue;
    seen[first] = 1;
    for (let done = order.push(first) - 1; done < order.length; done++) {
      for (const node of next[order[done]!]!) {
        if (seen[node]) continue;
        seen[node] = 1;
        parents[node] = order[done]!;
        order.push(node);
      }
    }
  }
  return { order, parents };
}

function pushApart(at: Float32Array, push: Float32Array, count: number): void {
  const cells = new Map<number, number[]>();
  const cell = (i: number) => Math.floor(at[2 * i]! / REACH) * 100_003 + Math.floor(at[2 * i + 1]! / REACH);
  for (let i = 0; i < count; i++) {
    const key = cell(i);
    const there = cells.get(key);
    if (there) there.push(i);
    else cells.set(key, [i]);
  }
  for (let i = 0; i < count; i++) {
    const key = cell(i);
    for (const step of [-100_004, -100_003, -100_002, -1, 0, 1, 100_002, 100_003, 100_004]) {
      for (const j of cells.get(key + step) ?? []) {
        if (j !== i) pushFrom(at, push, i, j);
      }
    }
  }
}

function pushFrom(at: Float32Array, push: Float32Array, i: number, j: number): void {
  const [dx, dy] = [at[2 * i]! - at[2 * j]!, at[2 * i + 1]! - at[2 * j + 1]!];
  const distance = Math.hypot(dx, dy) || 0.1;
  if (distance > REACH) return;
  const force = (LENGTH * LENGTH) / (distance * distance) - (LENGTH * LENGTH) / (REACH * REACH);
  push[2 * i]! += (dx / distance || 0.7) * Math.min(force, 20);
  push[2 * i + 1]! += (dy / distance || 0.7) * Math.min(force, 20);
}

function pullTogether(at: Float32Array, push: Float32Array, links: Uint32Array): void {
  for (let k = 0; k < links.length; k += 2) {
    const [i, j] = [links[k]!, links[k + 1]!];
    const [dx, dy] = [at[2 * j]! - at[2 * i]!, at[2 * j + 1]! - at[2 * i + 1]!];
    const distance = Math.hypot(dx, dy) || 0.1;
    const force = (0.06 * (distance - LENGTH)) / distance;
    push[2 * i]! += dx * force;
    push[2 * i + 1]! += dy * force;
    push[2 * j]! -= dx * force;
    push[2 * j + 1]! -= dy * force;
  }
}
