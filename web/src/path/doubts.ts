import type { PathGraph } from '../api/flow';
import { percent } from '../text/format';
import { plain } from '../text/plain';
import { nodeName } from './describe';
import { gapRemedy } from './gapText';

const MOST = 4;

/** Why the shown path is less than certain, and what would help: its steps, the least sure first. None that is as sure as tables can be. */
export function doubtsOf(graph: PathGraph): string[] {
  const steps = graph.shown.map((edge) => graph.edges[edge]!).filter((edge) => (edge.confidence ?? 1) < AS_SURE_AS_TABLES && edge.reason);
  steps.sort((a, b) => a.confidence! - b.confidence!);
  return steps.slice(0, MOST).map((edge) => {
    const [from, to] = [nodeName(graph.nodes[edge.from]!), nodeName(graph.nodes[edge.to]!)];
    const remedy = graph.nodes[edge.from]!.kind === 'Unknown' ? ` ${gapRemedy(graph, edge.from)}` : '';
    return `${from} to ${to}, ${percent(edge.confidence!)} sure: ${plain(edge.reason, 600)}${remedy}`;
  });
}

const AS_SURE_AS_TABLES = 0.99;
