import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { go, writePlace } from '../shell/place';
import type { GroupBy } from './graph';
import { MARKED, type Shown } from './shown';

interface Props {
  asked: Shown;
  by: GroupBy;
  roles: string[];
  isAround: boolean; // the neighbors of one device
  onAsk: (next: Shown) => void;
  vlan: string;
  vlans: string[];
  onVlan: (vlan: string) => void;
  onClose: (() => void) | null; // null: no group is open
  children: ReactNode;
}

const GROUPS = [
  { value: 'name', label: 'name' }, { value: 'site', label: 'site (sysLocation)' }, { value: 'subnet', label: 'subnet of the address' },
  { value: 'role', label: 'role' }, { value: 'none', label: 'nothing' },
];
const DEPTHS = ['1', '2', '3', '4', '5'];

/** What of the network is shown, and what is laid over it. */
export function MapControls({ asked, by, roles, isAround, onAsk, vlan, vlans, onVlan, onClose, children }: Props) {
  const change = (next: Partial<Shown>) => onAsk({ ...asked, ...next });
  const parts = [{ value: '', label: 'everything' }, { value: MARKED, label: 'stale, down or not managed' },
    ...roles.map((value) => ({ value, label: value.toLowerCase() }))];
  return (
    <Group align="end">
      {isAround ? (
        <NativeSelect label="Neighbors" value={String(asked.depth)} data={DEPTHS}
          onChange={(event) => change({ depth: Number(event.currentTarget.value) })} />
      ) : (
        <NativeSelect label="Grouped by" value={by} data={GROUPS}
          onChange={(event) => change({ by: event.currentTarget.value as GroupBy })} />
      )}
      <NativeSelect label="Show" value={asked.only} data={parts} onChange={(event) => change({ only: event.currentTarget.value })} />
      <NativeSelect label="VLAN" value={vlan} data={[{ value: '', label: 'none' }, ...vlans]}
        onChange={(event) => onVlan(event.currentTarget.value)} />
      <TextInput label="Find" value={asked.search} maxLength={200} onChange={(event) => change({ search: event.currentTarget.value })} />
      <Checkbox label="Only what is found" mb={8} checked={asked.isFoundOnly} disabled={asked.search.trim() === ''}
        onChange={(event) => change({ isFoundOnly: event.currentTarget.checked })} />
      <Checkbox label="Hosts" mb={8} checked={asked.withHosts} onChange={(event) => change({ withHosts: event.currentTarget.checked })} />
      {isAround && <Button variant="default" onClick={() => go(writePlace('map'))}>The whole network</Button>}
      {onClose && <Button variant="default" onClick={onClose}>Close all groups</Button>}
      {children}
    </Group>
  );
}
