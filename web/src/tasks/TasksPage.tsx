import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { Task } from '../api/envelope';
import { remove } from '../api/http';
import { tasks as tasksQuery, taskTree } from '../api/queries';
import { settled } from '../api/tasks';
import { useIsAway } from '../shell/away';
import { usePlace, writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { inTree, madeBy, stateOf, tookText } from './taskText';

const columnsFor = (isAway: boolean): Column<Task>[] => [
  { key: 'started', head: 'Started', width: 180, text: (row) => moment(row.startTime), order: (row) => row.startTime },
  { key: 'service', head: 'Service', width: 230, text: (row) => row.serviceType },
  { key: 'state', head: 'State', width: 100, text: (row) => stateOf(row, isAway) },
  { key: 'took', head: 'Took', width: 90, text: tookText, order: (row) => (row.endTime ?? Date.now()) - row.startTime },
  { key: 'user', head: 'User', width: 140, text: (row) => row.username ?? '' },
  { key: 'progress', head: 'Progress or result', width: 520, text: (row) => row.failureReason ?? row.progress ?? '' },
];

/** What the controller was asked to do, the newest first. */
export function TasksPage() {
  const { id } = usePlace();
  const { data, error, refetch } = useQuery(tasksQuery);
  const isAway = useIsAway();
  const columns = useMemo(() => columnsFor(isAway), [isAway]);
  if (id !== null) return <TaskTree key={id} id={id} />;
  return (
    <Stack>
      <Title order={1} size="h2">Tasks</Title>
      {error && !data && <Problem problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader role="status" aria-label="Loading" />}
      {data && (
        <DataTable name="tasks" rows={data} columns={columns} rowKey={(row) => row.id}
          cell={(row, column) => {
            if (column.key === 'started') return <a href={writePlace('tasks', row.id)}>{column.text(row)}</a>;
            return column.key === 'progress' ? made(row) : undefined;
          }} />
      )}
    </Stack>
  );
}

/** A link in place of an id that nobody can read. */
function made(task: Task): ReactNode | undefined {
  const found = madeBy(task);
  return found ? <a href={writePlace(found.page, found.id)}>{found.text}</a> : undefined;
}

/** A task and what it has started, each below its parent. */
function TaskTree({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(taskTree(id));
  const isAway = useIsAway();
  const cancel = useMutation({
    mutationFn: async () => settled(await remove<{ taskId: string }>(`/task/${encodeURIComponent(id)}`), 'The task was not cancelled.'),
    onSettled: () => refetch(),
  });
  if (error && !data) return <Problem problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Loader role="status" aria-label="Loading" />;
  const isRunning = !isAway && data.some((task) => task.id === id && task.endTime === undefined);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">Task</Title>
        {isRunning && <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>Cancel the task</Button>}
      </Group>
      <a href={writePlace('tasks')}>All tasks</a>
      {cancel.error && <Problem problem={cancel.error} />}
      <ul className="tree" aria-label="The task and what it has started">
        {inTree(data).map(({ task, depth }) => (
          <li key={task.id} style={{ marginInlineStart: 24 * depth }}>
            <Text span fw={600}>{plain(task.serviceType)}: {stateOf(task, isAway)}</Text>{' '}
            <Text span size="sm">
              {moment(task.startTime)}{tookText(task) && `, ${tookText(task)}`}. {made(task) ?? plain(task.progress, 600)}
            </Text>
            {task.failureReason && <Text size="sm">{plain(task.failureReason, 1000)}</Text>}
          </li>
        ))}
      </ul>
    </Stack>
  );
}
