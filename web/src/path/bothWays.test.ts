import { expect, test } from 'vitest';
import type { PathEdge, PathGraph, PathNode } from '../api/flow';
import { bothWays } from './bothWays';

/** Capital letters are devices, small ones hosts, ? is a gap. A step leaves by the port `from-to` and comes in by `to-from`. */
function way(names: string, more: Partial<Pick<PathGraph, 'nodes' | 'edges'>> = {}): PathGraph {
  const nodes = [...names].map((name, i): PathNode => {
    if (name === '?') return { kind: 'Unknown', id: 'UNKNOWN' };
    if (name === name.toLowerCase()) return { kind: 'Host', ip: name };
    return { kind: 'Device', id: name, name, ingress: { name: `${name}-${names[i - 1]}` } };
  });
  const step = (i: number): PathEdge => ({ from: i, to: i + 1, share: 1, label: 'x', egress: { name: `${names[i]}-${names[i + 1]}` } });
  const edges = [...names].slice(1).map((_, i) => step(i));
  return {
    nodes: [...nodes, ...(more.nodes ?? [])], edges: [...edges, ...(more.edges ?? [])], shown: edges.map((_, i) => i),
    ending: { kind: 'Delivered' },
  };
}

const told = (there: PathGraph, back: PathGraph) => {
  const { graph, back: steps } = bothWays(there, back);
  const name = (node: number) => graph.nodes[node]!.name ?? graph.nodes[node]!.ip ?? '?';
  return [...steps].map(([edge, step]) => `${name(graph.edges[edge]!.from)}${name(graph.edges[edge]!.to)}${step.isAlone ? ' alone' : ''}`);
};

test('a way back by the same elements and ports adds nothing', () => {
  const there = way('aBCd');
  const { graph, back, backNodes } = bothWays(there, way('dCBa'));
  expect(graph).toEqual(there);
  expect([...back]).toEqual([[0, { isAlone: false }], [1, { isAlone: false }], [2, { isAlone: false }]]);
  expect(backNodes.size).toBe(0);
});

test('a way back by other elements stands beside, from the source on', () => {
  const { graph, backNodes } = bothWays(way('aBCEd'), way('dEFGBa'));
  expect(graph.nodes.slice(5).map((node) => node.name)).toEqual(['G', 'F']);
  expect([...backNodes]).toEqual([[5, 3], [6, 2]]);
  expect(told(way('aBCEd'), way('dEFGBa'))).toEqual(['aB', 'BG alone', 'GF alone', 'FE alone', 'Ed']);
});

test('other ports between the same elements are told', () => {
  const back = way('dCBa');
  back.edges[1] = { ...back.edges[1]!, egress: { name: 'other' } };
  expect(bothWays(way('aBCd'), back).back.get(1)).toEqual({ isAlone: false, ports: { near: 'B-C', far: 'other' } });
});

test('a branch of the way there that the way back takes is that branch', () => {
  const branch = { from: 1, share: 0.5, label: 'x' };
  const edges = [{ ...branch, to: 5 }, { ...branch, from: 5, to: 3 }];
  const there = way('aBCEd', { nodes: [{ kind: 'Device', id: 'F', name: 'F' }], edges });
  const { graph } = bothWays(there, way('dEFBa'));
  expect(graph.nodes.length).toBe(6);
  expect(told(there, way('dEFBa'))).toEqual(['aB', 'BF', 'FE', 'Ed']);
});

test('elements in another order are no circle', () => {
  const { graph } = bothWays(way('aBCd'), way('dBCa'));
  expect(graph.nodes.length).toBe(5);
  expect(told(way('aBCd'), way('dBCa'))).toContain('aC alone');
});

test('a way back that ends early is drawn as far as it goes', () => {
  expect(told(way('aBCd'), way('dC'))).toEqual(['Cd']);
});
