import { useEffect, useRef, useState } from 'react';
import type { ForceInput } from './force';
import type { MapGraph } from './graph';
import type { Moved } from './moved';

/** x and y of a graph's nodes, in their order. */
export interface Placed {
  graph: MapGraph;
  places: Float32Array;
}

/** Null until the first layout has come; a graph that is overtaken by the next one is dropped. */
export function useLayout(graph: MapGraph, moved: Moved): Placed | null {
  const [placed, setPlaced] = useState<Placed | null>(null);
  const worker = useRef<Worker>(null);
  const turn = useRef(0);
  const fixed = useRef(moved);
  fixed.current = moved; // a node that is moved by hand starts no new layout

  useEffect(() => {
    const mine = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    worker.current = mine;
    return () => mine.terminate();
  }, []);

  useEffect(() => {
    const asked = ++turn.current;
    const asking = worker.current!;
    const hear = (event: MessageEvent<{ turn: number; places: Float32Array }>) => {
      if (event.data.turn === asked) setPlaced({ graph, places: event.data.places });
    };
    asking.addEventListener('message', hear);
    asking.postMessage({ turn: asked, input: inputOf(graph, fixed.current) });
    return () => asking.removeEventListener('message', hear);
  }, [graph]);

  return placed;
}

const WIDE = 1.7; // of a map on a screen that is wider than high

function inputOf(graph: MapGraph, moved: Moved): ForceInput {
  const index = new Map(graph.nodes.map((node, i) => [node.id, i]));
  const fixed = new Float32Array(2 * graph.nodes.length).fill(Number.NaN);
  graph.nodes.forEach((node, i) => {
    const place = moved[node.id];
    if (place) fixed.set(place, 2 * i);
  });
  const links = Uint32Array.from(graph.links.flatMap((link) => [index.get(link.a)!, index.get(link.b)!]));
  return { count: graph.nodes.length, links, fixed, stretch: window.innerWidth > window.innerHeight ? WIDE : 1 };
}
