import type { Task } from './envelope';
import type { Device, NetworkEvent } from './inventory';

// What a stream has told, put into the lists as the server would have answered them now.

/** The newest first, of no more than `most`. One that is there already is not there twice. */
export function withEvents(list: readonly NetworkEvent[], told: readonly NetworkEvent[], most: number): NetworkEvent[] {
  const known = new Set(list.map((event) => event.id));
  const added = told.filter((event) => !known.has(event.id)).reverse();
  return added.length === 0 ? (list as NetworkEvent[]) : [...added, ...list].slice(0, most);
}

/** Tasks as they are now, the newest first. An older word about a task changes nothing. */
export function withTasks(list: readonly Task[], told: readonly Task[], most: number): Task[] {
  const now = newest(list, told);
  const known = new Set(list.map((task) => task.id));
  const added = [...now.values()].filter((task) => !known.has(task.id)).sort((a, b) => b.startTime - a.startTime);
  return [...added, ...list.map((task) => now.get(task.id)!)].slice(0, most);
}

/** A tree keeps its order; what is new in it comes last. */
export function withTasksOfTree(tree: readonly Task[], told: readonly Task[]): Task[] {
  const roots = new Set(tree.map((task) => task.rootId));
  return [...newest(tree, told.filter((task) => roots.has(task.rootId))).values()];
}

/** @param told By id; null: the device is there no more. */
export function withDevices(list: readonly Device[], told: ReadonlyMap<string, Device | null>): Device[] {
  const known = new Set(list.map((device) => device.id));
  const kept = list.flatMap((device) => (told.has(device.id) ? (told.get(device.id) ?? []) : device));
  const added = [...told].flatMap(([id, device]) => (known.has(id) ? [] : (device ?? [])));
  return [...kept, ...added];
}

function newest(list: readonly Task[], told: readonly Task[]): Map<string, Task> {
  const now = new Map(list.map((task) => [task.id, task]));
  for (const task of told) if (task.version >= (now.get(task.id)?.version ?? 0)) now.set(task.id, task);
  return now;
}
