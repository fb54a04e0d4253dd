import { Code, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { discoveries } from '../api/queries';
import { DiscoveryForm } from '../discovery/DiscoveryForm';
import { CopyButton } from '../shell/CopyButton';
import { go, writePlace } from '../shell/place';

const DEMO = 'towpath demo';

/** An empty controller: the first discovery, or a campus to look at. */
export function FirstSteps() {
  const client = useQueryClient();
  const started = (id: string) => {
    void client.invalidateQueries({ queryKey: discoveries.queryKey });
    go(writePlace('discovery', id));
  };
  return (
    <Stack>
      <Text>
        No device is known yet. Name one address and its read community or SNMPv3 user: its neighbors are found from there if you
        follow CDP or LLDP.
      </Text>
      <DiscoveryForm onStarted={started} />
      <Group gap="xs">
        <Text size="sm">To look at a simulated campus first, run this in a terminal; it serves a controller of its own:</Text>
        <Code>{DEMO}</Code>
        <CopyButton label="Copy" value={DEMO} />
      </Group>
    </Stack>
  );
}
