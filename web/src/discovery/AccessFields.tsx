import { Checkbox, Group, NativeSelect, PasswordInput, SegmentedControl, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { credentials as credentialsQuery } from '../api/queries';
import { KIND_NAMES } from '../credentials/credentialText';
import { writePlace } from '../shell/place';
import { plain } from '../text/plain';
import type { PlanFields } from './DiscoveryForm';
import type { PlanText } from './plan';
import { AUTH, PRIV } from './snmpWords';

const VERSIONS = [{ value: 'v2', label: 'SNMP v2c' }, { value: 'v3', label: 'SNMP v3' }, { value: 'stored', label: 'Stored' }];

/** What devices are asked with: stored credentials, and what is typed for this discovery alone. */
export function AccessFields({ text, change, field }: PlanFields) {
  return (
    <>
      <SegmentedControl aria-label="Credentials" value={text.version} data={VERSIONS} maw={420}
        onChange={(value) => change('version', value as PlanText['version'])} />
      {text.version === 'v2' && (
        <PasswordInput label="Read community" autoComplete="off" withAsterisk={false}
          required={text.stored.length === 0 && text.writeCommunity === ''} {...field('community')} />
      )}
      {text.version === 'v3' && (
        <SimpleGrid cols={{ base: 1, sm: 5 }}>
          <TextInput label="User" autoComplete="off" required withAsterisk={false} {...field('user')} />
          <NativeSelect label="Authentication" data={AUTH} {...field('authProtocol')} />
          <PasswordInput label="Its passphrase" autoComplete="off" {...field('authPassphrase')} />
          <NativeSelect label="Privacy" data={PRIV} {...field('privProtocol')} />
          <PasswordInput label="Privacy passphrase" autoComplete="off" {...field('privPassphrase')} />
        </SimpleGrid>
      )}
      <Stored text={text} change={change} />
    </>
  );
}

function Stored({ text: { version, stored }, change }: Pick<PlanFields, 'text' | 'change'>) {
  const { data: all } = useQuery(credentialsQuery);
  if (!all) return null;
  const data = all.filter((one) => one.subType.startsWith('SNMP')); // what devices are read with
  const isAll = version === 'stored' && stored.length === 0;
  if (data.length === 0) {
    return version === 'stored' && (
      <Text size="sm">No credential is stored. <a href={writePlace('credentials', 'new')}>Add a credential</a></Text>
    );
  }
  return (
    <Checkbox.Group label="Stored credentials" value={[...stored]} onChange={(next) => change('stored', next)}
      description={isAll ? 'None is chosen: all of them are tried, each where it may be sent.' : 'Tried after what is typed above.'}>
      <Group mt={6} gap="md">
        {data.map((one) => (
          <Checkbox key={one.id} value={one.id}
            label={`${plain(one.description, 80) || 'without a description'} (${KIND_NAMES[one.subType]})`} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
