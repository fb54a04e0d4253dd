import { Loader, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Device } from '../api/inventory';
import { devices as devicesQuery, tasks as tasksQuery } from '../api/queries';
import { useIsAway } from '../shell/away';
import { writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { Heads } from '../shell/Heads';
import { ScrollPlace } from '../shell/ScrollPlace';
import { age, moment } from '../text/format';
import { plain } from '../text/plain';
import { attentionOf, countsText, nameOf } from './attention';
import { Changes } from './Changes';
import { FirstSteps } from './FirstSteps';

const MOST = 12; // lines of a section; the rest stands on its page

/** What somebody wants to know who comes in: what is down or stale, what has changed, what is running. */
export function HomePage() {
  const { data, error, refetch } = useQuery(devicesQuery);
  return (
    <Stack>
      <Title order={1} size="h2">Home</Title>
      {error && !data && <Problem problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader role="status" aria-label="Loading" />}
      {data?.length === 0 && <FirstSteps />}
      {data && data.length > 0 && <Attention devices={data} />}
      <Running />
      {data && data.length > 0 && <Section id="changed" title="Changed in the last day"><Changes /></Section>}
    </Stack>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Stack gap="xs">
        <Title order={2} size="h4" id={id}>{title}</Title>
        {children}
      </Stack>
    </section>
  );
}

function Attention({ devices }: { devices: Device[] }) {
  const found = attentionOf(devices, Date.now());
  const well = devices.length - found.length;
  const radios = devices.filter((device) => device.family === 'Unified AP').length; // no event says that they were added
  return (
    <Section id="attention" title="Needs attention">
      <Text size="sm" role="status">
        {well} of <a href={writePlace('devices')}>{devices.length} devices</a>{radios > 0 && ` (access points: ${radios})`} answer and were
        read within a day
        {found.length > 0 && `; ${countsText(found.map(({ state }) => state.word.toLowerCase()))}`}.
      </Text>
      {found.length > 0 && (
        <ScrollPlace label="Devices that need attention">
          <Table striped miw={560}>
            <Heads names={['Device', 'State', 'Last read', 'Why']} />
            <Table.Tbody>
              {found.slice(0, MOST).map(({ device, state }) => (
                <Table.Tr key={device.id}>
                  <Table.Td><a href={writePlace('devices', device.id)}>{plain(nameOf(device))}</a></Table.Td>
                  <Table.Td>{plain(state.word)}</Table.Td>
                  <Table.Td>{device.lastUpdateTime ? `${age(device.lastUpdateTime, Date.now())} ago` : 'never'}</Table.Td>
                  <Table.Td>{plain(state.why, 600)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollPlace>
      )}
      {found.length > MOST && (
        <Text size="sm">And {found.length - MOST} more: sort <a href={writePlace('devices')}>Devices</a> by state.</Text>
      )}
    </Section>
  );
}

function Running() {
  const { data } = useQuery(tasksQuery);
  const isAway = useIsAway();
  const running = (data ?? []).filter((task) => task.endTime === undefined);
  if (!data) return null;
  return (
    <Section id="running" title="Running">
      {isAway && <Text size="sm">Not known while the server does not answer.</Text>}
      {!isAway && running.length === 0 && <Text size="sm">No task is running. <a href={writePlace('tasks')}>All tasks</a></Text>}
      {!isAway && running.slice(0, MOST).map((task) => (
        <Text size="sm" key={task.id}>
          <a href={writePlace('tasks', task.id)}>{plain(task.serviceType)}</a> since {moment(task.startTime)}: {plain(task.progress, 300)}
        </Text>
      ))}
    </Section>
  );
}
