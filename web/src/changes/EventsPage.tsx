import { Loader, NativeSelect, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { events as eventsQuery } from '../api/queries';
import { Problem } from '../shell/Problem';
import { EventTable } from './EventTable';
import { kindText } from './eventText';

// As docs/events.md has them.
const KINDS = [
  'DEVICE_ADDED', 'DEVICE_REMOVED', 'DEVICE_UNREACHABLE', 'DEVICE_REACHABLE', 'DEVICE_RESTARTED', 'ADDRESS_CHANGED', 'HARDWARE_REPLACED',
  'SOFTWARE_CHANGED', 'ROLE_CHANGED', 'CONFLICT_APPEARED', 'CONFLICT_ENDED', 'ROW_ADDED', 'ROW_REMOVED', 'ROW_CHANGED', 'TABLE_CHANGED',
  'TABLE_UNREAD', 'TABLE_READ_AGAIN', 'SUBNET_SILENT', 'HOST_APPEARED', 'HOST_MOVED', 'HOST_GONE', 'HOSTS_CHANGED', 'PATH_CHANGED',
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
      {data && <EventTable events={data} />}
    </Stack>
  );
}
