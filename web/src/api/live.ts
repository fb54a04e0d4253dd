import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Task } from './envelope';
import type { Device, NetworkEvent } from './inventory';
import { withDevices, withEvents, withTasks, withTasksOfTree } from './merge';
import { listen, type StreamEvent } from './stream';

// What happens is heard as it happens. One tab of the browser listens, since a browser has six connections to a server; a tab that does
// not hear a stream asks every few seconds.

const TURN = 'towpath.streams'; // of the tabs of this browser
const TOGETHER = 200; // milliseconds for which events are put together
export const MOST = 500; // rows of a list of events or tasks

type Stream = 'event' | 'task' | 'network-device';
const open = new Set<Stream>();

/** How often a list is asked for that a stream tells of. */
export const unlessHeard = (stream: Stream, milliseconds: number): number | false => (open.has(stream) ? false : milliseconds);

/** Listens while somebody is logged in. @returns what ends it. */
export function startListening(client: QueryClient, onLost: () => void): () => void {
  const end = new AbortController();
  const hear = (stream: Stream) => {
    const take = gathered((told) => TAKEN[stream](client, told), end.signal);
    const onOpen = (isOpen: boolean) => {
      if (isOpen === open.has(stream)) return;
      if (isOpen) open.add(stream);
      else open.delete(stream), onLost();
      for (const queryKey of KEYS[stream]) void client.invalidateQueries({ queryKey }); // what was told in between
    };
    return listen(`/${stream}/stream`, { onEvent: take, onOpen }, end.signal).finally(() => open.delete(stream));
  };
  // Without locks (a page by plain HTTP from another machine) no tab knows of the others.
  void navigator.locks?.request(TURN, { signal: end.signal }, () => Promise.all((['event', 'task', 'network-device'] as const).map(hear)))
    .catch(() => undefined);
  return () => end.abort();
}

// What is asked for once more when a stream begins or is lost. Ten thousand devices are not: they are asked for every minute anyway.
const KEYS: Record<Stream, QueryKey[]> = {
  'event': [['events'], ['events of'], ['events since']], 'task': [['tasks'], ['task tree']], 'network-device': [],
};

const TAKEN: Record<Stream, (client: QueryClient, told: StreamEvent[]) => void> = {
  'event': takeEvents, 'task': takeTasks, 'network-device': takeDevices,
};

function takeEvents(client: QueryClient, told: StreamEvent[]): void {
  const events = dataOf<NetworkEvent>(told, 'event');
  const add = (key: string, isOf: (event: NetworkEvent, value: unknown) => boolean) => {
    for (const [queryKey, list] of client.getQueriesData<NetworkEvent[]>({ queryKey: [key] }))
      if (list) client.setQueryData(queryKey, withEvents(list, events.filter((event) => isOf(event, queryKey[1])), MOST));
  };
  add('events', (event, kind) => kind === null || event.kind === kind);
  add('events of', (event, device) => event.deviceId === device);
  add('events since', () => true);
}

function takeTasks(client: QueryClient, told: StreamEvent[]): void {
  if (told.some((event) => event.name === 'reset')) for (const queryKey of KEYS.task) void client.invalidateQueries({ queryKey });
  const tasks = dataOf<Task>(told, 'task');
  if (tasks.length === 0) return;
  client.setQueriesData<Task[]>({ queryKey: ['tasks'] }, (list) => list && withTasks(list, tasks, MOST));
  client.setQueriesData<Task[]>({ queryKey: ['task tree'] }, (tree) => tree && withTasksOfTree(tree, tasks));
}

function takeDevices(client: QueryClient, told: StreamEvent[]): void {
  const removed = dataOf<{ id: string }>(told, 'removed').map(({ id }) => [id, null] as const);
  const changed = dataOf<Device>(told, 'device').map((device) => [device.id, device] as const);
  const now = new Map<string, Device | null>([...changed, ...removed]);
  if (now.size > 0) client.setQueriesData<Device[]>({ queryKey: ['devices'] }, (list) => list && withDevices(list, now));
}

const dataOf = <T>(told: StreamEvent[], name: string): T[] =>
  told.filter((event) => event.name === name).map((event) => JSON.parse(event.data) as T);

/** A thousand events in a second draw the page five times. */
function gathered(take: (told: StreamEvent[]) => void, signal: AbortSignal): (event: StreamEvent) => void {
  let told: StreamEvent[] = [];
  return (event) => {
    if (told.push(event) > 1) return;
    setTimeout(() => {
      const some = told;
      told = [];
      if (!signal.aborted) take(some);
    }, TOGETHER);
  };
}
