import type { PathEdge, PathGraph, PathNode, PathPort } from '../api/flow';
import { align } from './align';
import { shownPath } from './layout';

/** The way there, with what only the way back passes put beside it. Nodes and edges of the way there keep their numbers. */
export interface BothWays {
  graph: PathGraph;
  back: ReadonlyMap<number, BackStep>; // by edge: steps that the way back takes as well, or alone
  backNodes: ReadonlyMap<number, number>; // by node that only the way back passes: its number in the graph of that
}

/** What the way back does on a step of the drawing, which is drawn from the source on. */
export interface BackStep {
  isAlone: boolean; // the way there does not take this step
  ports?: { near: string; far: string }; // where the way back takes other ports than the way there
}

/** What is one element for both ways. A gap is a gap: whether both pass the same unmanaged element nobody can tell. */
export const elementKey = (node: PathNode): string => (node.kind === 'Host' ? (node.ip ?? node.id ?? '') : (node.id ?? node.kind));

/** A device of a branch of the way there is used again where that makes no circle. */
export function bothWays(there: PathGraph, back: PathGraph): BothWays {
  const merged = merge(there, back, true);
  return isAcyclic(merged.graph) ? merged : merge(there, back, false);
}

function merge(there: PathGraph, back: PathGraph, withBranches: boolean): BothWays {
  const forth = shownPath(there);
  const home = shownPath(back).reverse();
  const nodes = [...there.nodes];
  const edges = [...there.edges];
  const backNodes = new Map<number, number>();
  const placed = new Map<number, number>(); // node of the way back, and of the drawing
  const keys = (graph: PathGraph, path: number[]) => path.map((node) => elementKey(graph.nodes[node]!));
  for (const [i, j] of align(keys(there, forth), keys(back, home))) placed.set(home[j]!, forth[i]!);

  const isFree = (node: number) => withBranches && there.nodes[node]!.kind === 'Device' && !forth.includes(node);
  const free = there.nodes.map((_, node) => node).filter(isFree);
  for (const node of home) {
    if (placed.has(node)) continue;
    const same = free.findIndex((one) => elementKey(there.nodes[one]!) === elementKey(back.nodes[node]!));
    if (same >= 0) {
      placed.set(node, free.splice(same, 1)[0]!);
    } else {
      placed.set(node, nodes.length);
      backNodes.set(nodes.length, node);
      const { ingress: _, ...alone } = back.nodes[node]!; // its ports are those of its steps
      nodes.push(alone);
    }
  }

  const steps = new Map<number, BackStep>();
  home.slice(1).forEach((sender, i) => {
    const receiver = home[i]!; // nearer to the source
    const step = back.edges.find((edge, k) => back.shown.includes(k) && edge.from === sender && edge.to === receiver)!;
    const [from, to] = [placed.get(receiver)!, placed.get(sender)!];
    const [near, far] = [back.nodes[receiver]!.ingress, step.egress];
    const same = edges.findIndex((edge) => edge.from === from && edge.to === to && !edge.candidate);
    if (same >= 0) {
      const other = isOther(edges[same]!.egress, near) || isOther(nodes[to]!.ingress, far);
      steps.set(same, { isAlone: false, ...(other && { ports: { near: near?.name ?? '', far: far?.name ?? '' } }) });
    } else {
      steps.set(edges.length, { isAlone: true, ports: { near: near?.name ?? '', far: far?.name ?? '' } });
      const told = defined({ egress: near, confidence: step.confidence, nextHop: step.nextHop });
      edges.push({ from, to, label: step.label, share: 0, ...told });
    }
  });
  return { graph: { ...there, nodes, edges }, back: steps, backNodes };
}

/** Ports of which one is not told are no other ones. */
const isOther = (a: PathPort | undefined, b: PathPort | undefined) => !!a?.name && !!b?.name && a.name !== b.name;

function isAcyclic({ nodes, edges }: PathGraph): boolean {
  const waiting = nodes.map((_, node) => edges.filter((edge) => edge.to === node).length);
  const ready = waiting.flatMap((count, node) => (count === 0 ? [node] : []));
  let passed = 0;
  for (let node = ready.pop(); node !== undefined; node = ready.pop(), passed++) {
    for (const edge of edges) {
      if (edge.from === node && --waiting[edge.to]! === 0) ready.push(edge.to);
    }
  }
  return passed === nodes.length;
}

const defined = (parts: { [K in keyof PathEdge]?: PathEdge[K] | undefined }): Partial<PathEdge> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
