import { expect, test } from 'vitest';
import { layoutPath, spread } from './layout';
import { sideBySide } from './sideBySide';
import { way } from './way.fixture';

test.each([
  ['ABC', 'ABC', '012', '012'],
  ['AXYB', 'AB', '0123', '03'],
  ['AB', 'AXYB', '03', '0123'],
  ['AXBC', 'AYZBD', '0134', '01234'],
  ['AB', 'CD', '01', '01'],
])('%s beside %s', (one, other, first, second) =>
  expect(sideBySide(way(one), way(other)).map((places) => places.join(''))).toEqual([first, second]));

test('a path that is spread has its steps and its tunnels where its elements stand', () => {
  const graph = way('ABC');
  const tunnel = { kind: 'GRE', outerSource: '1', outerDestination: '2' };
  graph.nodes[1]!.tunnels = [tunnel];
  const wide = spread(layoutPath(graph), [0, 2, 5]);
  expect(wide.columns).toBe(6);
  expect(wide.spots.map((spot) => spot.column)).toEqual([0, 2, 5]);
  expect(wide.ways.map(({ from, to, lane }) => [from, to, lane])).toEqual([[0, 2, null], [2, 5, null]]);
  expect(wide.pipes).toEqual([{ tunnel, depth: 0, from: 2, to: 2 }]);
  expect(wide.depths).toEqual([1, 1, 1, 1, 1, 1]);
});
