import { ApiError, get, post } from '../api/http';
import type { Task } from '../api/envelope';
import type { FlowReference, FlowRequest, FlowResult } from '../api/flow';

const FIRST_WAIT = 50; // milliseconds; most traces have ended by then
const LONGEST_WAIT = 1000;

export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Submits the flow and waits for the end of its task. A server that is away in between is asked on: what was accepted is done. */
export async function runTrace(request: FlowRequest, signal: AbortSignal, wait: Wait = pause): Promise<FlowResult> {
  const started = await post<FlowReference>('/flow-analysis', request, signal);
  await untilEnd(() => get<Task>(`/task/${started.taskId}`, signal), signal, wait);
  return get<FlowResult>(`/flow-analysis/${started.flowAnalysisId}`, signal);
}

/** Asks at once, then less and less often, at last every second. */
export async function untilEnd(ask: () => Promise<Task>, signal: AbortSignal, wait: Wait = pause): Promise<Task> {
  for (let next = FIRST_WAIT; ; next = Math.min(2 * next, LONGEST_WAIT)) {
    const task = await ask().catch(forgiveAbsence);
    if (task?.endTime !== undefined) return task;
    await wait(next, signal);
  }
}

function forgiveAbsence(problem: unknown): null {
  if (problem instanceof ApiError && (problem.status === 0 || problem.status === 503)) return null;
  throw problem;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
