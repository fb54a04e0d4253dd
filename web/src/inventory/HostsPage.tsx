import { Checkbox, Loader, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { hosts as hostsQuery } from '../api/queries';
import { useDevices } from '../api/useDevices';
import type { Host } from '../api/inventory';
import { writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { moment } from '../text/format';
import { plain } from '../text/plain';

/** Where every host is, or was last seen. */
export function HostsPage() {
  const [isGone, setGone] = useState(false);
  const { data, error, refetch } = useQuery(hostsQuery(isGone));
  const devices = useDevices();
  const columns = useMemo(() => {
    const nameOf = (host: Host) => devices.get(host.connectedNetworkDeviceId ?? '')?.hostname ?? host.connectedNetworkDeviceIpAddress ?? '';
    return columnsWith((host) => host.connectedAPName ?? nameOf(host));
  }, [devices]);
  return (
    <Stack>
      <Title order={1} size="h2">Hosts</Title>
      <Checkbox label="Only hosts that are gone, at their last place" checked={isGone}
        onChange={(event) => setGone(event.currentTarget.checked)} />
      {error && !data && <Problem problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader role="status" aria-label="Loading" />}
      {data && (
        <DataTable name="hosts" rows={data} columns={columns} rowKey={(host) => host.id}
          cell={(host, column) =>
            column.key === 'address' && host.hostIp
              ? <a href={writePlace('path', null, { from: host.hostIp })}>{plain(host.hostIp)}</a>
              : undefined} />
      )}
    </Stack>
  );
}

const columnsWith = (at: (host: Host) => string): Column<Host>[] => [
  { key: 'address', head: 'Address', width: 150, text: (host) => host.hostIp ?? '' },
  { key: 'mac', head: 'MAC address', width: 180, text: (host) => host.hostMac ?? '' },
  { key: 'type', head: 'Type', width: 100, text: (host) => host.hostType ?? '' },
  { key: 'at', head: 'At', width: 240, text: at },
  { key: 'port', head: 'Port', width: 220, text: (host) => host.connectedInterfaceName ?? '' },
  { key: 'vlan', head: 'VLAN', width: 80, text: (host) => host.vlanId ?? '', order: (host) => Number(host.vlanId ?? 0) },
  { key: 'seen', head: 'Last seen', width: 180, text: (host) => (host.lastUpdated ? moment(Number(host.lastUpdated)) : '') },
];
