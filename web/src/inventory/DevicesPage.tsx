import { Loader, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { devices as devicesQuery } from '../api/queries';
import type { Device } from '../api/inventory';
import { usePlace, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { age } from '../text/format';
import { plain } from '../text/plain';
import { DevicePage } from './DevicePage';
import { roleText, stateOf } from './deviceState';

const text = (value: string | null | undefined) => value ?? '';

const readText = (row: Device) => (row.lastUpdateTime ? age(row.lastUpdateTime, Date.now()) : '');

const columns: Column<Device>[] = [
  { key: 'name', head: 'Name', width: 220, text: (row) => text(row.hostname) || row.managementIpAddress },
  { key: 'address', head: 'Address', width: 140, text: (row) => row.managementIpAddress },
  { key: 'state', head: 'State', width: 170, text: (row) => stateOf(row).word },
  { key: 'role', head: 'Role', width: 160, text: (row) => roleText(row.role) },
  { key: 'family', head: 'Family', width: 190, text: (row) => text(row.family) },
  { key: 'kind', head: 'Kind', width: 230, text: (row) => text(row.type) || text(row.platformId) },
  { key: 'software', head: 'Software', width: 170, text: (row) => [row.softwareType, row.softwareVersion].filter(Boolean).join(' ') },
  { key: 'serial', head: 'Serial', width: 140, text: (row) => text(row.serialNumber) },
  { key: 'read', head: 'Read', width: 90, text: (row) => readText(row), order: (row) => -(row.lastUpdateTime ?? 0) },
  { key: 'conflict', head: 'Conflict or failure', width: 420, text: (row) => stateOf(row).why },
];

export function DevicesPage() {
  const { id } = usePlace();
  const { data, error, refetch, isPending } = useQuery(devicesQuery);
  if (error && !data) return <Problem problem={error} onRetry={() => void refetch()} />;
  if (isPending || !data) return <Loader role="status" aria-label="Loading" />;
  if (id !== null) return <DevicePage key={id} id={id} device={data.find((device) => device.id === id)} />;
  return (
    <Stack>
      <Title order={1} size="h2">Devices</Title>
      <DataTable name="devices" rows={data} columns={columns} rowKey={(device) => device.id}
        cell={(device, column) =>
          column.key === 'name' ? <a href={writePlace('devices', device.id)}>{plain(column.text(device))}</a> : undefined} />
    </Stack>
  );
}
