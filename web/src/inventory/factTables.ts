import type { TableRow } from '../api/tables';
import type { Column } from '../table/rows';
import { age } from '../text/format';

/** A part of what a device told: the table of the API, and which of its columns are shown. */
export interface FactTableOf {
  title: string;
  table: string;
  columns: [key: string, head: string, width: number][];
}

/** By the word that stands in the page's address. */
export const FACT_TABLES: Record<string, FactTableOf> = {
  routes: {
    title: 'Routes',
    table: 'routes',
    columns: [
      ['prefix', 'Prefix', 170], ['nextHop', 'Next hop', 150], ['egress', 'Out', 200],
      ['protocol', 'Protocol', 110], ['metric', 'Metric', 90], ['kind', 'Kind', 110], ['source', 'Read from', 200],
    ],
  },
  fdb: {
    title: 'MAC addresses',
    table: 'fdb',
    columns: [
      ['vlan', 'VLAN', 80], ['mac', 'MAC address', 170], ['interface', 'Port', 220], ['status', 'Status', 90], ['source', 'Read from', 200],
    ],
  },
  arp: {
    title: 'ARP',
    table: 'arp',
    columns: [['address', 'Address', 150], ['mac', 'MAC address', 170], ['interface', 'Interface', 220], ['source', 'Read from', 200]],
  },
  neighbors: {
    title: 'Neighbors',
    table: 'neighbors',
    columns: [
      ['interface', 'Port', 220], ['protocol', 'By', 70], ['name', 'Neighbor', 240], ['port', 'Its port', 200],
      ['addresses', 'Addresses', 220], ['platform', 'Platform', 320],
    ],
  },
  vlans: { title: 'VLANs', table: 'vlans', columns: [['id', 'VLAN', 80], ['name', 'Name', 260]] },
  tree: {
    title: 'Spanning tree',
    table: 'stpPorts',
    columns: [['vlan', 'VLAN', 80], ['interface', 'Port', 220], ['state', 'State', 120]],
  },
  hosts: {
    title: 'Hosts',
    table: 'hosts',
    columns: [
      ['address', 'Address', 150], ['mac', 'MAC address', 170], ['type', 'Type', 100], ['interface', 'Port', 220], ['vlan', 'VLAN', 80],
      ['accessPoint', 'Access point', 200], ['gateway', 'Gateway', 200],
    ],
  },
};

/** Numbers are in order by value; when a row was read comes last. */
export function columnsOf({ columns }: FactTableOf, now: number): Column<TableRow>[] {
  const told = columns.map(([key, head, width]): Column<TableRow> => ({
    key, head, width, text: ({ row }) => WORDS[key]?.(row) ?? row[key] ?? '',
    ...(isNumber(key) && { order: ({ row }) => Number(row[key] ?? -1) }),
  }));
  const read: Column<TableRow> = {
    key: 'read', head: 'Read', width: 90, text: (row) => (row.collectedAt ? age(row.collectedAt, now) : ''),
    order: (row) => -(row.collectedAt ?? 0),
  };
  return [...told, read];
}

/** Cells that read otherwise than the API has them. */
const WORDS: Record<string, (row: Record<string, string>) => string | undefined> = {
  prefix: ({ network, prefixLength }) => [network, prefixLength].filter(Boolean).join('/'),
  nextHop: ({ nextHop }) => (nextHop === '0.0.0.0' ? '' : nextHop), // the network is on the interface
  protocol: ({ protocol }) => (/^(ospf|bgp|rip|isis|eigrp)$/i.test(protocol ?? '') ? protocol!.toUpperCase() : protocol),
};

const isNumber = (key: string) => ['metric', 'vlan', 'id'].includes(key);

/** A row is told from the others of its table by all its cells, and by its place where two are the same. */
export function keyed(rows: readonly TableRow[]): Map<TableRow, string> {
  const seen = new Map<string, number>();
  return new Map(rows.map((row) => {
    const cells = JSON.stringify(row.row);
    const count = seen.get(cells) ?? 0;
    seen.set(cells, count + 1);
    return [row, `${cells} ${count}`];
  }));
}
