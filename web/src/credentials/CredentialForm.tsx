import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { SUBTYPES, type CredentialOfKind, type SubType } from '../api/credentials';
import { post, put, remove } from '../api/http';
import { credentials as credentialsQuery } from '../api/queries';
import { settled } from '../api/tasks';
import { go, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { bodyOf, KIND_NAMES, NEW_CREDENTIAL, textOf, type CredentialText } from './credentialText';
import { SecretFields } from './SecretFields';

type Accepted = { taskId: string };

/** A new credential, or a stored one; of that the secrets are kept unless others are typed. */
export function CredentialForm({ stored }: { stored: CredentialOfKind | null }) {
  const client = useQueryClient();
  const [text, setText] = useState<CredentialText>(stored ? textOf(stored) : NEW_CREDENTIAL);
  const [isAsked, setAsked] = useState(false);
  const path = SUBTYPES[text.subType];
  const onSuccess = async () => {
    await client.invalidateQueries({ queryKey: credentialsQuery.queryKey });
    go(writePlace('credentials'));
  };
  const save = useMutation({
    mutationFn: async () => {
      const body = bodyOf(text, stored);
      const accepted = stored ? await put<Accepted>(path, { id: stored.id, ...body }) : await post<Accepted>(path, [body]);
      return settled(accepted, 'The credential was not saved.');
    },
    onSuccess,
  });
  const forget = useMutation({
    mutationFn: async () => settled(await remove<Accepted>(`/global-credential/${stored!.id}`), 'The credential was not deleted.'),
    onSuccess,
  });
  const change = (key: keyof CredentialText, value: string) => setText({ ...text, [key]: value });
  const problem = save.error ?? forget.error;

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <form onSubmit={submit} aria-label="Credential">
      <Stack gap="sm" maw={640}>
        <Title order={1} size="h2">{stored ? 'Change the credential' : 'New credential'}</Title>
        <a href={writePlace('credentials')}>All credentials</a>
        <NativeSelect label="Kind" value={text.subType} disabled={stored !== null}
          data={(Object.keys(KIND_NAMES) as SubType[]).map((value) => ({ value, label: KIND_NAMES[value] }))}
          onChange={(event) => change('subType', event.currentTarget.value)} />
        <TextInput label="Description" value={text.description} maxLength={200}
          onChange={(event) => change('description', event.currentTarget.value)} />
        <SecretFields text={text} isStored={stored !== null} onChange={change} />
        <TextInput label="Only sent to" description="Prefixes, ranges and addresses; empty: to every address that is asked"
          placeholder="10.1.0.0/16, 10.2.0.1-10.2.0.99" spellCheck={false} maxLength={10_000} value={text.ranges}
          onChange={(event) => change('ranges', event.currentTarget.value)} />
        <TextInput label="Comments" value={text.comments} maxLength={500}
          onChange={(event) => change('comments', event.currentTarget.value)} />
        <Group>
          <Button type="submit" loading={save.isPending}>Save</Button>
          {stored && !isAsked && <Button variant="default" onClick={() => setAsked(true)}>Delete…</Button>}
          {stored && isAsked && (
            <>
              <Text size="sm" role="status">
                Delete it? Devices that were found with it are not read any more, until they are discovered with another one.
              </Text>
              <Button color="red.9" loading={forget.isPending} onClick={() => forget.mutate()}>Delete</Button>
              <Button variant="default" autoFocus onClick={() => setAsked(false)}>Keep</Button>
            </>
          )}
        </Group>
        {problem && <Problem problem={problem} />}
      </Stack>
    </form>
  );
}
