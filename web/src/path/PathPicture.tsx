import { useMemo, type Ref } from 'react';
import type { PathGraph } from '../api/flow';
import { plain } from '../text/plain';
import type { BothWays } from './bothWays';
import type { DeviceOf } from './describe';
import { gatewaysOf, routeText, type PathFacts } from './facts';
import { CARD, corner, geometryOf, lineOf, type Geometry } from './geometry';
import { layoutPath, shownPath, spread, type Pipe, type Spot } from './layout';
import { NodeCard, type NodeMark } from './NodeCard';
import { fit, type Palette } from './palette';
import { StepLine, StepText, type Step } from './StepLine';
import { stepLook, type Layers } from './stepLook';
import { wordsAt } from './words';

interface Props {
  graph: PathGraph; // with the way back in it, where that was traced
  back?: BothWays | undefined;
  facts: PathFacts;
  layers: Layers;
  changed: ReadonlySet<string>; // devices by id
  places?: readonly number[] | undefined; // of its columns, where it stands beside another one
  others?: ReadonlySet<number> | undefined; // nodes that the path this one is compared with has not
  deviceOf: DeviceOf;
  chosen: number | null;
  onChoose: (node: number) => void;
  isVertical: boolean;
  room: number; // pixels of width to stay within
  palette: Palette;
  ref?: Ref<SVGSVGElement>;
}

/** The whole graph of a trace: the shown path in the first lane, branches and guesses beside it, tunnels as pipes behind it. */
export function PathPicture(props: Props) {
  const { graph, back, places, facts, layers, deviceOf, chosen, onChoose, isVertical, room, palette, ref } = props;
  const layout = useMemo(() => (places ? spread(layoutPath(graph), places) : layoutPath(graph)), [graph, places]);
  const shown = useMemo(() => new Set(shownPath(graph)), [graph]);
  const geometry = useMemo(() => geometryOf(layout, room, isVertical), [layout, room, isVertical]);
  const { width, height } = geometry;
  // Branches first: the shown path lies on top. Tab goes with the packet.
  const ways = [...layout.ways].sort((a, b) => Number(a.isShown) - Number(b.isShown));
  const before = (a: Spot, b: Spot) => a.column - b.column || a.lane - b.lane;
  const order = layout.spots.map((_, node) => node).sort((a, b) => before(layout.spots[a]!, layout.spots[b]!));
  const sentOut = (node: number) => graph.edges.filter((edge) => edge.from === node).length;
  const takenIn = (node: number) => graph.edges.filter((edge) => edge.to === node).length;
  const steps = ways.map((way): Step => {
    const edge = graph.edges[way.edge]!;
    const [from, to] = [layout.spots[edge.from]!, layout.spots[edge.to]!];
    const line = lineOf(geometry, way, from, to);
    const at = wordsAt(line, way.lane === null && from.lane === to.lane, sentOut(edge.from), takenIn(edge.to));
    return { look: stepLook(graph, edge, facts, layers, back?.back.get(way.edge)), line, at, isShown: way.isShown };
  });
  return (
    <svg
      ref={ref}
      xmlns="http://www.w3.org/2000/svg"
      role="group"
      aria-label="The path, from the source on"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily="system-ui, sans-serif"
    >
      <defs>
        <Arrow id="arrow-shown" fill={palette.way} />
        <Arrow id="arrow-branch" fill={palette.branch} />
        <Arrow id="arrow-back" fill={palette.back} />
      </defs>
      {(layers === 'physical' ? [] : layout.pipes).map((pipe, i) => (
        <PipeBand key={i} pipe={pipe} geometry={geometry} palette={palette} />
      ))}
      {steps.map((step, i) => <StepLine key={i} step={step} palette={palette} />)}
      {steps.map((step, i) => <StepText key={i} step={step} isVertical={isVertical} palette={palette} />)}
      {order.map((node) => (
        <NodeCard
          key={node}
          graph={graph}
          index={node}
          at={corner(geometry, layout.spots[node]!)}
          device={deviceOf(graph.nodes[node]!.id)}
          ending={(graph.endings ?? [graph.ending]).find((ending) => ending.node === node)}
          mark={markOf(props, node, shown)}
          layers={layers}
          isChosen={chosen === node}
          palette={palette}
          onChoose={() => onChoose(node)}
        />
      ))}
    </svg>
  );
}

function markOf({ graph, back, facts, layers, changed, others }: Props, index: number, shown: ReadonlySet<number>): NodeMark {
  const node = graph.nodes[index]!;
  const rim = back?.backNodes.has(index) ? 'back' : others?.has(index) ? 'other' : shown.has(index) ? 'shown' : 'branch';
  const gateway = layers === 'physical' ? undefined : gatewaysOf(facts, node)[0];
  const badges = [node.policyEvaluated === false && 'policy skipped', node.kind === 'Device' && changed.has(node.id ?? '') && 'changed'];
  return { rim, gateway: gateway?.text ?? '', route: routeText(facts, graph, index), badges: badges.filter((badge) => badge !== false) };
}

function Arrow({ id, fill }: { id: string; fill: string }) {
  return (
    <marker id={id} viewBox="0 0 8 8" refX={8} refY={4} markerWidth={9} markerHeight={9} markerUnits="userSpaceOnUse"
      orient="auto-start-reverse">
      <path d="M0 0 8 4 0 8z" fill={fill} />
    </marker>
  );
}

/** The outer packet's way: what stands inside travels in the tunnel. An inner tunnel lies inside the band of the outer one. */
function PipeBand({ pipe, geometry, palette }: { pipe: Pipe; geometry: Geometry; palette: Palette }) {
  const reach = Math.max(6, 18 - 6 * pipe.depth);
  const text = plain(`${pipe.tunnel.kind} ${pipe.tunnel.outerSource} → ${pipe.tunnel.outerDestination}`);
  const parts = geometry.isVertical ? [{ first: pipe.from, last: pipe.to }] : geometry.rows
    .map(({ first, last }) => ({ first: Math.max(first, pipe.from), last: Math.min(last, pipe.to) }))
    .filter(({ first, last }) => first <= last);
  return parts.map(({ first, last }) => {
    const [start, end] = [corner(geometry, { column: first, lane: 0 }), corner(geometry, { column: last, lane: 0 })];
    const width = end.x - start.x + CARD.width + 2 * reach;
    const above = { x: start.x - reach + 12, y: start.y - reach + 11 };
    const below = { x: end.x + CARD.width + reach - 12, y: end.y + CARD.height + reach - 3, textAnchor: 'end' as const };
    return (
      <g key={first} aria-hidden="true">
        <title>{text}</title>
        <rect x={start.x - reach} y={start.y - reach} width={width} height={end.y - start.y + CARD.height + 2 * reach} rx={reach}
          fill={palette.pipe} stroke={palette.border} strokeDasharray="3 3" />
        <text {...(pipe.depth === 0 ? above : below)} fontSize={10} fill={palette.dim}>{fit(text, width - 24, 5.5)}</text>
      </g>
    );
  });
}
