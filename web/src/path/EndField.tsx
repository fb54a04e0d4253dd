import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/http';
import { devices as devicesQuery, interfaces } from '../api/queries';
import type { Found, Host } from '../api/inventory';
import { askedPorts, endText, ends } from './completion';

interface Props {
  label: string;
  name: string;
  value: string;
  error: string | null;
  onChange: (text: string) => void;
}

const FEWEST = 2; // characters that the server searches for

/**
 * One end of a path: an address, or a text that is completed over hosts (by address, MAC address or name), devices, and the ports of a
 * device (`core1 gi0`).
 */
export function EndField({ label, name, value, error, onChange }: Props) {
  const [asked] = useDebouncedValue(value.trim(), 150);
  const devices = useQuery(devicesQuery).data ?? [];
  const hosts = useQuery({
    queryKey: ['hosts starting', asked],
    queryFn: ({ signal }) => get<Host[]>(`/host?hostIp=${encodeURIComponent(asked)}&filterOperation=startswith&limit=12`, signal),
    enabled: isNumeric(asked),
    placeholderData: keepPreviousData,
  });
  const found = useQuery({
    queryKey: ['found', asked],
    queryFn: ({ signal }) => get<Found[]>(`/search?q=${encodeURIComponent(asked)}&limit=100`, signal),
    enabled: asked.length >= FEWEST && !isNumeric(asked) && !/\s/.test(asked),
  });
  const ofDevice = askedPorts(value, devices)?.device.id;
  const ports = useQuery({ ...interfaces(ofDevice ?? ''), enabled: ofDevice !== undefined });
  // What was found for another text is nothing for this one.
  const ofText = asked === value.trim() ? (found.data ?? NONE) : NONE;
  const proposed = ends(value, { devices, hosts: hosts.data ?? NONE, found: ofText, ports: ports.data ?? NONE });
  return (
    <Autocomplete
      label={label}
      name={name}
      placeholder="Address, device, or device and port"
      value={value}
      onChange={onChange}
      error={error}
      data={proposed.map(endText)}
      filter={({ options }) => options}
      required
      withAsterisk={false}
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
    />
  );
}

const NONE: never[] = [];
const isNumeric = (text: string) => /^\d[\d.]*$/.test(text);
