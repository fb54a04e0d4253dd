import { expect, test } from 'vitest';
import { LIGHT } from '../path/palette';
import type { MapGraph, MapNode } from './graph';
import { dotOf, svgOf } from './saved';

const device = (id: string, label: string): MapNode => ({ id, label, kind: 'device', role: '', isStale: false, note: '', size: 1 });
const graph: MapGraph = {
  nodes: [device('1', 'core "1"\\'), { ...device('g', 'access'), kind: 'group', size: 9 }],
  links: [{ a: '1', b: 'g', count: 2, down: 0 }],
};

test('DOT has names as quoted strings, and parallel cables as one with their count', () => {
  expect(dotOf(graph, null).split('\n')).toEqual([
    'graph network {',
    '  "1" [label="core \\"1\\"\\\\", shape=box];',
    '  "g" [label="access (9)", shape=box3d];',
    '  "1" -- "g" [label="2×"];',
    '}',
    '',
  ]);
});

test('SVG has every node where it stands, and names as text', () => {
  const named: MapGraph = { nodes: [device('1', '<script>'), device('2', 'b & c')], links: [] };
  const svg = svgOf(named, Float32Array.from([0, 0, 100, -50]), LIGHT, null);
  expect(svg).toContain('viewBox="-60 -110 220 170"');
  expect(svg).toContain('<circle cx="100" cy="-50"');
  expect(svg).toContain('&lt;script&gt;</text>');
  expect(svg).toContain('b &amp; c</text>');
  expect(svg).not.toContain('<script');
});

test('a VLAN is in both, and what is blocked is broken', () => {
  const blocked = { carried: new Set<string>(), blocked: new Set(['1 g']), members: new Set<string>() };
  expect(dotOf(graph, blocked)).toContain('"1" -- "g" [label="2×", style=dashed];');
  expect(svgOf(graph, Float32Array.from([0, 0, 9, 9]), LIGHT, blocked)).toContain('stroke-dasharray="8 6"');
  expect(dotOf(graph, { ...blocked, carried: blocked.blocked })).toContain('penwidth=3'); // one of the two cables
});
