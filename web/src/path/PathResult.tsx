import { Group, SegmentedControl, Stack, Text, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import type { FlowRequest, FlowResult, PathGraph } from '../api/flow';
import { useDevices } from '../api/useDevices';
import { writePlace } from '../shell/place';
import { ScrollPlace } from '../shell/ScrollPlace';
import { bothWays, type BothWays } from './bothWays';
import type { DeviceOf } from './describe';
import { CopyPath } from './CopyPath';
import { EndingNotice, NoPath } from './EndingNotice';
import type { PathFacts } from './facts';
import { wayBackOf } from './flowText';
import { LEAST_ACROSS } from './geometry';
import { HopPanel } from './HopPanel';
import { legendOf } from './legend';
import { DARK, LIGHT } from './palette';
import { PathChanges } from './PathChanges';
import { PathPicture } from './PathPicture';
import { PathLoad } from './PathLoad';
import { routedOnly } from './routed';
import type { Layers } from './stepLook';
import { useChanges } from './useChanges';
import { useFacts } from './useFacts';
import { WayBack } from './WayBack';

const FRAME = 2; // pixels of the place around the drawing
const LAYERS = [{ value: 'routed', label: 'Layer 3' }, { value: 'all', label: 'Layers 2 and 3' }, { value: 'physical', label: 'Physical' }];

/** The answer to a trace: how it ends, the drawing, and the facts of the hop that was chosen. */
export function PathResult({ result }: { result: FlowResult }) {
  const [layers, setLayers] = useState<Layers>('all');
  const [back, setBack] = useState<FlowResult | null>(null);
  const { ref: box, width } = useElementSize<HTMLDivElement>();
  const room = (width || document.documentElement.clientWidth) - FRAME;
  const [direction, setDirection] = useState<string | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const palette = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark' ? DARK : LIGHT;
  const drawing = useRef<SVGSVGElement>(null);
  const devices = useDevices();
  const deviceOf = (id: string | undefined) => devices.get(id ?? '');
  const isVertical = (direction ?? (room < LEAST_ACROSS ? 'down' : 'right')) === 'down';

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
      <EndingNotice graph={whole} isAclEvaluated={result.detailedStatus?.aclEvaluated === true} />
      <Group gap="sm">
        <SegmentedControl size="xs" aria-label="Layers" value={layers} data={LAYERS}
          onChange={(next) => (setLayers(next as Layers), setChosen(null)) /* the same number is another hop */} />
        <SegmentedControl size="xs" aria-label="Direction of the drawing" value={isVertical ? 'down' : 'right'} onChange={setDirection}
          data={[{ value: 'right', label: 'To the right' }, { value: 'down', label: 'Down' }]} />
        <CopyPath result={result} drawing={drawing} palette={palette} />
        <a href={writePlace('map', null, { trace: result.request.id })}>On the map</a>
        <WayBack result={result} back={back} onBack={(next) => (setBack(next), setChosen(null))} />
      </Group>
      <div ref={box}>
        <ScrollPlace label="Drawing of the path">
          <PathPicture ref={drawing} graph={graph} back={both} facts={facts} layers={layers} changed={changed} deviceOf={deviceOf}
            chosen={chosen} onChoose={setChosen} isVertical={isVertical} room={room} palette={palette} />
        </ScrollPlace>
      </div>
      <div aria-live="polite">
        {chosen !== null && graph.nodes[chosen]
          ? <ChosenHop chosen={chosen} graph={graph} both={both} home={home} flow={result.request} facts={facts} deviceOf={deviceOf} />
          : <Text size="sm">{['Choose a hop for its facts, and the commands that check them.', ...legendOf(graph, both)].join(' ')}</Text>}
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
