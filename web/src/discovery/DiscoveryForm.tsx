import {
  Button, Group, NativeSelect, Paper, PasswordInput, SegmentedControl, SimpleGrid, Stack, Text, TextInput, Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { DiscoveryPreview } from '../api/discovery';
import { post } from '../api/http';
import { Problem } from '../shell/Problem';
import { discoveryOf, NO_PLAN, previewText, type PlanText } from './plan';
import { AUTH, PRIV } from './snmpWords';
import { startDiscovery } from './start';

/** Where to look, and with what to log in. Secrets go to the server and are forgotten here. */
export function DiscoveryForm({ onStarted }: { onStarted: (id: string) => void }) {
  const [text, setText] = useState(NO_PLAN);
  const preview = useMutation({ mutationFn: () => post<DiscoveryPreview>('/discovery/preview', discoveryOf(text)) });
  const start = useMutation({ mutationFn: () => startDiscovery(discoveryOf(text)), onSuccess: onStarted });
  const change = <K extends keyof PlanText>(key: K, value: PlanText[K]) => {
    setText({ ...text, [key]: value });
    preview.reset();
  };
  const field = (key: keyof PlanText) => ({
    value: text[key], maxLength: 500, onChange: (event: { currentTarget: { value: string } }) => change(key, event.currentTarget.value),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    start.mutate();
  }

  return (
    <Paper withBorder p="md" component="section" aria-labelledby="new-discovery">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={2} size="h4" id="new-discovery">New discovery</Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="Addresses" placeholder="10.1.10.1, 10.1.0.0/24 or 10.1.10.1-10.1.10.99" required withAsterisk={false}
              spellCheck={false} {...field('addresses')} maxLength={10_000} />
            <NativeSelect label="Neighbors" {...field('crawl')}
              data={[{ value: '', label: 'only these addresses' }, { value: 'CDP', label: 'follow CDP from them' },
                { value: 'LLDP', label: 'follow LLDP from them' }]} />
          </SimpleGrid>
          <SegmentedControl aria-label="SNMP version" value={text.version} onChange={(value) => change('version', value as 'v2' | 'v3')}
            data={[{ value: 'v2', label: 'SNMP v2c' }, { value: 'v3', label: 'SNMP v3' }]} maw={260} />
          {text.version === 'v2'
            ? <PasswordInput label="Read community" autoComplete="off" required withAsterisk={false} {...field('community')} />
            : (
              <SimpleGrid cols={{ base: 1, sm: 5 }}>
                <TextInput label="User" autoComplete="off" required withAsterisk={false} {...field('user')} />
                <NativeSelect label="Authentication" data={AUTH} {...field('authProtocol')} />
                <PasswordInput label="Its passphrase" autoComplete="off" {...field('authPassphrase')} />
                <NativeSelect label="Privacy" data={PRIV} {...field('privProtocol')} />
                <PasswordInput label="Privacy passphrase" autoComplete="off" {...field('privPassphrase')} />
              </SimpleGrid>
            )}
          <Group>
            <Button type="submit" loading={start.isPending}>Discover</Button>
            <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>What would it cost?</Button>
            <Text size="sm" role="status">{preview.data && previewText(preview.data, text.crawl !== '')}</Text>
          </Group>
          {(start.error ?? preview.error) !== null && <Problem problem={start.error ?? preview.error} />}
        </Stack>
      </form>
    </Paper>
  );
}
