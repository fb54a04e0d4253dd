import type { FlowRequest, PathGraph } from '../api/flow';
import type { Question } from './commands';

const MAC = /\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b/i;

/** What one would ask the device about a hop. On the shown step, where the hop is on the shown path. */
export function questionOf(graph: PathGraph, node: number, flow: FlowRequest): { question: Question; isRouted: boolean } {
  const steps = graph.edges.filter((edge) => edge.from === node);
  const step = steps.find((edge) => graph.shown.includes(graph.edges.indexOf(edge))) ?? steps[0];
  const fdb = [...(step?.evidence ?? []), ...(graph.nodes[node]!.evidence ?? [])].find((fact) => /fdb/i.test(fact.table ?? ''));
  return {
    // A path that ends here by a missing route is asked for that route.
    isRouted: step ? step.prefix !== undefined : graph.ending.node === node && graph.ending.kind !== 'Blocked',
    question: {
      source: flow.sourceIP,
      destination: flow.destIP,
      vrf: step?.egress?.vrf ?? graph.nodes[node]!.ingress?.vrf,
      nextHop: step?.nextHop,
      egress: step?.egress?.name ?? graph.nodes[node]!.ingress?.name,
      vlan: step?.egress?.vlan,
      mac: MAC.exec(fdb?.key ?? '')?.[0],
    },
  };
}
