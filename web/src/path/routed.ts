import type { PathEdge, PathEnding, PathGraph } from '../api/flow';

/** The path as routers see it: hosts, what routes, gaps, and ends. A switch in between is a part of the step that passes it. */
export function routedOnly(graph: PathGraph): PathGraph {
  const kept = keptNodes(graph);
  const place = new Map(kept.map((node, i) => [node, i]));
  const steps = joinParallel(kept.flatMap((node) => stepsFrom(graph, node, place)));
  const moved = (ending: PathEnding) => ({ ...ending, node: ending.node === undefined ? undefined : place.get(ending.node) });
  const shown = steps.map((_, i) => i).filter((i) => steps[i]!.isShown);
  return {
    nodes: kept.map((node) => graph.nodes[node]!),
    edges: steps.map(({ edge }) => ({ ...edge, from: place.get(edge.from)!, to: place.get(edge.to)! })),
    shown: shown.sort((a, b) => graph.shown.indexOf(steps[a]!.first) - graph.shown.indexOf(steps[b]!.first)),
    ending: moved(graph.ending),
    ...(graph.endings && { endings: graph.endings.map(moved) }),
  };
}

function keptNodes(graph: PathGraph): number[] {
  const routing = new Set(graph.edges.filter((edge) => edge.prefix !== undefined).map((edge) => edge.from));
  const sending = new Set(graph.edges.map((edge) => edge.from));
  const isKept = (node: number) => {
    const { kind } = graph.nodes[node]!;
    return node === 0 || kind === 'Host' || kind === 'Unknown' || routing.has(node) || !sending.has(node);
  };
  return graph.nodes.map((_, node) => node).filter(isKept);
}

/** A step of the drawing, and the first of the trace's steps that it is made of. */
interface Step {
  edge: PathEdge;
  first: number;
  isShown: boolean; // all of them are of the shown path
}

/** All ways from a node to the next ones that are kept. */
function stepsFrom(graph: PathGraph, node: number, kept: ReadonlyMap<number, number>): Step[] {
  const steps = graph.edges.flatMap((edge, i) => (edge.from === node ? [{ edge, first: i, isShown: graph.shown.includes(i) }] : []));
  return steps.flatMap((step) => {
    if (kept.has(step.edge.to)) return [step];
    return stepsFrom(graph, step.edge.to, kept).map((next) => ({
      edge: inOne(step.edge, next.edge), first: step.first, isShown: step.isShown && next.isShown,
    }));
  });
}

/** The first says by which route and port; the step is as sure as both. */
const inOne = (first: PathEdge, second: PathEdge): PathEdge => ({
  ...first,
  to: second.to,
  share: first.share * second.share,
  confidence: (first.confidence ?? 1) * (second.confidence ?? 1),
  reason: [first.reason, second.reason].filter(Boolean).join(' ') || undefined,
  candidate: first.candidate || second.candidate,
  entered: [...(first.entered ?? []), ...(second.entered ?? [])],
  evidence: [...(first.evidence ?? []), ...(second.evidence ?? [])],
});

/** Two ways of switches by the same port to the same router are one step with the shares of both. The shown one says what it rests on. */
function joinParallel(steps: Step[]): Step[] {
  const found = new Map<string, Step>();
  for (const step of steps) {
    const { from, to, egress, nextHop, candidate } = step.edge;
    const key = JSON.stringify([from, to, egress?.name, nextHop, !!candidate]);
    const there = found.get(key);
    const told = there && !step.isShown ? there : step;
    found.set(key, { ...told, edge: { ...told.edge, share: step.edge.share + (there?.edge.share ?? 0) } });
  }
  return [...found.values()];
}
