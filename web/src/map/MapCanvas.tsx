import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { DARK, LIGHT } from '../path/palette';
import { draw } from './draw';
import type { Overlay } from './overlay';
import type { Placed } from './useLayout';
import { nodeAt, pan, toMap, viewOfAll, zoom, type View } from './view';

interface Props {
  placed: Placed;
  chosen: string | null;
  found: ReadonlySet<string>;
  onPath: ReadonlySet<string>;
  overlay: Overlay | null;
  onChoose: (id: string) => void;
  onMoved: (id: string, x: number, y: number) => void;
}

const REACH = 14; // pixels around a node that are the node
const STEP = 60; // pixels a key moves the map by
const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP],
};

/** The map: drag it, turn the wheel, drag a node, click one. By keys: arrows, + and -, 0 for all; the table below chooses nodes. */
export function MapCanvas({ placed, chosen, found, onPath, overlay, onChoose, onMoved }: Props) {
  const { graph, places } = placed;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref: box, width, height } = useElementSize<HTMLDivElement>();
  const size = useMemo(() => ({ width, height }), [width, height]);
  const palette = useComputedColorScheme('light') === 'dark' ? DARK : LIGHT;
  const [view, setView] = useState<View | null>(null);
  const [moves, setMoves] = useState(0); // places change in place; this asks for a frame
  const hand = useRef<{ x: number; y: number; node: number; hasMoved: boolean }>(null);

  const scene = useMemo(() => {
    const index = new Map(graph.nodes.map((node, i) => [node.id, i]));
    const links = graph.links.map((link) => ({ link, a: index.get(link.a)!, b: index.get(link.b)! }));
    return { nodes: graph.nodes, links, places, index };
  }, [graph, places]);

  useEffect(() => {
    if (size.width > 0) setView(viewOfAll(places, size));
  }, [places, size]);

  // Its size is set when it changes only: setting it makes a new picture, in every frame the dearest part of it.
  useEffect(() => {
    canvas.current!.width = Math.round(size.width * devicePixelRatio);
    canvas.current!.height = Math.round(size.height * devicePixelRatio);
  }, [size]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !view || size.width === 0) return;
    const frame = requestAnimationFrame(() => {
      const indexOf = (id: string) => scene.index.get(id) ?? -1;
      const marked = { chosen: chosen === null ? -1 : indexOf(chosen), found: new Set([...found].map(indexOf)), onPath, overlay };
      draw(context, { ...scene, ...marked }, view, size, palette);
    });
    return () => cancelAnimationFrame(frame);
  }, [scene, view, size, palette, chosen, found, onPath, overlay, moves]);

  // React listens to wheels passively; this one must keep the page from scrolling.
  useEffect(() => {
    const element = canvas.current!;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      setView((before) => before && zoom(before, Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY, size));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [size]);

  const nodeUnder = (event: PointerEvent) => {
    if (!view) return -1;
    const [x, y] = toMap(view, event.nativeEvent.offsetX, event.nativeEvent.offsetY, size);
    return nodeAt(places, x, y, REACH / view.scale);
  };
  const press = (event: PointerEvent) => {
    canvas.current!.setPointerCapture(event.pointerId);
    hand.current = { x: event.clientX, y: event.clientY, node: nodeUnder(event), hasMoved: false };
  };
  const move = (event: PointerEvent) => {
    const held = hand.current;
    if (!held || !view) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.hasMoved && Math.hypot(dx, dy) < 4) return;
    Object.assign(held, { x: event.clientX, y: event.clientY, hasMoved: true });
    if (held.node < 0) return setView(pan(view, dx, dy));
    places[2 * held.node]! += dx / view.scale;
    places[2 * held.node + 1]! += dy / view.scale;
    setMoves((count) => count + 1);
  };
  const release = () => {
    const held = hand.current;
    hand.current = null;
    if (!held || held.node < 0) return;
    const { id } = graph.nodes[held.node]!;
    if (held.hasMoved) onMoved(id, places[2 * held.node]!, places[2 * held.node + 1]!);
    else onChoose(id);
  };
  const key = (event: KeyboardEvent) => {
    const next = view && viewAfter(event.key, view);
    if (!next) return;
    event.preventDefault();
    setView(next);
  };
  const viewAfter = (pressed: string, before: View): View | null => {
    if (pressed === '0') return viewOfAll(places, size);
    if (pressed === '+' || pressed === '-') return zoom(before, pressed === '+' ? 1.25 : 0.8, size.width / 2, size.height / 2, size);
    const step = STEPS[pressed];
    return step ? pan(before, ...step) : null;
  };

  return (
    <div ref={box} className="map-box">
      <canvas ref={canvas} className="map" tabIndex={0} role="application" data-nodes={graph.nodes.length}
        onPointerDown={press} onPointerMove={move} onPointerUp={release} onPointerCancel={() => (hand.current = null)} onKeyDown={key}
        aria-label="Map. Arrows move it, plus and minus change the scale, 0 shows all. The table of links below has the same." />
    </div>
  );
}
