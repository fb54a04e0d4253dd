import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { interfaces } from '../api/queries';
import type { Interface } from '../api/inventory';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { bits } from '../text/format';

/** The API writes 0 and NA for what a device does not tell. */
const known = (value: string | undefined) => (value === undefined || value === '0' || value === 'NA' ? '' : value);

const columns: Column<Interface>[] = [
  { key: 'name', head: 'Name', width: 220, text: (row) => row.portName },
  { key: 'status', head: 'Status', width: 120, text: (row) => (row.adminStatus === 'DOWN' ? 'switched off' : (row.status ?? '')) },
  { key: 'speed', head: 'Speed', width: 110, text: (row) => bits(Number(row.speed) * 1000), order: (row) => Number(row.speed) },
  { key: 'duplex', head: 'Duplex', width: 110, text: (row) => row.duplex ?? '' },
  { key: 'mtu', head: 'MTU', width: 80, text: (row) => known(row.mtu), order: (row) => Number(row.mtu) },
  { key: 'vlan', head: 'VLAN', width: 80, text: (row) => known(row.vlanId), order: (row) => Number(row.vlanId) },
  { key: 'address', head: 'Address', width: 150, text: (row) => row.ipv4Address ?? '' },
  { key: 'mac', head: 'MAC address', width: 160, text: (row) => row.macAddress ?? '' },
  { key: 'description', head: 'Description', width: 320, text: (row) => row.description ?? '' },
];

export function InterfaceTable({ device }: { device: string }) {
  const { data, error, refetch } = useQuery(interfaces(device));
  return (
    <section aria-labelledby="interfaces">
      <Title order={2} size="h4" id="interfaces">Interfaces</Title>
      {error ? <Problem problem={error} onRetry={() => void refetch()} />
        : <DataTable name="interfaces" rows={data ?? []} columns={columns} rowKey={(row) => row.id} />}
    </section>
  );
}
