import { Button, Group, NativeSelect, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { DiscoveryPreview } from '../api/discovery';
import { post } from '../api/http';
import { Problem } from '../shell/Problem';
import { AccessFields } from './AccessFields';
import { BELOW, DiscoveryOptions } from './DiscoveryOptions';
import { discoveryOf, kindOf, NO_PLAN, previewText, type PlanText } from './plan';
import { startDiscovery } from './start';

/** What a part of the form is given: what is typed, and how a field of it is bound. */
export interface PlanFields {
  text: PlanText;
  change: <K extends keyof PlanText>(key: K, value: PlanText[K]) => void;
  field: (key: TextKey) => { value: string; maxLength: number; onChange: (event: { currentTarget: { value: string } }) => void };
}

type TextKey = { [K in keyof PlanText]: PlanText[K] extends string ? K : never }[keyof PlanText];

const kindText = ({ crawl, addresses }: PlanText) =>
  addresses.trim() === '' ? 'One address, a list, a range, or a prefix' : `Kind: ${crawl || kindOf(addresses)}`;

const CRAWLS = [
  { value: '', label: 'only these addresses' }, { value: 'CDP', label: 'follow CDP from them' },
  { value: 'LLDP', label: 'follow LLDP from them' },
];

/** Where to look, and with what to log in. Secrets go to the server and are forgotten here. */
export function DiscoveryForm({ onStarted }: { onStarted: (id: string) => void }) {
  const [text, setText] = useState(NO_PLAN);
  const [isOpen, setOpen] = useState(false);
  const preview = useMutation({ mutationFn: () => post<DiscoveryPreview>('/discovery/preview', discoveryOf(text)) });
  const start = useMutation({ mutationFn: () => startDiscovery(discoveryOf(text)), onSuccess: onStarted });
  const change: PlanFields['change'] = (key, value) => {
    setText((before) => ({ ...before, [key]: value }));
    preview.reset();
  };
  const field: PlanFields['field'] = (key) => ({
    value: text[key], maxLength: 500, onChange: (event) => change(key, event.currentTarget.value as PlanText[typeof key]),
  });
  const problem = start.error ?? preview.error;

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
              spellCheck={false} description={kindText(text)} inputWrapperOrder={BELOW}
              {...field('addresses')} maxLength={10_000} />
            <NativeSelect label="Neighbors" {...field('crawl')} data={CRAWLS} />
          </SimpleGrid>
          <AccessFields text={text} change={change} field={field} />
          {isOpen && <DiscoveryOptions text={text} change={change} field={field} />}
          <Group>
            <Button type="submit" loading={start.isPending}>Discover</Button>
            <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>What would it cost?</Button>
            <Button variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>Filters and options</Button>
            <Text size="sm" role="status">{preview.data && previewText(preview.data, text.crawl !== '')}</Text>
          </Group>
          {problem !== null && <Problem problem={problem} />}
        </Stack>
      </form>
    </Paper>
  );
}
