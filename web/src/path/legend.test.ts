import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import { legendOf } from './legend';

const graph: PathGraph = {
  nodes: [{ kind: 'Host' }, { kind: 'Device' }, { kind: 'Device' }],
  edges: [{ from: 0, to: 1, label: 'Switched', share: 1 }, { from: 1, to: 2, label: 'OSPF', share: 0.5, confidence: 0.5 }],
  shown: [0, 1],
  ending: { kind: 'Delivered' },
};

test('a legend tells what the drawing has, and nothing else', () => {
  expect(legendOf({ ...graph, edges: graph.edges.slice(0, 1), shown: [0] }, undefined)).toEqual([]);
  expect(legendOf(graph, undefined)).toEqual(['Dashed: less than 95 % sure.']);
  const guess = { ...graph, edges: [graph.edges[0]!, { ...graph.edges[1]!, candidate: true }], shown: [0] };
  expect(legendOf(guess, undefined)).toEqual(['Thin: another branch.', 'Dotted: a guess.']);
});

test('a step of the way back alone is no branch', () => {
  const back = { graph, back: new Map([[1, { isAlone: true }]]), backNodes: new Map() };
  expect(legendOf({ ...graph, shown: [0] }, back)).toEqual(['Arrows towards the source: the way back.']);
});
