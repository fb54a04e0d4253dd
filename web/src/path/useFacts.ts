import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PathGraph } from '../api/flow';
import { table, type Asked } from '../api/tables';
import { factsOf, NO_FACTS, type PathFacts } from './facts';
import { shownPath } from './layout';

// The address of a question has an end; what is on the shown path comes first.
const MOST_DEVICES = 40;
const MOST_NAMES = 100;

/** Asks the tables of the path's devices for the ports it passes; no facts before they have come. */
export function useFacts(graph: PathGraph | undefined, destination: string): PathFacts {
  const asked = useMemo(() => questionsOf(graph, destination), [graph, destination]);
  const answers = useQueries({ queries: asked });
  const rows = answers.map((answer) => answer.data);
  return useMemo(() => {
    const [interfaces = [], ethernetPorts = [], stpPorts = [], gatewayGroups = [], routes = [], vrfRoutes = []] = rows;
    const isNone = rows.every((some) => some === undefined);
    return isNone ? NO_FACTS : factsOf({ interfaces, ethernetPorts, stpPorts, gatewayGroups, routes: [...routes, ...vrfRoutes] });
  }, rows);
}

function questionsOf(graph: PathGraph | undefined, destination: string) {
  const shown = graph ? shownPath(graph) : [];
  const nodes = [...shown, ...(graph?.nodes ?? []).keys()].map((node) => graph!.nodes[node]!).filter((node) => node.kind === 'Device');
  const device = distinct(nodes.map((node) => node.id)).slice(0, MOST_DEVICES);
  const used = [...nodes.map((node) => node.ingress), ...(graph?.edges ?? []).map((edge) => edge.egress)];
  const ports = used.filter((port) => port !== undefined);
  const names = distinct(ports.flatMap((port) => [port.name, ...(port.virtual ?? [])])).slice(0, MOST_NAMES);
  const ask = (name: string, asked: Asked, isWanted = true) => ({
    ...table(name, { device, ...asked }), enabled: device.length > 0 && isWanted,
  });
  return [
    ask('interfaces', { name: names }),
    ask('ethernetPorts', { interface: names }),
    ask('stpPorts', { interface: names }),
    ask('gatewayGroups', { interface: names }),
    ask('routes', { longestMatch: [destination] }),
    ask('vrfRoutes', { longestMatch: [destination] }, ports.some((port) => port.vrf !== undefined)),
  ];
}

const distinct = (texts: readonly (string | undefined)[]) => [...new Set(texts)].filter((text) => text !== undefined);
