import { Alert, Badge, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { put } from '../api/http';
import { coverage as coverageQuery, eventsOf } from '../api/queries';
import type { Device } from '../api/inventory';
import { settled } from '../api/tasks';
import { EventTable } from '../changes/EventTable';
import { usePlace, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { CoverageTable } from './CoverageTable';
import { roleText, stateOf } from './deviceState';
import { FACT_TABLES } from './factTables';
import { FactTable } from './FactTable';
import { InterfaceTable } from './InterfaceTable';

/** One device: what it is, which of its tables answered and what mends the others, and what these tables say. */
export function DevicePage({ id, device }: { id: string; device: Device | undefined }) {
  const { query } = usePlace();
  const client = useQueryClient();
  const collect = useMutation({
    mutationFn: async () => settled(await put<{ taskId: string }>('/network-device/sync', [id]), 'The device was not read.'),
    onSettled: () => client.invalidateQueries(), // whatever it tells now
  });
  if (!device) return <NoDevice />;
  const state = stateOf(device);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">{plain(device.hostname ?? device.managementIpAddress)}</Title>
        <Group gap="xs">
          <a href={writePlace('path', null, { from: device.managementIpAddress })}>Path from here</a>
          <a href={writePlace('map', device.id)}>On the map</a>
          <Button variant="default" loading={collect.isPending} onClick={() => collect.mutate()}>Collect again</Button>
        </Group>
      </Group>
      <Text role="status" size="sm">
        {collect.isPending && 'The device is being read…'}
        {collect.isSuccess && 'The device was read again.'}
      </Text>
      {collect.error && <Problem problem={collect.error} />}
      <Group>
        <Badge color={state.color} variant="dot">{plain(state.word)}</Badge>
        {state.why && <Text size="sm">{plain(state.why, 1000)}</Text>}
      </Group>
      <Identity device={device} />
      <Parts id={id} shown={query.get('show') ?? ''} />
      <Part id={id} shown={query.get('show') ?? ''} />
    </Stack>
  );
}

const PARTS = ['', ...Object.keys(FACT_TABLES), 'events'];

/** Links, so that each part has an address of its own. */
function Parts({ id, shown }: { id: string; shown: string }) {
  const title = (part: string) => FACT_TABLES[part]?.title ?? (part === 'events' ? 'Events' : 'Interfaces and coverage');
  return (
    <nav className="nav" aria-label="Parts of the device">
      {PARTS.map((part) => (
        <a key={part} href={writePlace('devices', id, { show: part || undefined })} aria-current={part === shown ? 'page' : undefined}>
          {title(part)}
        </a>
      ))}
    </nav>
  );
}

function Part({ id, shown }: { id: string; shown: string }) {
  if (shown === 'events') return <Events id={id} />;
  const facts = Object.hasOwn(FACT_TABLES, shown) ? FACT_TABLES[shown] : undefined;
  if (facts) return <FactTable key={shown} device={id} of={facts} />;
  return (
    <>
      <InterfaceTable device={id} />
      <CoverageOf id={id} />
    </>
  );
}

function Events({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(eventsOf(id));
  if (error && !data) return <Problem problem={error} onRetry={() => void refetch()} />;
  return data ? <EventTable events={data} /> : <Loader role="status" aria-label="Loading" />;
}

function CoverageOf({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(coverageQuery(id));
  return error && !data ? <Problem problem={error} onRetry={() => void refetch()} /> : <CoverageTable rows={data ?? []} />;
}

function NoDevice() {
  return <Alert color="yellow" title="No such device">It may have been deleted. <a href={writePlace('devices')}>All devices</a></Alert>;
}

function Identity({ device }: { device: Device }) {
  const facts: [string, string | null | undefined][] = [
    ['Address', device.managementIpAddress],
    ['Role', roleText(device.role)],
    ['Family', device.family],
    ['Kind', device.type],
    ['Model', device.platformId],
    ['Software', [device.softwareType, device.softwareVersion].filter(Boolean).join(' ')],
    ['Serial number', device.serialNumber],
    ['MAC address', device.macAddress],
    ['Up for', device.upTime],
    ['Last read', device.lastUpdateTime ? moment(device.lastUpdateTime) : ''],
  ];
  return (
    <dl className="identity">
      {facts.filter(([, value]) => value).map(([name, value]) => (
        <div key={name}><Text component="dt" size="xs">{name}</Text><Text component="dd" m={0}>{plain(value)}</Text></div>
      ))}
    </dl>
  );
}
