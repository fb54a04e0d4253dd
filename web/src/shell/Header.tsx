import { Alert, Button, Group, SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { logout } from '../api/session';
import { useIsAway } from './away';
import { writePlace } from './place';

const LINKS = ['home', 'path', 'map', 'devices', 'hosts', 'events', 'discovery', 'credentials', 'tasks'];

export function Header({ page }: { page: string }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <header>
      <Group justify="space-between" px="md" py="xs" gap="sm">
        <nav className="nav" aria-label="Pages">
          <strong>Towpath</strong>
          {LINKS.map((link) => (
            <a key={link} href={writePlace(link)} aria-current={link === page ? 'page' : undefined}>
              {link[0]!.toUpperCase() + link.slice(1)}
            </a>
          ))}
        </nav>
        <Group gap="xs">
          <SegmentedControl size="xs" aria-label="Colours" value={colorScheme} data={['light', 'dark', 'auto']}
            onChange={(value) => setColorScheme(value as MantineColorScheme)} />
          <Button size="compact-sm" variant="default" onClick={() => void logout()}>Log out</Button>
        </Group>
      </Group>
      <Away />
    </header>
  );
}

function Away() {
  const isAway = useIsAway();
  const client = useQueryClient();
  const wasAway = useRef(false);
  useEffect(() => {
    if (wasAway.current && !isAway) void client.invalidateQueries(); // what has happened meanwhile
    wasAway.current = isAway;
  }, [isAway]);
  return isAway ? (
    <Alert color="yellow" role="status" mx="md" title="The server does not answer.">
      What you see is what it told before. The page goes on by itself.
    </Alert>
  ) : null;
}
