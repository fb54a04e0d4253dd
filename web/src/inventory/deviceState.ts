import type { Device } from '../api/inventory';
import { age } from '../text/format';

export interface DeviceState {
  word: string;
  color: 'teal' | 'yellow' | 'red';
  why: string; // empty where all is well
}

const HOUR = 3_600_000; // milliseconds
const USUAL = 26 * HOUR; // a device is read whole once a day; 'towpath status' has the same rule

/** The one word for a device that an operator looks for first, the worst first. */
export function stateOf(device: Device, now = Date.now()): DeviceState {
  const conflict = device.errorDescription ?? '';
  if (device.reachabilityStatus === 'Unreachable')
    return { word: 'Unreachable', color: 'red', why: device.reachabilityFailureReason || conflict };
  if (device.collectionStatus && device.collectionStatus !== 'Managed')
    return { word: device.collectionStatus, color: 'yellow', why: conflict };
  if (conflict) return { word: 'Conflict', color: 'yellow', why: conflict };
  if (device.lastUpdateTime && device.lastUpdateTime < now - USUAL)
    return { word: 'Stale', color: 'yellow', why: `It was last read whole ${age(device.lastUpdateTime, now)} ago.` };
  return { word: 'Managed', color: 'teal', why: '' };
}

/** `border router`; empty where nobody knows it. */
export const roleText = (role: string | null | undefined): string => (!role || role === 'UNKNOWN' ? '' : role.toLowerCase());
