import { Button, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Discovery } from '../api/discovery';
import { discoveries as discoveriesQuery } from '../api/queries';
import { go, usePlace, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { plain } from '../text/plain';
import { DiscoveryForm } from './DiscoveryForm';
import { DiscoveryRun } from './DiscoveryRun';

const columns: Column<Discovery>[] = [
  { key: 'name', head: 'Name', width: 320, text: (row) => row.name },
  { key: 'kind', head: 'Kind', width: 120, text: (row) => row.discoveryType ?? '' },
  { key: 'addresses', head: 'Addresses', width: 320, text: (row) => row.ipAddressList ?? '' },
  { key: 'state', head: 'State', width: 130, text: (row) => row.discoveryCondition ?? '' },
  { key: 'devices', head: 'Devices', width: 100, text: (row) => String(row.numDevices ?? ''), order: (row) => row.numDevices ?? -1 },
];

/** What was looked for, what was found, and a form for the next one. */
export function DiscoveryPage() {
  const { id } = usePlace();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(discoveriesQuery);
  const [isOpen, setOpen] = useState(false);
  const started = (next: string) => {
    void client.invalidateQueries({ queryKey: discoveriesQuery.queryKey });
    go(writePlace('discovery', next));
  };

  if (id !== null) return <DiscoveryRun key={id} id={id} />;
  return (
    <Stack>
      <Title order={1} size="h2">Discovery</Title>
      {error && !data && <Problem problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader role="status" aria-label="Loading" />}
      {data?.length === 0 && <Text>Nothing was discovered yet. An address of a device and its read community are enough to begin.</Text>}
      {data && (isOpen || data.length === 0
        ? <DiscoveryForm onStarted={started} />
        : <Button variant="default" onClick={() => setOpen(true)} w="fit-content">New discovery</Button>)}
      {data && data.length > 0 && (
        <DataTable name="discoveries" rows={data} columns={columns} rowKey={(row) => row.id}
          cell={(row, column) => (column.key === 'name' ? <a href={writePlace('discovery', row.id)}>{plain(row.name)}</a> : undefined)} />
      )}
    </Stack>
  );
}
