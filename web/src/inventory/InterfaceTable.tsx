import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { interfaces } from '../api/queries';
import type { Interface } from '../api/inventory';
import { table } from '../api/tables';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { bits } from '../text/format';
import { countedText, lastUsedText, loadOf, lostText, rate, type Load } from '../text/load';

/** The API writes 0 and NA for what a device does not tell. */
const known = (value: string | null | undefined) => (!value || value === '0' || value === 'NA' ? '' : value);

type Row = Interface & { load?: Load };

const used = (share: number | undefined) => (share === undefined ? '' : `${share} %`);

const columns: Column<Row>[] = [
  { key: 'name', head: 'Name', width: 190, text: (row) => row.portName },
  { key: 'description', head: 'Description', width: 190, text: (row) => row.description ?? '' },
  { key: 'status', head: 'Status', width: 100, text: (row) => (row.adminStatus === 'DOWN' ? 'switched off' : (row.status ?? '')) },
  { key: 'speed', head: 'Speed', width: 100, text: (row) => bits(Number(row.speed) * 1000), order: (row) => Number(row.speed) },
  { key: 'rateIn', head: 'In', width: 105, text: (row) => rate(row.load?.rateIn), order: (row) => row.load?.rateIn ?? -1 },
  { key: 'usedIn', head: 'In, used', width: 95, text: (row) => used(row.load?.usedIn), order: (row) => row.load?.usedIn ?? -1 },
  { key: 'rateOut', head: 'Out', width: 105, text: (row) => rate(row.load?.rateOut), order: (row) => row.load?.rateOut ?? -1 },
  { key: 'usedOut', head: 'Out, used', width: 105, text: (row) => used(row.load?.usedOut), order: (row) => row.load?.usedOut ?? -1 },
  { key: 'lost', head: 'Errors', width: 150, text: (row) => (row.load ? lostText(row.load) : ''), order: lostOf },
  { key: 'vlan', head: 'VLAN', width: 70, text: (row) => known(row.vlanId), order: (row) => Number(row.vlanId) },
  { key: 'address', head: 'Address', width: 140, text: (row) => row.ipv4Address ?? '' },
  { key: 'duplex', head: 'Duplex', width: 90, text: (row) => row.duplex ?? '' },
  { key: 'mtu', head: 'MTU', width: 80, text: (row) => known(row.mtu), order: (row) => Number(row.mtu) },
  { key: 'mac', head: 'MAC address', width: 160, text: (row) => row.macAddress ?? '' },
  { key: 'lastUsed', head: 'Last used', width: 270, text: (row) => lastUsedText(row.load?.lastUsed) },
];

function lostOf({ load }: Row) {
  return (load?.errors ?? 0) + (load?.discards ?? 0);
}

export function InterfaceTable({ device }: { device: string }) {
  const { data, error, refetch } = useQuery(interfaces(device));
  const { data: counted } = useQuery(table('interfaces', { device: [device] }));
  const rows = useMemo(() => {
    const loads = new Map((counted ?? []).map(({ row }) => [row.name, loadOf(row)]));
    return (data ?? []).map((row): Row => ({ ...row, load: loads.get(row.portName) }));
  }, [data, counted]);
  const when = rows.map((row) => (row.load ? countedText(row.load) : '')).find(Boolean);
  return (
    <section aria-labelledby="interfaces">
      <Title order={2} size="h4" id="interfaces">Interfaces</Title>
      {when && <Text size="sm">Rates and errors: {when}.</Text>}
      {error ? <Problem problem={error} onRetry={() => void refetch()} />
        : <DataTable name="interfaces" rows={rows} columns={columns} rowKey={(row) => row.id} />}
    </section>
  );
}
