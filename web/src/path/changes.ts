import type { PathGraph } from '../api/flow';
import type { NetworkEvent } from '../api/inventory';
import { shownPath } from './layout';

export const DAY = 86_400_000; // milliseconds

/** What changed at the devices of the shown path, the newest first as it was told. */
export function changesOnPath(graph: PathGraph, events: readonly NetworkEvent[]): NetworkEvent[] {
  const devices = new Set(shownPath(graph).filter((node) => graph.nodes[node]!.kind === 'Device').map((node) => graph.nodes[node]!.id));
  // A first collection says of everything that it is new.
  return events.filter((event) => event.deviceId !== undefined && devices.has(event.deviceId) && event.kind !== 'DEVICE_ADDED');
}
