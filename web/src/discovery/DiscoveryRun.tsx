import { Badge, Button, Group, Loader, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Discovery, DiscoveryJob } from '../api/discovery';
import { put } from '../api/http';
import { discovery as discoveryQuery, discoveryJobs, isRunning, notContacted } from '../api/queries';
import { useIsAway } from '../shell/away';
import { Heads } from '../shell/Heads';
import { writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { ScrollPlace } from '../shell/ScrollPlace';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { counted } from '../text/format';
import { plain } from '../text/plain';
import { addressText, failuresOf } from './failures';

const NONE: DiscoveryJob[] = [];

/** One discovery while it runs and afterwards: what it found, and why it did not find the rest. */
export function DiscoveryRun({ id }: { id: string }) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(discoveryQuery(id));
  const running = data !== undefined && isRunning(data);
  const isAway = useIsAway();
  const jobs = useQuery({ ...discoveryJobs(id, data?.discoveryCondition), refetchInterval: running ? 2000 : false });
  const change = useMutation({
    mutationFn: () => put('/discovery', { id, discoveryStatus: running ? 'Inactive' : 'Active' }),
    onSettled: () => client.invalidateQueries({ queryKey: discoveryQuery(id).queryKey }),
  });
  if (error && !data) return <Problem problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Loader role="status" aria-label="Loading" />;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">{plain(data.name)}</Title>
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>{running ? 'Stop' : 'Run again'}</Button>
      </Group>
      {change.error && <Problem problem={change.error} />}
      <Group role="status">
        <Badge variant="dot" color={running ? 'cyan' : data.discoveryCondition === 'Complete' ? 'teal' : 'yellow'}>
          {running && isAway ? 'not known' : plain(data.discoveryCondition)}
        </Badge>
        <Text size="sm">
          {counted(data.numDevices ?? 0, 'device', 'devices')} of {counted(jobs.data?.length ?? 0, 'address', 'addresses')}
        </Text>
        <a href={writePlace('devices')}>All devices</a>
        <a href={writePlace('discovery')}>All discoveries</a>
      </Group>
      <Failures jobs={jobs.data ?? NONE} />
      <Found jobs={jobs.data ?? NONE} />
      <Withheld discovery={data} />
    </Stack>
  );
}

function Failures({ jobs }: { jobs: readonly DiscoveryJob[] }) {
  const failures = failuresOf(jobs);
  if (failures.length === 0) return null;
  return (
    <ScrollPlace label="Not collected">
      <Table striped miw={480} captionSide="top">
        <Table.Caption>Not collected</Table.Caption>
        <Heads names={['Why, and what to try', 'Addresses']} />
        <Table.Tbody>
          {failures.map((failure) => (
            <Table.Tr key={failure.reason}>
              <Table.Td>{plain(failure.reason, 1000)}</Table.Td>
              <Table.Td>{addressText(failure.addresses)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollPlace>
  );
}

const columns: Column<DiscoveryJob>[] = [
  { key: 'name', head: 'Device', width: 300, text: (job) => job.name ?? '' },
  { key: 'address', head: 'Address', width: 160, text: (job) => job.ipAddress },
  { key: 'credential', head: 'Credential', width: 300, text: (job) => job.credential ?? '' },
];

function Found({ jobs }: { jobs: readonly DiscoveryJob[] }) {
  const found = useMemo(() => jobs.filter((job) => job.discoveryStatus === 'SUCCESS'), [jobs]);
  return found.length > 0 && <DataTable name="found devices" rows={found} columns={columns} rowKey={(job) => job.ipAddress} />;
}

/** Whom a crawl heard of and did not ask, by its rules. */
function Withheld({ discovery }: { discovery: Discovery }) {
  const count = discovery.numNotContacted ?? 0;
  const { data } = useQuery({ ...notContacted(discovery.id), enabled: count > 0 });
  if (count === 0) return null;
  return (
    <section aria-label="Not contacted">
      <Title order={2} size="h4">Announced and not contacted: {count}</Title>
      {(data ?? []).map((one) => (
        <Text size="sm" key={`${one.ipAddress} ${one.announcedBy}`}>
          {one.ipAddress} ({plain(one.neighbor)}, heard by {one.announcedBy}): {plain(one.reason, 600)}
        </Text>
      ))}
    </section>
  );
}
