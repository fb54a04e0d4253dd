import type { Device } from '../api/inventory';
import { stateOf, type DeviceState } from '../inventory/deviceState';
import { byName } from '../text/format';

/** A device that somebody should look at. */
export interface Attention {
  device: Device;
  state: DeviceState;
}

const GRAVITY = { red: 0, yellow: 1, teal: 2 };

/** The worst first, then by name; nobody who is well. */
export function attentionOf(devices: readonly Device[], now: number): Attention[] {
  const found = devices.map((device) => ({ device, state: stateOf(device, now) })).filter(({ state }) => state.color !== 'teal');
  const rank = ({ state }: Attention) => GRAVITY[state.color];
  return found.sort((a, b) => rank(a) - rank(b) || byName(nameOf(a.device), nameOf(b.device)));
}

export const nameOf = (device: Device): string => device.hostname || device.managementIpAddress;

/** `row changed: 5, host gone: 2`: the most frequent first. */
export function countsText(words: readonly string[]): string {
  const counts = new Map<string, number>();
  words.forEach((word) => counts.set(word, (counts.get(word) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]).map(([word, count]) => `${word}: ${count}`).join(', ');
}
