import { Loader, NativeSelect, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { events as eventsQuery } from '../api/queries';
import type { NetworkEvent } from '../api/inventory';
import { writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { eventText, kindText } from './eventText';

// As docs/events.md has them.
const KINDS = [
  'DEVICE_ADDED', 'DEVICE_REMOVED', 'DEVICE_UNREACHABLE', 'DEVICE_REACHABLE', 'DEVICE_RESTARTED', 'ADDRESS_CHANGED', 'HARDWARE_REPLACED',
  'SOFTWARE_CHANGED', 'ROLE_CHANGED', 'CONFLICT_APPEARED', 'CONFLICT_ENDED', 'ROW_ADDED', 'ROW_REMOVED', 'ROW_CHANGED', 'TABLE_CHANGED',
  'TABLE_UNREAD', 'TABLE_READ_AGAIN', 'SUBNET_SILENT', 'HOST_APPEARED', 'HOST_MOVED', 'HOST_GONE', 'HOSTS_CHANGED',
];

const columns: Column<NetworkEvent>[] = [
  { key: 'time', head: 'Noticed', width: 180, text: (row) => moment(row.timestamp), order: (row) => row.timestamp },
  { key: 'since', head: 'Happened after', width: 180, text: (row) => (row.since ? moment(row.since) : '') },
  { key: 'device', head: 'Device', width: 220, text: (row) => row.deviceName ?? '' },
  { key: 'kind', head: 'What', width: 190, text: (row) => kindText(row.kind) },
  { key: 'table', head: 'Table', width: 140, text: (row) => row.table ?? '' },
  { key: 'text', head: 'Change', width: 700, text: eventText },
];

/** What changed in the network, the newest first. */
export function EventsPage() {
  const [kind, setKind] = useState('');
  const { data, error, refetch } = useQuery(eventsQuery(kind || null));
  return (
    <Stack>
      <Title order={1} size="h2">Events</Title>
      <NativeSelect label="Kind" maw={300} value={kind} onChange={(event) => setKind(event.currentTarget.value)}
        data={[{ value: '', label: 'all, the last 500' }, ...KINDS.map((value) => ({ value, label: kindText(value) }))]} />
      {error && !data && <Problem problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader role="status" aria-label="Loading" />}
      {data && (
        <DataTable name="events" rows={data} columns={columns} rowKey={(row) => row.id}
          cell={(row, column) =>
            column.key === 'device' && row.deviceId
              ? <a href={writePlace('devices', row.deviceId)}>{plain(row.deviceName)}</a>
              : undefined} />
      )}
    </Stack>
  );
}
