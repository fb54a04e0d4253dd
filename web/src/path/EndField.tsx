import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get } from '../api/http';
import { devices as devicesQuery, interfaces } from '../api/queries';
import type { Host } from '../api/inventory';
import { askedPorts, endText, ends } from './completion';

interface Props {
  label: string;
  name: string;
  value: string;
  error: string | null;
  onChange: (text: string) => void;
}

/** One end of a path: an address, or a name that is completed over hosts, devices, and the ports of a device (`core1 gi0`). */
export function EndField({ label, name, value, error, onChange }: Props) {
  const [asked] = useDebouncedValue(value.trim(), 150);
  const devices = useQuery(devicesQuery).data ?? [];
  const hosts = useQuery({
    queryKey: ['hosts starting', asked],
    queryFn: ({ signal }) => get<Host[]>(`/host?hostIp=${encodeURIComponent(asked)}&filterOperation=startswith&limit=12`, signal),
    enabled: /^\d[\d.]*$/.test(asked),
    placeholderData: keepPreviousData,
  });
  const ofDevice = askedPorts(value, devices)?.device.id;
  const ports = useQuery({ ...interfaces(ofDevice ?? ''), enabled: ofDevice !== undefined });
  return (
    <Autocomplete
      label={label}
      name={name}
      placeholder="Address, device, or device and port"
      value={value}
      onChange={onChange}
      error={error}
      data={ends(value, devices, hosts.data ?? [], ports.data ?? []).map(endText)}
      filter={({ options }) => options}
      required
      withAsterisk={false}
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
    />
  );
}
