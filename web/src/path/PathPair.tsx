import { SimpleGrid, Stack, Text, Title, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { FlowResult } from '../api/flow';
import { useDevices } from '../api/useDevices';
import { ScrollPlace } from '../shell/ScrollPlace';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { endingWords } from './describe';
import { HopPanel } from './HopPanel';
import { linkOf } from './flowText';
import { onlyIn } from './onlyIn';
import { DARK, LIGHT } from './palette';
import { PathChanges } from './PathChanges';
import { PathPicture } from './PathPicture';
import { sideBySide } from './sideBySide';
import { useChanges } from './useChanges';
import { useFacts } from './useFacts';
import { Compared } from './WayBack';

/** Two traces side by side; what the other one has not is marked. */
export function PathPair({ one, other }: { one: FlowResult; other: FlowResult }) {
  const [a, b] = [one.pathGraph, other.pathGraph];
  const [first, second] = useMemo(() => (a && b ? sideBySide(a, b) : [undefined, undefined]), [a, b]);
  return (
    <Stack>
      <Text size="sm" role="status"><Compared one={one.request.id} other={other.request.id} /></Text>
      <Text size="sm"><a href={linkOf(one.request, one.request.id)}>Only the first</a></Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <OneOfTwo name="First" result={one} places={first} others={a && b ? onlyIn(a, b) : new Set()} />
        <OneOfTwo name="Second" result={other} places={second} others={a && b ? onlyIn(b, a) : new Set()} />
      </SimpleGrid>
    </Stack>
  );
}

function OneOfTwo({ name, result, places, others }: {
  name: string; result: FlowResult; places: readonly number[] | undefined; others: ReadonlySet<number>;
}) {
  const { request, pathGraph: graph } = result;
  const [chosen, setChosen] = useState<number | null>(null);
  const palette = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark' ? DARK : LIGHT;
  const devices = useDevices();
  const facts = useFacts(graph, request.destIP);
  const deviceOf = (id: string | undefined) => devices.get(id ?? '');
  const changes = useChanges(graph);
  const changed = useMemo(() => new Set(changes.flatMap((change) => change.deviceId ?? [])), [changes]);
  return (
    <Stack component="section" aria-label={name} gap="xs" miw={0} data-only={others.size}>
      <Title order={2} size="h4">{request.sourceIP} to {request.destIP}</Title>
      <Text size="sm">
        {moment(request.lastUpdateTime || request.createTime || 0)}:{' '}
        {graph ? endingWords(graph.ending.kind).title : plain(request.failureReason)}
      </Text>
      {graph && graph.nodes.length > 0 && (
        <ScrollPlace label={`Drawing: ${name}`}>
          <PathPicture graph={graph} facts={facts} layers="all" changed={changed} others={others}
            places={places} deviceOf={deviceOf} chosen={chosen} onChoose={setChosen} isVertical room={0} palette={palette} />
        </ScrollPlace>
      )}
      {graph && chosen !== null && (
        <HopPanel graph={graph} node={chosen} flow={request} facts={facts} deviceOf={deviceOf} now={Date.now()} />
      )}
      <PathChanges changes={changes} />
    </Stack>
  );
}
