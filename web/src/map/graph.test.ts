import { describe, expect, test } from 'vitest';
import type { Topology } from '../api/inventory';
import { around, collapse, filtered, groupsOf, mapOf } from './graph';

const topology: Topology = {
  nodes: [
    { id: 'a', label: 'core-zrh-1', nodeType: 'device', ip: '10.1.1.1', role: 'CORE' },
    { id: 'b', label: 'core-zrh-2', nodeType: 'device', ip: '10.1.1.2', role: 'CORE', greyOut: true },
    { id: 'c', label: 'access9', nodeType: 'device', ip: '10.1.2.1', role: 'ACCESS' },
    { id: 'h', label: '10.1.2.9', nodeType: 'HOST', ip: '10.1.2.9' },
    { id: 'x', label: 'cloud node', nodeType: 'cloud node', ip: 'UNKNOWN' },
  ],
  links: [
    { source: 'a', target: 'b', linkStatus: 'up' }, { source: 'b', target: 'a', linkStatus: 'down' },
    { source: 'b', target: 'c', linkStatus: 'up' }, { source: 'a', target: 'c', linkStatus: 'up' },
    { source: 'c', target: 'h' }, { source: 'a', target: 'x' }, { source: 'a', target: 'nobody' },
  ],
};

describe('the map', () => {
  const map = mapOf(topology, false);

  test('calls what nobody manages as a path does', () =>
    expect(map.nodes.find((node) => node.id === 'x')).toMatchObject({ label: 'Unknown', note: 'not managed' }));

  test('calls a managed device by its name, whatever that is', () => {
    const nodes = [{ id: 'd', label: 'cloud node', nodeType: 'device', ip: '10.1.1.9' }];
    expect(mapOf({ nodes, links: [] }, false).nodes[0]!.label).toBe('cloud node');
  });

  test('has parallel cables as one with their count, and no hosts unless they are asked for', () => {
    expect(map.nodes.map((node) => node.id)).toEqual(['a', 'b', 'c', 'x']);
    expect(map.links[0]).toEqual({ a: 'a', b: 'b', count: 2, down: 1 });
    expect(mapOf(topology, true).nodes).toHaveLength(5);
  });

  test('marks what is not managed, what does not answer, and what was not read for long', () => {
    expect(mapOf(topology, true, new Set(['c'])).nodes.map((node) => [node.id, node.isStale, node.note])).toEqual([
      ['a', false, ''], ['b', true, 'no answer'], ['c', true, 'stale'], ['h', false, ''], ['x', false, 'not managed'],
    ]);
  });

  test('has a group as one node, with the cables of all of it', () => {
    const groups = groupsOf(topology, 'name');
    expect([...groups]).toEqual([['a', 'core-zrh'], ['b', 'core-zrh'], ['c', 'access']]);
    const closed = collapse(map, groups, new Set(['access']));
    expect(closed.nodes[0]).toMatchObject({ id: 'group core-zrh', size: 2, isStale: true });
    expect(closed.links).toContainEqual({ a: 'c', b: 'group core-zrh', count: 2, down: 0 });
    expect(collapse(map, groups, new Set(['access', 'core-zrh']))).toEqual(map);
  });

  test('is grouped by subnet and by role', () => {
    expect(groupsOf(topology, 'subnet').get('h')).toBe('10.1.2.0/24');
    expect(groupsOf(topology, 'subnet').has('x')).toBe(false);
    expect(groupsOf(topology, 'role').get('c')).toBe('ACCESS');
    expect(groupsOf(topology, 'none').size).toBe(0);
  });

  test('is grouped by where devices say that they are', () =>
    expect([...groupsOf(topology, 'site', new Map([['a', 'Building 1'], ['c', 'Building 1']]))]).toEqual([
      ['a', 'Building 1'], ['c', 'Building 1'],
    ]));

  test('shows what is asked for, and the links between', () => {
    const some = filtered(map, (node) => node.role === 'CORE');
    expect(some.nodes.map((node) => node.id)).toEqual(['a', 'b']);
    expect(some.links).toEqual([{ a: 'a', b: 'b', count: 2, down: 1 }]);
  });

  test('shows what is so many links from a node', () => {
    expect(around(map, 'x', 1).nodes.map((node) => node.id)).toEqual(['a', 'x']);
    expect(around(map, 'x', 2).nodes).toHaveLength(4);
    expect(around(map, 'nobody', 3).nodes).toEqual([]);
  });
});
