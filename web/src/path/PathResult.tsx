import { Alert, Badge, Group, SegmentedControl, Stack, Text, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import type { FlowRequest, FlowResult, PathGraph } from '../api/flow';
import { useDevices } from '../api/useDevices';
import { writePlace } from '../shell/place';
import { ScrollPlace } from '../shell/ScrollPlace';
import { percent } from '../text/format';
import { plain } from '../text/plain';
import { bothWays, type BothWays } from './bothWays';
import { endingWords, type DeviceOf } from './describe';
import { CopyPath } from './CopyPath';
import { doubtsOf } from './doubts';
import type { PathFacts } from './facts';
import { wayBackOf } from './flowText';
import { HopPanel } from './HopPanel';
import { DARK, LIGHT } from './palette';
import { PathChanges } from './PathChanges';
import { PathPicture } from './PathPicture';
import { PathLoad } from './PathLoad';
import { routedOnly } from './routed';
import type { Layers } from './stepLook';
import { useChanges } from './useChanges';
import { useFacts } from './useFacts';
import { WayBack } from './WayBack';

const NARROW = '(max-width: 48em)';
const LAYERS = [{ value: 'routed', label: 'Layer 3' }, { value: 'all', label: 'Layers 2 and 3' }, { value: 'physical', label: 'Physical' }];

/** The answer to a trace: how it ends, the drawing, and the facts of the hop that was chosen. */
export function PathResult({ result }: { result: FlowResult }) {
  const [layers, setLayers] = useState<Layers>('all');
  const [back, setBack] = useState<FlowResult | null>(null);
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false;
  const [direction, setDirection] = useState<string | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const palette = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark' ? DARK : LIGHT;
  const drawing = useRef<SVGSVGElement>(null);
  const devices = useDevices();
  const deviceOf = (id: string | undefined) => devices.get(id ?? '');
  const isVertical = (direction ?? (isNarrow ? 'down' : 'right')) === 'down';

  const whole = result.pathGraph;
  const backGraph = back?.pathGraph?.nodes.length ? back.pathGraph : undefined;
  const drawn = useMemo(() => drawnOf(whole, backGraph, layers), [whole, backGraph, layers]);
  const facts = useFacts(drawn?.graph, result.request.destIP);
  const changes = useChanges(whole);
  const changed = useMemo(() => new Set(changes.flatMap((change) => change.deviceId ?? [])), [changes]);

  if (!whole || !drawn || whole.nodes.length === 0)
    return <NoPath result={result} />;
  const { graph, both, home } = drawn;
  return (
    <Stack gap="md">
      <Ending graph={whole} isAclEvaluated={result.detailedStatus?.aclEvaluated === true} />
      <Group justify="space-between">
        <SegmentedControl aria-label="Direction of the drawing" value={isVertical ? 'down' : 'right'} onChange={setDirection}
          data={[{ value: 'right', label: 'To the right' }, { value: 'down', label: 'Down' }]} />
        <SegmentedControl aria-label="Layers" value={layers} data={LAYERS}
          onChange={(next) => (setLayers(next as Layers), setChosen(null)) /* the same number is another hop */} />
        <a href={writePlace('map', null, { trace: result.request.id })}>On the map</a>
        <CopyPath result={result} drawing={drawing} palette={palette} />
      </Group>
      <WayBack result={result} back={back} onBack={(next) => (setBack(next), setChosen(null))} />
      <ScrollPlace label="Drawing of the path">
        <PathPicture ref={drawing} graph={graph} back={both} facts={facts} layers={layers} changed={changed} deviceOf={deviceOf}
          chosen={chosen} onChoose={setChosen} isVertical={isVertical} palette={palette} />
      </ScrollPlace>
      <div aria-live="polite">
        {chosen !== null && graph.nodes[chosen]
          ? <ChosenHop chosen={chosen} graph={graph} both={both} home={home} flow={result.request} facts={facts} deviceOf={deviceOf} />
          : <Text size="sm">Choose a hop for its facts, and the commands that check them.</Text>}
      </div>
      <PathChanges changes={changes} />
      <PathLoad elements={result.networkElementsInfo ?? []} />
    </Stack>
  );
}

interface Drawn {
  graph: PathGraph;
  both?: BothWays;
  home?: PathGraph; // the way back
}

function drawnOf(whole: PathGraph | undefined, back: PathGraph | undefined, layers: Layers): Drawn | undefined {
  if (!whole) return undefined;
  const there = layers === 'routed' ? routedOnly(whole) : whole;
  if (!back) return { graph: there };
  const home = layers === 'routed' ? routedOnly(back) : back;
  const both = bothWays(there, home);
  return { graph: both.graph, both, home };
}

/** An element that only the way back passes has its facts there. */
function ChosenHop({ chosen, graph, both, home, flow, facts, deviceOf }: Drawn & {
  chosen: number; flow: FlowRequest; facts: PathFacts; deviceOf: DeviceOf;
}) {
  const alone = both?.backNodes.get(chosen);
  if (alone === undefined || !home)
    return <HopPanel graph={withoutBack(graph, both)} node={chosen} flow={flow} facts={facts} deviceOf={deviceOf} now={Date.now()} />;
  return <HopPanel graph={home} node={alone} flow={wayBackOf(flow)} facts={facts} deviceOf={deviceOf} now={Date.now()} />;
}

/** The steps of the way back are drawn against their direction, and are none of the hop's own. */
const withoutBack = (graph: PathGraph, both: BothWays | undefined): PathGraph =>
  both ? { ...graph, edges: graph.edges.filter((_, i) => !both.back.get(i)?.isAlone) } : graph;

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
  const doubts = (graph.ending.confidence ?? 1) < 1 ? doubtsOf(graph) : [];
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
        {doubts.length > 0 && (
          <ul className="doubts" aria-label="Why it is not surer">
            {doubts.map((doubt) => <li key={doubt}><Text size="sm">{doubt}</Text></li>)}
          </ul>
        )}
      </Stack>
    </Alert>
  );
}
