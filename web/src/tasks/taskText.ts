import type { Task } from '../api/envelope';

/** @param isAway The server does not answer: whether a task still runs nobody can tell. */
export function stateOf(task: Task, isAway = false): string {
  if (task.endTime === undefined) return isAway ? 'not known' : 'running';
  return task.isError ? 'failed' : 'done';
}

/** `350 ms`, `12 s`; empty while it runs. */
export function tookText(task: Task): string {
  if (task.endTime === undefined) return '';
  const took = Math.max(0, task.endTime - task.startTime);
  return took < 10_000 ? `${took} ms` : `${Math.round(took / 1000)} s`;
}

/** Where what a task has made is seen, as `path` and its id; null for a task that has made nothing to see. */
export function madeBy({ serviceType, progress, endTime, isError }: Task): { page: string; id: string; text: string } | null {
  if (endTime === undefined || isError || !progress) return null;
  const [isTrace, isDiscovery] = [serviceType === 'Policy Analysis Service', serviceType === 'Discovery Service'];
  if (isTrace && /^[0-9a-f-]{36}$/.test(progress)) return { page: 'path', id: progress, text: 'the path' };
  if (isDiscovery && /^\d{1,9}$/.test(progress)) return { page: 'discovery', id: progress, text: `discovery ${progress}` };
  return null;
}

/** Each task after its parent, with how deep it stands; what has no parent here stands at the top. */
export function inTree(tasks: readonly Task[]): { task: Task; depth: number }[] {
  const known = new Set(tasks.map((task) => task.id));
  const below = (parent: string | undefined, depth: number): { task: Task; depth: number }[] =>
    tasks
      .filter((task) => (parent === undefined ? !known.has(task.parentId ?? '') : task.parentId === parent && task.id !== parent))
      .flatMap((task) => [{ task, depth }, ...below(task.id, depth + 1)]);
  return below(undefined, 0);
}
