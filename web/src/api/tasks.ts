import type { Task } from './envelope';
import { ApiError, get } from './http';

const FIRST_WAIT = 50; // milliseconds; most tasks have ended by then
const LONGEST_WAIT = 1000;

export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Asks at once, then less and less often, at last every second. A server that is away in between is asked on. */
export async function untilEnd(ask: () => Promise<Task>, signal: AbortSignal, wait: Wait = pause): Promise<Task> {
  for (let next = FIRST_WAIT; ; next = Math.min(2 * next, LONGEST_WAIT)) {
    const task = await ask().catch(forgiveAbsence);
    if (task?.endTime !== undefined) return task;
    await wait(next, signal);
  }
}

/** Waits for what a write was accepted as. Throws an ApiError with the reason where it failed; `failed` says what has. */
export async function settled(accepted: { taskId: string }, failed: string, signal = new AbortController().signal): Promise<Task> {
  const task = await untilEnd(() => get<Task>(`/task/${accepted.taskId}`), signal);
  if (task.isError) throw new ApiError(200, failed, task.failureReason);
  return task;
}

function forgiveAbsence(problem: unknown): null {
  if (problem instanceof ApiError && (problem.status === 0 || problem.status === 503)) return null;
  throw problem;
}

export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
