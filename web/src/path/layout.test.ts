import { describe, expect, test } from 'vitest';
import type { PathEdge, PathGraph, PathNode } from '../api/flow';
import { layoutPath, shownPath } from './layout';

const capwap = { kind: 'CAPWAP', outerSource: '10.1.14.3', outerDestination: '10.1.14.2' };

type Step = [from: string, to: string, share: number];

function graph(names: string, edges: Step[], shown: number[], more: Record<string, Partial<PathNode>> = {}): PathGraph {
  const nodes = [...names].map((name): PathNode => ({ kind: 'Device', name, ...more[name] }));
  const at = (name: string) => [...names].indexOf(name);
  return {
    nodes,
    edges: edges.map(([from, to, share]): PathEdge => ({ from: at(from), to: at(to), share, label: 'x' })),
    shown,
    ending: { kind: 'Delivered' },
  };
}

const picture = (path: PathGraph) => {
  const { spots } = layoutPath(path);
  return path.nodes.map((node, i) => `${node.name}${spots[i]!.column}/${spots[i]!.lane}`).join(' ');
};

describe('the path is laid out', () => {
  test('in one lane where there is one way', () => {
    const line = graph('abc', [['a', 'b', 1], ['b', 'c', 1]], [0, 1]);
    expect(picture(line)).toBe('a0/0 b1/0 c2/0');
    expect(layoutPath(line)).toMatchObject({ columns: 3, lanes: 1, depths: [1, 1, 1], pipes: [] });
  });

  test('with equal-cost branches in lanes of their own, which join again', () => {
    const fork = graph('abcd', [['a', 'b', 0.5], ['a', 'c', 0.5], ['b', 'd', 1], ['c', 'd', 1]], [0, 2]);
    expect(picture(fork)).toBe('a0/0 b1/0 c1/1 d2/0');
    expect(layoutPath(fork).spots.map((spot) => spot.share)).toEqual([1, 0.5, 0.5, 1]);
  });

  test('with a branch of two nodes in one lane', () => {
    const fork = graph('abcde', [['a', 'b', 0.5], ['a', 'c', 0.5], ['c', 'd', 1], ['b', 'e', 1], ['d', 'e', 1]], [0, 3]);
    expect(picture(fork)).toBe('a0/0 b1/0 c1/1 d2/1 e3/0');
  });

  test('with a step that skips columns beside the nodes that stand there', () => {
    const skip = graph('abc', [['a', 'b', 0.5], ['b', 'c', 1], ['a', 'c', 0.5]], [0, 1]);
    expect(layoutPath(skip).ways[2]).toEqual({ edge: 2, from: 0, to: 2, isShown: false, lane: 1 });
    expect(layoutPath(skip).lanes).toBe(2);
  });

  test('with no traffic for a guess', () => {
    const guess = graph('ab', [['a', 'b', 1]], []);
    guess.edges[0]!.candidate = true;
    expect(layoutPath(guess).spots[1]!.share).toBe(0);
  });

  test('with a pipe around the nodes that the tunnel passes', () => {
    const inTunnel = { tunnels: [capwap] };
    const tunnel = graph('abcd', [['a', 'b', 1], ['b', 'c', 1], ['c', 'd', 1]], [0, 1, 2], { b: inTunnel, c: inTunnel });
    expect(layoutPath(tunnel).pipes).toEqual([{ tunnel: capwap, depth: 0, from: 1, to: 2 }]);
  });

  test('also when it could not start, and when it is no graph of ours', () => {
    expect(layoutPath(graph('', [], []))).toMatchObject({ columns: 0, lanes: 0 });
    expect(() => layoutPath(graph('ab', [['a', 'b', 1], ['b', 'a', 1]], [0]))).not.toThrow();
  });
});

test('the shown path begins at the source', () => {
  expect(shownPath(graph('abc', [['a', 'b', 1], ['b', 'c', 1]], [0, 1]))).toEqual([0, 1, 2]);
  expect(shownPath(graph('', [], []))).toEqual([]);
});
