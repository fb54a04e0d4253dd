import { Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CredentialOfKind } from '../api/credentials';
import { credentials as credentialsQuery } from '../api/queries';
import { usePlace, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { plain } from '../text/plain';
import { CredentialForm } from './CredentialForm';
import { KIND_NAMES, seenOf } from './credentialText';

const NEW = 'new';

const columns: Column<CredentialOfKind>[] = [
  { key: 'name', head: 'Description', width: 260, text: (row) => row.description || 'without a description' },
  { key: 'kind', head: 'Kind', width: 140, text: (row) => KIND_NAMES[row.subType] },
  { key: 'seen', head: 'User and level', width: 280, text: seenOf },
  { key: 'ranges', head: 'Sent to', width: 300, text: (row) => (row.ranges?.length ? row.ranges.join(', ') : 'every address') },
  { key: 'comments', head: 'Comments', width: 260, text: (row) => row.comments ?? '' },
];

/** What devices are asked with, by kind. Secrets go in and never come out. */
export function CredentialsPage() {
  const { id } = usePlace();
  const { data, error, refetch } = useQuery(credentialsQuery);
  if (error && !data) return <Problem problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Loader role="status" aria-label="Loading" />;
  if (id === NEW) return <CredentialForm key={NEW} stored={null} />;
  if (id !== null) {
    const stored = data.find((credential) => credential.id === id);
    return stored ? <CredentialForm key={id} stored={stored} /> : <Gone />;
  }
  return (
    <Stack>
      <Title order={1} size="h2">Credentials</Title>
      <Text size="sm">
        What devices are asked with. A secret goes to the server and is never shown again; one with ranges is sent nowhere else.
      </Text>
      <a href={writePlace('credentials', NEW)}>Add a credential</a>
      {data.length === 0 && <Text size="sm">None is stored yet; a discovery may bring its own.</Text>}
      {data.length > 0 && <DataTable name="credentials" rows={data} columns={columns} rowKey={(row) => row.id}
        cell={(row, column) =>
          column.key === 'name' ? <a href={writePlace('credentials', row.id)}>{plain(column.text(row))}</a> : undefined} />}
    </Stack>
  );
}

function Gone() {
  return (
    <Stack>
      <Title order={1} size="h2">No such credential</Title>
      <Text>It may have been deleted. <a href={writePlace('credentials')}>All credentials</a></Text>
    </Stack>
  );
}
