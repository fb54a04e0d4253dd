import type { FlowResult, PathGraph } from '../api/flow';
import { elementKey } from './bothWays';
import { endingWords, nodeName } from './describe';
import { shownPath } from './layout';

/** A time in which the answers of a repeated trace were the same. */
export interface Period {
  from: number; // epoch milliseconds, of the first answer
  to: number; // of the last one
  result: FlowResult; // the last one
  change: string; // against the period before; empty of the first
}

const MOST = 200; // periods; of a path that flaps the oldest are dropped

/** With one more answer; one that was heard already changes nothing. */
export function extended(periods: readonly Period[], result: FlowResult): readonly Period[] {
  const at = result.request.lastUpdateTime || result.request.createTime || 0;
  const last = periods.at(-1);
  if (last && at <= last.to) return periods;
  if (last && signOf(last.result) === signOf(result)) return [...periods.slice(0, -1), { ...last, to: at, result }];
  return [...periods, { from: at, to: at, result, change: last ? changeText(last.result, result) : '' }].slice(-MOST);
}

/** What two answers must share to be one path: elements, ports, and the end. How sure they are, and when facts were read, may differ. */
function signOf({ request, pathGraph: graph }: FlowResult): string {
  if (!graph) return JSON.stringify([request.status, request.failureReason]);
  const nodes = shownPath(graph).map((node) => [elementKey(graph.nodes[node]!), graph.nodes[node]!.ingress?.name]);
  const ports = graph.shown.map((edge) => graph.edges[edge]!.egress?.name);
  return JSON.stringify([nodes, ports, graph.ending.kind]);
}

function changeText({ pathGraph: before }: FlowResult, { pathGraph: now, request }: FlowResult): string {
  if (!before || !now) return now ? 'there is a path again' : `there is no path: ${request.failureReason ?? ''}`;
  const [old, next] = [namesOf(before), namesOf(now)];
  const at = Array.from({ length: Math.max(old.length, next.length) }, (_, i) => i).find((i) => old[i]?.key !== next[i]?.key);
  const ended = before.ending.kind === now.ending.kind ? '' : `; ends: ${endingWords(now.ending.kind).title}`;
  if (at === undefined) return `another port, or another end${ended}`;
  const place = at === 0 ? 'from the source on' : `after ${old[at - 1]!.name}`;
  return `${place} ${next[at]?.name ?? 'nothing more'} instead of ${old[at]?.name ?? 'nothing more'}${ended}`;
}

const namesOf = (graph: PathGraph) =>
  shownPath(graph).map((node) => ({ key: elementKey(graph.nodes[node]!), name: nodeName(graph.nodes[node]!) }));
