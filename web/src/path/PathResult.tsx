import { Alert, Badge, Group, SegmentedControl, Stack, Text, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import type { FlowResult, PathGraph } from '../api/flow';
import { useDevices } from '../api/useDevices';
import { writePlace } from '../shell/place';
import { ScrollPlace } from '../shell/ScrollPlace';
import { percent } from '../text/format';
import { plain } from '../text/plain';
import { endingWords } from './describe';
import { CopyPath } from './CopyPath';
import { HopPanel } from './HopPanel';
import { DARK, LIGHT } from './palette';
import { PathChanges } from './PathChanges';
import { PathPicture } from './PathPicture';
import { PathLoad } from './PathLoad';
import { routedOnly } from './routed';
import { WayBack } from './WayBack';

const NARROW = '(max-width: 48em)';

/** The answer to a trace: how it ends, the drawing, and the facts of the hop that was chosen. */
export function PathResult({ result }: { result: FlowResult }) {
  const [layers, setLayers] = useState('all');
  const whole = result.pathGraph;
  const graph = useMemo(() => (whole && layers === 'routed' ? routedOnly(whole) : whole), [whole, layers]);
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false;
  const [direction, setDirection] = useState<string | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const palette = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark' ? DARK : LIGHT;
  const drawing = useRef<SVGSVGElement>(null);
  const devices = useDevices();
  const deviceOf = (id: string | undefined) => devices.get(id ?? '');
  const isVertical = (direction ?? (isNarrow ? 'down' : 'right')) === 'down';

  function showLayers(next: string) {
    setLayers(next);
    setChosen(null); // the same number is another hop
  }

  if (!whole || !graph || graph.nodes.length === 0)
    return <NoPath result={result} />;
  return (
    <Stack gap="md">
      <Ending graph={whole} isAclEvaluated={result.detailedStatus?.aclEvaluated === true} />
      <Group justify="space-between">
        <SegmentedControl aria-label="Direction of the drawing" value={isVertical ? 'down' : 'right'} onChange={setDirection}
          data={[{ value: 'right', label: 'To the right' }, { value: 'down', label: 'Down' }]} />
        <SegmentedControl aria-label="Layers" value={layers} onChange={showLayers}
          data={[{ value: 'all', label: 'Layers 2 and 3' }, { value: 'routed', label: 'Layer 3' }]} />
        <a href={writePlace('map', null, { trace: result.request.id })}>On the map</a>
        <CopyPath result={result} drawing={drawing} palette={palette} />
      </Group>
      <ScrollPlace label="Drawing of the path">
        <PathPicture ref={drawing} graph={graph} deviceOf={deviceOf} chosen={chosen} onChoose={setChosen} isVertical={isVertical}
          palette={palette} />
      </ScrollPlace>
      <div aria-live="polite">
        {chosen !== null && graph.nodes[chosen]
          ? <HopPanel graph={graph} node={chosen} flow={result.request} deviceOf={deviceOf} now={Date.now()} />
          : <Text size="sm">Choose a hop for its facts, and the commands that check them.</Text>}
      </div>
      <WayBack result={result} />
      <PathChanges graph={whole} />
      <PathLoad elements={result.networkElementsInfo ?? []} />
    </Stack>
  );
}

function NoPath({ result }: { result: FlowResult }) {
  const ending = result.pathGraph?.ending;
  return (
    <Alert color="red" title={endingWords(ending?.kind ?? 'SourceNotFound').title} data-ending={ending?.kind ?? ''}>
      {plain(ending?.reason ?? result.request.failureReason ?? 'The trace could not start.', 1000)}
    </Alert>
  );
}

function Ending({ graph, isAclEvaluated }: { graph: PathGraph; isAclEvaluated: boolean }) {
  const { title, color, next } = endingWords(graph.ending.kind);
  const others = new Set((graph.endings ?? []).map((ending) => ending.kind).filter((kind) => kind !== graph.ending.kind));
  return (
    <Alert color={color} title={title} data-ending={graph.ending.kind}>
      <Stack gap={6}>
        {graph.ending.reason && <Text size="sm">{plain(graph.ending.reason, 2000)}</Text>}
        {next && <Text size="sm">{next}</Text>}
        <Group gap="xs">
          {graph.ending.confidence !== undefined && graph.ending.confidence < 1 && (
            <Badge variant="default">As a whole {percent(graph.ending.confidence)} sure</Badge>
          )}
          {graph.nodes.some((node) => node.policyEvaluated === false) && <Badge variant="default">Policy not evaluated</Badge>}
          {!isAclEvaluated && <Badge variant="default">No access list read</Badge>}
          {[...others].map((kind) => <Badge key={kind} variant="default">A branch: {endingWords(kind).title}</Badge>)}
        </Group>
      </Stack>
    </Alert>
  );
}
