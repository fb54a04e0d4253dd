import { Title, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { plain } from '../text/plain';
import { pairKey, type MapGraph, type MapLink, type MapNode } from './graph';
import { stateIn, type Overlay } from './overlay';

interface Props {
  graph: MapGraph;
  overlay: Overlay | null;
  onPath: ReadonlySet<string>; // links by `pairKey`
  onChoose: (id: string) => void;
}

/** The map as a table: what is linked to what. A name is chosen, and a group opened, as on the map. */
export function LinkTable({ graph, overlay, onPath, onChoose }: Props) {
  const columns = useMemo((): Column<MapLink>[] => {
    const more = ({ kind, size, note }: MapNode) => (kind === 'group' ? ` (${size})` : note && ` (${note})`);
    const labels = new Map(graph.nodes.map((node) => [node.id, node.label + more(node)]));
    const vlan: Column<MapLink> = { key: 'vlan', head: 'VLAN', width: 100, text: (link) => (overlay ? stateIn(overlay, link) : '') };
    const isOn = ({ a, b }: MapLink) => onPath.has(pairKey(a, b));
    const path: Column<MapLink> = { key: 'path', head: 'Path', width: 80, text: (link) => (isOn(link) ? 'on it' : '') };
    return [
      { key: 'a', head: 'From', width: 260, text: (link) => labels.get(link.a) ?? '' },
      { key: 'b', head: 'To', width: 260, text: (link) => labels.get(link.b) ?? '' },
      { key: 'count', head: 'Links', width: 80, text: (link) => String(link.count), order: (link) => link.count },
      { key: 'down', head: 'Down', width: 80, text: (link) => (link.down > 0 ? String(link.down) : ''), order: (link) => link.down },
      ...(overlay ? [vlan] : []),
      ...(onPath.size > 0 ? [path] : []),
    ];
  }, [graph, overlay, onPath]);
  return (
    <section aria-labelledby="links">
      <Title order={2} size="h4" id="links">Links</Title>
      <DataTable name="links" rows={graph.links} columns={columns} rowKey={(link) => `${link.a} ${link.b}`}
        cell={(link, column) => {
          if (column.key !== 'a' && column.key !== 'b') return undefined;
          const id = link[column.key];
          return <UnstyledButton className="name" onClick={() => onChoose(id)}>{plain(column.text(link))}</UnstyledButton>;
        }} />
    </section>
  );
}
