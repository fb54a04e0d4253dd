import type { FlowResult } from '../api/flow';
import { percent } from '../text/format';
import { plain } from '../text/plain';
import { endingWords, nodeName, portText, routeOf, WORTH_A_NOTE } from './describe';
import { shownPath } from './layout';

/** The shown path for a mail or a ticket: one element a line, then how it ends. */
export function pathText(result: FlowResult): string {
  const { request, pathGraph: graph } = result;
  const lines = [`${request.sourceIP} -> ${request.destIP}${flowText(request.protocol, request.destPort)}`];
  if (!graph) return [...lines, plain(request.failureReason ?? 'No path yet.'), ''].join('\n');

  shownPath(graph).forEach((node, position) => {
    const step = graph.shown[position] === undefined ? undefined : graph.edges[graph.shown[position]!];
    const parts = [
      [nodeName(graph.nodes[node]!), graph.nodes[node]!.name ? plain(graph.nodes[node]!.ip) : ''].filter(Boolean).join(' '),
      named('in', portText(graph.nodes[node]!.ingress)),
      named('route', routeOf(graph, node)),
      named('out', portText(step?.egress)),
      named('via', plain(step?.nextHop)),
      (step?.confidence ?? 1) < WORTH_A_NOTE ? `${percent(step!.confidence!)} sure: ${plain(step!.reason)}` : '',
    ];
    lines.push(`${String(position + 1).padStart(2)}  ${parts.filter(Boolean).join('; ')}`);
  });

  const others = graph.edges.filter((edge, i) => !edge.candidate && !graph.shown.includes(i)).length;
  if (others > 0) lines.push(`    ${others} more ${others === 1 ? 'step' : 'steps'} on equal-cost branches`);
  lines.push(`${endingWords(graph.ending.kind).title}${graph.ending.reason ? `: ${plain(graph.ending.reason, 1000)}` : '.'}`);
  if ((graph.ending.confidence ?? 1) < 1) lines.push(`As a whole ${percent(graph.ending.confidence!)} sure.`);
  return lines.join('\n') + '\n';
}

const named = (word: string, text: string) => (text ? `${word} ${text}` : '');

function flowText(protocol: string | undefined, port: string | undefined): string {
  const known = port && port !== '0' ? ` ${port}` : '';
  return protocol || known ? ` (${plain(protocol || 'port')}${known})` : '';
}
