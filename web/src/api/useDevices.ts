import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Device } from './inventory';
import { devices as devicesQuery } from './queries';

/** All devices by id; none before the list has come. */
export function useDevices(): ReadonlyMap<string, Device> {
  const { data } = useQuery(devicesQuery);
  return useMemo(() => new Map(data?.map((device) => [device.id, device])), [data]);
}
