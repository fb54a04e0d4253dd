import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../api/http';
import type { Topology } from '../api/inventory';
import { table } from '../api/tables';
import { NO_OVERLAY, overlayOf, vlanOf, type Overlay } from './overlay';

const NOT_FORWARDING = ['Blocking', 'Listening', 'Learning', 'Broken'];

export const vlanNames = queryOptions({
  queryKey: ['vlan names'], queryFn: ({ signal }) => get<string[]>('/topology/vlan/vlan-names', signal), staleTime: 60_000,
});

/** Null: no VLAN is chosen. Empty before the answers have come. */
export function useOverlay(all: Topology | undefined, vlan: string, shown: (id: string) => string): Overlay | null {
  const ofVlan = useQuery({
    queryKey: ['topology of', vlan],
    queryFn: ({ signal }) => get<Topology>(`/topology/l2/${encodeURIComponent(vlan)}`, signal),
    enabled: vlan !== '',
  });
  const states = useQuery({ ...table('stpPorts', { state: NOT_FORWARDING }, 20_000), enabled: vlan !== '' });
  return useMemo(() => {
    if (vlan === '') return null;
    if (!all || !ofVlan.data) return NO_OVERLAY;
    return overlayOf(all, ofVlan.data, states.data ?? [], vlanOf(vlan), shown);
  }, [all, ofVlan.data, states.data, vlan, shown]);
}
