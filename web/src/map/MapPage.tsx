import { Button, Checkbox, Group, Loader, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { topology as topologyQuery, trace as traceQuery } from '../api/queries';
import { useDevices } from '../api/useDevices';
import { stateOf } from '../inventory/deviceState';
import { shownPath } from '../path/layout';
import { go, usePlace, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { plain } from '../text/plain';
import { around, collapse, groupsOf, mapOf, standIn, type GroupBy, type MapGraph } from './graph';
import { LinkTable } from './LinkTable';
import { MapCanvas } from './MapCanvas';
import { keepMoved, readMoved } from './moved';
import { SaveMap } from './SaveMap';
import { useLayout } from './useLayout';
import { useOverlay, vlanNames } from './useOverlay';

const GROUPS = [
  { value: 'name', label: 'name' }, { value: 'subnet', label: 'subnet of the address' }, { value: 'role', label: 'role' },
  { value: 'none', label: 'nothing' },
];
const DEPTHS = ['1', '2', '3', '4', '5'];
const MANY = 60; // nodes from which on the map opens at groups
const NOBODY: MapGraph = { nodes: [], links: [] };

/** The network: groups that open on a click, or the neighbors of one device. */
export function MapPage() {
  const { id: centre, query } = usePlace();
  const { data, error, refetch } = useQuery(topologyQuery);
  const [asked, setBy] = useState<GroupBy | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [depth, setDepth] = useState(1);
  const [withHosts, setWithHosts] = useState(false);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [moved, setMoved] = useState(readMoved);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const by = asked ?? ((data?.nodes.length ?? 0) > MANY ? 'name' : 'none');

  const groups = useMemo(() => (data ? groupsOf(data, by) : new Map<string, string>()), [data, by]);
  const devices = useDevices();
  const old = useMemo(() => new Set([...devices.values()].filter((one) => stateOf(one).word === 'Stale').map((one) => one.id)), [devices]);
  const graph = useMemo(() => {
    if (!data) return NOBODY;
    const map = mapOf(data, withHosts, old);
    return centre === null ? collapse(map, groups, open) : around(map, centre, depth);
  }, [data, withHosts, old, centre, groups, open, depth]);
  const found = useMemo(
    () => new Set(wanted === '' ? [] : graph.nodes.filter((node) => node.label.toLowerCase().includes(wanted)).map((node) => node.id)),
    [graph, wanted],
  );
  const [vlan, setVlan] = useState('');
  const vlans = useQuery(vlanNames).data ?? [];
  const shown = useCallback((id: string) => (centre === null ? standIn(id, groups, open) : id), [centre, groups, open]);
  const overlay = useOverlay(data, vlan, shown);
  const onPath = useOnPath(query.get('trace'), groups, open);
  const placed = useLayout(graph, moved);
  const chosenNode = graph.nodes.find((node) => node.id === chosen);

  function group(next: GroupBy) {
    setBy(next);
    setOpen(new Set());
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
      <Group align="end">
        {centre === null ? (
          <NativeSelect label="Grouped by" value={by} data={GROUPS} onChange={(event) => group(event.currentTarget.value as GroupBy)} />
        ) : (
          <NativeSelect label="Neighbors" value={String(depth)} data={DEPTHS}
            onChange={(event) => setDepth(Number(event.currentTarget.value))} />
        )}
        <NativeSelect label="VLAN" value={vlan} data={[{ value: '', label: 'none' }, ...vlans]}
          onChange={(event) => setVlan(event.currentTarget.value)} />
        <TextInput label="Find" value={search} maxLength={200} onChange={(event) => setSearch(event.currentTarget.value)} />
        <Checkbox label="Hosts" mb={8} checked={withHosts} onChange={(event) => setWithHosts(event.currentTarget.checked)} />
        {centre === null ? open.size > 0 && <Button variant="default" onClick={() => setOpen(new Set())}>Close all groups</Button>
          : <Button variant="default" onClick={() => go(writePlace('map'))}>The whole network</Button>}
        {placed && <SaveMap placed={placed} overlay={overlay} />}
      </Group>
      <Text size="sm" role="status">
        {graph.nodes.length} nodes, {graph.links.length} links{wanted && `, ${found.size} found`}
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
      <LinkTable graph={graph} overlay={overlay} onChoose={choose} />
    </Stack>
  );
}

/** The nodes that a stored trace passes; a closed group stands for its members. */
function useOnPath(trace: string | null, groups: ReadonlyMap<string, string>, open: ReadonlySet<string>): ReadonlySet<string> {
  const { data } = useQuery({ ...traceQuery(trace ?? ''), enabled: trace !== null });
  return useMemo(() => {
    const graph = data?.pathGraph;
    if (!graph) return new Set<string>();
    const ids = shownPath(graph).flatMap((node) => graph.nodes[node]!.id ?? []);
    return new Set(ids.map((id) => standIn(id, groups, open)));
  }, [data, groups, open]);
}
