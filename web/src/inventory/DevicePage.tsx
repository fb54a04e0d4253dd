import { Alert, Badge, Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { put } from '../api/http';
import { coverage as coverageQuery } from '../api/queries';
import type { Coverage, Device } from '../api/inventory';
import { CopyButton } from '../shell/CopyButton';
import { Heads } from '../shell/Heads';
import { writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { ScrollPlace } from '../shell/ScrollPlace';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { stateOf } from './deviceState';
import { InterfaceTable } from './InterfaceTable';

/** One device: what it is, which of its tables answered, what the others cost a trace and what mends it, its interfaces. */
export function DevicePage({ id, device }: { id: string; device: Device | undefined }) {
  const coverage = useQuery({ ...coverageQuery(id), enabled: device !== undefined });
  const collect = useMutation({ mutationFn: () => put('/network-device/sync', [id]) });
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
      {collect.isSuccess && <Text role="status" size="sm">Accepted: the device is being read.</Text>}
      {collect.error && <Problem problem={collect.error} />}
      <Group>
        <Badge color={state.color} variant="dot">{plain(state.word)}</Badge>
        {state.why && <Text size="sm">{plain(state.why, 1000)}</Text>}
      </Group>
      <Identity device={device} />
      {coverage.error
        ? <Problem problem={coverage.error} onRetry={() => void coverage.refetch()} />
        : <CoverageTable rows={coverage.data ?? []} />}
      <InterfaceTable device={id} />
    </Stack>
  );
}

function NoDevice() {
  return <Alert color="yellow" title="No such device">It may have been deleted. <a href={writePlace('devices')}>All devices</a></Alert>;
}

function Identity({ device }: { device: Device }) {
  const facts: [string, string | null | undefined][] = [
    ['Address', device.managementIpAddress],
    ['Role', device.role],
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

function Remedy({ text }: { text: string }) {
  return <Group gap="xs" wrap="nowrap"><CopyButton label="Copy" value={text} /><Code>{plain(text, 400)}</Code></Group>;
}

/** What is missing first: the rest answered. */
function CoverageTable({ rows }: { rows: Coverage[] }) {
  const sorted = [...rows].sort((a, b) => Number(!!b.cost) - Number(!!a.cost));
  return (
    <ScrollPlace label="Coverage">
      <Table striped miw={640} captionSide="top">
        <Table.Caption>Coverage: {rows.filter((row) => row.cost).length} of {rows.length} tables cost a trace something</Table.Caption>
        <Heads names={['Table', 'Outcome', 'Rows', 'What a trace loses', 'What mends it']} />
        <Table.Tbody>
          {sorted.map((row, i) => (
            <Table.Tr key={i}>
              <Table.Td>{plain(row.table)} {row.context && <Code>{plain(row.context)}</Code>}</Table.Td>
              <Table.Td>{plain(row.outcome)}</Table.Td>
              <Table.Td>{row.rows ?? ''}</Table.Td>
              <Table.Td>{plain(row.cost, 600)}{row.reason && <Text size="xs">{plain(row.reason, 600)}</Text>}</Table.Td>
              <Table.Td>{row.remedy && <Remedy text={row.remedy} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollPlace>
  );
}
