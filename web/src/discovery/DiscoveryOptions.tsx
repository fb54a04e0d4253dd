import { Checkbox, PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { PlanFields } from './DiscoveryForm';

const COLUMNS = { base: 1, sm: 2, lg: 4 };

/** What has a value of its own unless somebody wants another one. */
export function DiscoveryOptions({ text, change, field }: PlanFields) {
  const number = (key: 'retries' | 'timeout' | 'depth' | 'budget', least: number, most: number) => ({
    ...field(key), type: 'number', inputMode: 'numeric' as const, min: least, max: most,
  });
  const secret = { autoComplete: 'off', withAsterisk: false };
  return (
    <Stack gap="sm" component="fieldset" className="plain-fieldset" aria-label="Filters and options">
      <SimpleGrid cols={COLUMNS}>
        <TextInput label="Name" description="Empty: its kind and addresses" {...field('name')} maxLength={255} />
        <TextInput label="Leave out" description="Addresses and prefixes that are not contacted" spellCheck={false}
          placeholder="10.1.10.9, 10.1.99.0/24" {...field('exclude')} maxLength={10_000} />
        <TextInput label="Retries" description="Of a question, 0 to 10" {...number('retries', 0, 10)} />
        <TextInput label="Timeout" description="For an answer, in seconds" {...number('timeout', 1, 300)} />
        <TextInput label="Pace" description="Datagrams a second, and of these in one /24; or off" placeholder="200,20" {...field('pace')} />
      </SimpleGrid>
      {text.crawl !== '' && (
        <SimpleGrid cols={COLUMNS}>
          <TextInput label="Depth" description="Neighbors of neighbors, 0 to 16" {...number('depth', 0, 16)} />
          <TextInput label="Only within" description="Where neighbors are followed; empty: private addresses" spellCheck={false}
            placeholder="10.1.0.0/16, 10.2.0.0/16" {...field('within')} maxLength={10_000} />
          <TextInput label="At most" description="Addresses; empty: 2,000" {...number('budget', 1, 65_536)} />
        </SimpleGrid>
      )}
      <SimpleGrid cols={COLUMNS}>
        <PasswordInput label="Write community" description="Read with it only where no other is given" {...secret} {...field('writeCommunity')} />
        <TextInput label="Command line user" description="Noted; nothing is read over the command line" autoComplete="off"
          {...field('cliUser')} />
        <PasswordInput label="Command line password" description="Not kept" {...secret} {...field('cliPassword')} />
        <PasswordInput label="Enable password" description="Not kept" {...secret} {...field('cliEnable')} />
      </SimpleGrid>
      <Checkbox label="Manage devices by their loopback address, where they have one" checked={text.loopback}
        onChange={(event) => change('loopback', event.currentTarget.checked)} />
    </Stack>
  );
}
