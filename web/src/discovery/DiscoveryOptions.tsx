import { Checkbox, PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { PlanFields } from './DiscoveryForm';

const COLUMNS = { base: 1, sm: 2, lg: 4 };
export const BELOW: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

/** What has a value of its own unless somebody wants another one. */
export function DiscoveryOptions({ text, change, field }: PlanFields) {
  const told = (key: Parameters<PlanFields['field']>[0], description: string) => ({ ...field(key), description, inputWrapperOrder: BELOW });
  const list = (key: 'exclude' | 'within', description: string) => ({ ...told(key, description), spellCheck: false, maxLength: 10_000 });
  const number = (key: 'retries' | 'timeout' | 'depth' | 'budget', description: string, min: number, max: number) => ({
    ...told(key, description), type: 'number', inputMode: 'numeric' as const, min, max,
  });
  const secret = { autoComplete: 'off', withAsterisk: false };
  return (
    <Stack gap="sm" component="fieldset" className="plain-fieldset" aria-label="Filters and options">
      <SimpleGrid cols={COLUMNS}>
        <TextInput label="Name" {...told('name', 'Empty: its kind and addresses')} maxLength={255} />
        <TextInput label="Leave out" placeholder="10.1.10.9, 10.1.99.0/24"
          {...list('exclude', 'Addresses and prefixes that are not contacted')} />
        <TextInput label="Pace" placeholder="200,20" {...told('pace', 'Datagrams a second, and of these in one /24; or off')} />
        <SimpleGrid cols={2}>
          <TextInput label="Retries" {...number('retries', '0 to 10', 0, 10)} />
          <TextInput label="Timeout" {...number('timeout', 'Seconds', 1, 300)} />
        </SimpleGrid>
      </SimpleGrid>
      {text.crawl !== '' && (
        <SimpleGrid cols={COLUMNS}>
          <TextInput label="Depth" {...number('depth', 'Neighbors of neighbors, 0 to 16; empty: 16', 0, 16)} />
          <TextInput label="Only within" placeholder="10.1.0.0/16, 10.2.0.0/16"
            {...list('within', 'Where neighbors are followed; empty: private addresses')} />
          <TextInput label="At most" {...number('budget', 'Addresses; empty: 2,000', 1, 65_536)} />
        </SimpleGrid>
      )}
      <SimpleGrid cols={COLUMNS}>
        <PasswordInput label="Write community" {...secret} {...told('writeCommunity', 'Read with it only where no other is given')} />
        <TextInput label="Command line user" autoComplete="off" {...told('cliUser', 'Noted; nothing is read over the command line')} />
        <PasswordInput label="Command line password" {...secret} {...told('cliPassword', 'Not kept')} />
        <PasswordInput label="Enable password" {...secret} {...told('cliEnable', 'Not kept')} />
      </SimpleGrid>
      <Checkbox label="Manage devices by their loopback address, where they have one" checked={text.loopback}
        onChange={(event) => change('loopback', event.currentTarget.checked)} />
    </Stack>
  );
}
