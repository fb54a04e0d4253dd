import { Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { topology as topologyQuery, trace as traceQuery } from '../api/queries';
import { useDevices } from '../api/useDevices';
import { stateOf } from '../inventory/deviceState';
import { usePlace, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { plain } from '../text/plain';
import { around, collapse, filtered, groupsOf, mapOf, pairKey, standIn, type MapGraph } from './graph';
import { LinkTable } from './LinkTable';
import { MapCanvas } from './MapCanvas';
import { MapControls } from './MapControls';
import { keepMoved, readMoved } from './moved';
import { pairsOf } from './onPath';
import { SaveMap } from './SaveMap';
import { ALL, isAskedFor, rolesOf, type Shown } from './shown';
import { useLayout } from './useLayout';
import { useOverlay, vlanNames } from './useOverlay';

const MANY = 60; // nodes from which on the map opens at groups
const NOBODY: MapGraph = { nodes: [], links: [] };

/** The network: groups that open on a click, or the neighbors of one device. */
export function MapPage() {
  const { id: centre, query } = usePlace();
  const { data, error, refetch } = useQuery(topologyQuery);
  const [asked, setAsked] = useState<Shown>(ALL);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const [moved, setMoved] = useState(readMoved);
  const shown = useDeferredValue(asked);
  const wanted = shown.search.trim().toLowerCase();
  const by = shown.by ?? ((data?.nodes.length ?? 0) > MANY ? 'name' : 'none');

  const devices = useDevices();
  // By what they say, not by who they are: devices are told anew all the time, and a new map is laid out anew.
  const staleIds = JSON.stringify([...devices.values()].filter((one) => stateOf(one).word === 'Stale').map((one) => one.id));
  const old = useMemo(() => new Set<string>(JSON.parse(staleIds)), [staleIds]);
  const places = JSON.stringify([...devices.values()].flatMap((one) => (one.snmpLocation ? [[one.id, one.snmpLocation]] : [])));
  const sites = useMemo(() => new Map<string, string>(JSON.parse(places)), [places]);
  const groups = useMemo(() => (data ? groupsOf(data, by, sites) : new Map<string, string>()), [data, by, sites]);
  const map = useMemo(() => (data ? mapOf(data, shown.withHosts, old) : NOBODY), [data, shown.withHosts, old]);
  const { depth, only } = shown;
  const sought = shown.isFoundOnly ? wanted : ''; // what is only marked lays nothing out anew
  const graph = useMemo(() => {
    const near = centre === null ? map : around(map, centre, depth);
    const some = filtered(near, (node) => node.id === centre || isAskedFor(node, only, sought));
    return centre === null ? collapse(some, groups, open) : some;
  }, [map, depth, only, sought, centre, groups, open]);
  const found = useMemo(
    () => new Set(wanted === '' ? [] : graph.nodes.filter((node) => node.label.toLowerCase().includes(wanted)).map((node) => node.id)),
    [graph, wanted],
  );
  const [vlan, setVlan] = useState('');
  const vlans = useQuery(vlanNames).data ?? [];
  const standsFor = useCallback((id: string) => (centre === null ? standIn(id, groups, open) : id), [centre, groups, open]);
  const overlay = useOverlay(data, vlan, standsFor);
  const onPath = useOnPath(query.get('trace'), standsFor);
  const placed = useLayout(graph, moved);
  const chosenNode = graph.nodes.find((node) => node.id === chosen);

  function ask(next: Shown) {
    setAsked(next);
    if (next.by !== asked.by) setOpen(new Set());
  }
  function choose(id: string) {
    setChosen(id);
    const group = graph.nodes.find((node) => node.id === id && node.kind === 'group')?.label;
    if (group !== undefined) setOpen(new Set([...open, group]));
  }
  function move(id: string, x: number, y: number) {
    const next = { ...moved, [id]: [x, y] as [number, number] };
    setMoved(next);
    keepMoved(next);
  }

  if (error && !data) return <Problem problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Loader role="status" aria-label="Loading" />;
  return (
    <Stack>
      <Title order={1} size="h2">Map</Title>
      <MapControls asked={asked} by={by} roles={rolesOf(map)} isAround={centre !== null} onAsk={ask}
        vlan={vlan} vlans={vlans} onVlan={setVlan} onClose={open.size > 0 ? () => setOpen(new Set()) : null}>
        {placed && <SaveMap placed={placed} overlay={overlay} />}
      </MapControls>
      <Text size="sm" role="status">
        {graph.nodes.length} nodes, {graph.links.length} links{wanted && `, ${found.size} found`}
        {onPath.size > 0 && `, ${graph.links.filter((link) => onPath.has(pairKey(link.a, link.b))).length} of them on the path`}
        {chosenNode && `; ${plain(chosenNode.label)} ${plain(chosenNode.role.toLowerCase())}`}
        {chosenNode?.kind === 'device' && (
          <> <a href={writePlace('devices', chosenNode.id)}>Device</a> <a href={writePlace('map', chosenNode.id)}>Its neighbors</a></>
        )}
      </Text>
      {overlay && (
        <Text size="sm" data-carried={overlay.carried.size} data-blocked={overlay.blocked.size}>
          {overlay.members.size} nodes are in {vlan}; {overlay.carried.size} links carry it, at {overlay.blocked.size} it is blocked by
          spanning tree (broken lines).
        </Text>
      )}
      {placed === null ? <Loader role="status" aria-label="Laying out" /> : (
        <MapCanvas placed={placed} chosen={chosen} found={found} onPath={onPath} overlay={overlay} onChoose={choose} onMoved={move} />
      )}
      <Text size="sm">Squares are devices, circles hosts and what nobody manages, large circles groups; red is down or stale.</Text>
      <LinkTable graph={graph} overlay={overlay} onPath={onPath} onChoose={choose} />
    </Stack>
  );
}

/** The links that a stored trace passes, by `pairKey`; a closed group stands for its members. */
function useOnPath(trace: string | null, standsFor: (id: string) => string): ReadonlySet<string> {
  const { data } = useQuery({ ...traceQuery(trace ?? ''), enabled: trace !== null });
  return useMemo(() => (data?.pathGraph ? pairsOf(data.pathGraph, standsFor) : new Set<string>()), [data, standsFor]);
}
