import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FlowResult } from '../api/flow';
import { remove } from '../api/http';
import { recentTraces } from '../api/queries';
import { settled } from '../api/tasks';
import { go, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { PathResult } from './PathResult';
import { extended, type Period } from './timeline';

/** A trace that the controller repeats: the newest answer, or an earlier one of those that this page has heard. */
export function LivePath({ result }: { result: FlowResult }) {
  const client = useQueryClient();
  const key = ['timeline', result.request.id];
  const [periods, setPeriods] = useState<readonly Period[]>(() => extended(client.getQueryData(key) ?? [], result));
  const [seen, setSeen] = useState<number | null>(null); // null: the newest one
  useEffect(() => {
    const next = extended(periods, result);
    client.setQueryData(key, next); // another page in between does not forget it
    setPeriods(next);
  }, [result]);
  const stop = useMutation({
    mutationFn: async () => settled(await remove<{ taskId: string }>(`/flow-analysis/${result.request.id}`), 'The trace was not deleted.'),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: recentTraces.queryKey });
      go(writePlace('path'));
    },
  });
  const chosen = periods.find((period) => period.from === seen) ?? periods.at(-1);
  const shown = seen === null ? result : (chosen?.result ?? result);
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" role="status" data-live={result.request.lastUpdateTime}>
          Repeated every 30 seconds, the last time {moment(result.request.lastUpdateTime || Date.now())}.
        </Text>
        <Button size="compact-sm" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>Stop and delete it</Button>
      </Group>
      {stop.error && <Problem problem={stop.error} />}
      <ol className="timeline" aria-label="How the path was, as far as this page has seen it">
        {periods.map((period, i) => (
          <li key={period.from}>
            <Button size="compact-sm" variant={period === chosen ? 'light' : 'subtle'} aria-pressed={period === chosen}
              onClick={() => setSeen(i === periods.length - 1 ? null : period.from)}>
              {moment(period.from)} – {i === periods.length - 1 ? 'now' : moment(period.to).slice(11)}
            </Button>{' '}
            <Text span size="sm">{plain(period.change, 300) || 'as it was first'}</Text>
          </li>
        ))}
      </ol>
      <PathResult key={seen ?? 'now'} result={shown} />
    </Stack>
  );
}
