import type { PathGraph } from '../api/flow';
import { plain } from '../text/plain';
import { nodeName, portText } from './describe';

/** What is known on both sides of an element that nobody manages, and what would close the gap; empty for other elements. */
export function gapText(graph: PathGraph, index: number): string {
  const node = graph.nodes[index]!;
  if (node.kind !== 'Unknown') return '';
  const before = graph.edges.filter((edge) => edge.to === index);
  const after = graph.edges.filter((edge) => edge.from === index);
  const known = [
    ...before.map((edge) => side(nodeName(graph.nodes[edge.from]!), 'sends', portText(edge.egress))),
    ...after.map((edge) => side(nodeName(graph.nodes[edge.to]!), 'takes', portText(graph.nodes[edge.to]!.ingress))),
  ];
  return `Nobody manages what is here. Known is that ${known.join(', and that ') || 'the path comes here'}. ${gapRemedy(graph, index)}`;
}

/** What would close a gap. */
export function gapRemedy(graph: PathGraph, index: number): string {
  const address = addressOf(graph, index);
  return address
    ? `To close the gap, discover the device at ${plain(address)}.`
    : 'To close the gap, discover the devices behind these ports, or let them announce themselves (LLDP, CDP).';
}

/** The same in few words; empty where no address is known. */
export function gapHint(graph: PathGraph, index: number): string {
  const address = addressOf(graph, index);
  return address ? `discover ${plain(address)}` : '';
}

function addressOf(graph: PathGraph, index: number): string | undefined {
  const node = graph.nodes[index]!;
  return node.ip ?? node.routerId ?? graph.edges.find((edge) => edge.to === index && edge.nextHop)?.nextHop;
}

const side = (name: string, does: string, port: string) => `${name} ${does} ${port ? `by ${port}` : 'by a port that is not told'}`;
