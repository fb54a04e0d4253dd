import { Loader, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { table } from '../api/tables';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import { isAddress } from '../text/format';
import { columnsOf, keyed, type FactTableOf } from './factTables';

const MOST = 20_000;

/** A table of one device, as it was last read. Routes may be asked for the one by which an address is forwarded. */
export function FactTable({ device, of }: { device: string; of: FactTableOf }) {
  const [address, setAddress] = useState('');
  const isRoutes = of.table === 'routes';
  const match = isRoutes && isAddress(address.trim()) ? [address.trim()] : [];
  const { data, error, refetch } = useQuery(table(of.table, { device: [device], longestMatch: match }, MOST));
  const columns = useMemo(() => columnsOf(of, Date.now()), [of, data]);
  const keys = useMemo(() => keyed(data ?? []), [data]);
  return (
    <Stack component="section" gap="xs" aria-label={of.title}>
      <Title order={2} size="h4">{of.title}</Title>
      {isRoutes && (
        <TextInput label="The route to an address" description="By the longest match, as the device forwards packets to it" maw={300}
          placeholder="10.2.1.22" value={address} maxLength={15} spellCheck={false}
          onChange={(event) => setAddress(event.currentTarget.value)}
          error={address.trim() !== '' && match.length === 0 ? 'Give an address such as 10.2.1.22.' : null} />
      )}
      {error && <Problem problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader role="status" aria-label="Loading" />}
      {data?.length === 0 && <Text size="sm">No row was read. The coverage says whether the device has none or did not answer.</Text>}
      {data && data.length >= MOST && <Text size="sm">The first {MOST} rows; 'towpath table' writes all of them to a file.</Text>}
      {data && <DataTable name={of.title.toLowerCase()} rows={data} columns={columns} rowKey={(row) => keys.get(row) ?? ''} />}
    </Stack>
  );
}
