import type { Device } from '../api/inventory';

export interface DeviceState {
  word: string;
  color: 'teal' | 'yellow' | 'red';
  why: string; // empty where all is well
}

/** The one word for a device that an operator looks for first, the worst first. */
export function stateOf(device: Device): DeviceState {
  const conflict = device.errorDescription ?? '';
  if (device.reachabilityStatus === 'Unreachable')
    return { word: 'Unreachable', color: 'red', why: device.reachabilityFailureReason || conflict };
  if (device.collectionStatus && device.collectionStatus !== 'Managed')
    return { word: device.collectionStatus, color: 'yellow', why: conflict };
  if (conflict) return { word: 'Conflict', color: 'yellow', why: conflict };
  return { word: 'Managed', color: 'teal', why: '' };
}
