import { expect, test } from 'vitest';
import type { PathGraph } from '../api/flow';
import type { NetworkEvent } from '../api/inventory';
import { changesOnPath } from './changes';

const graph: PathGraph = {
  nodes: [{ kind: 'Host', id: 'h', ip: '10.0.0.1' }, { kind: 'Device', id: 'on' }, { kind: 'Device', id: 'beside' }],
  edges: [{ from: 0, to: 1, share: 0.5, label: 'x' }, { from: 0, to: 2, share: 0.5, label: 'x' }],
  shown: [0],
  ending: { kind: 'Delivered' },
};
const event = (id: string, deviceId: string | undefined, kind = 'ROW_CHANGED'): NetworkEvent => ({ id, timestamp: 0, kind, deviceId });

test('a path is told what changed at its devices', () => {
  const events = [event('1', 'on'), event('2', 'beside'), event('3', undefined), event('4', 'on', 'DEVICE_ADDED')];
  expect(changesOnPath(graph, events).map((one) => one.id)).toEqual(['1']);
});
