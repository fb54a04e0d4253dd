import { get, post } from '../api/http';
import type { Task } from '../api/envelope';
import type { FlowReference, FlowRequest, FlowResult } from '../api/flow';
import { untilEnd, type Wait } from '../api/tasks';

/** Submits the flow and waits for the end of its task: what was accepted is done, also by a server that is away in between. */
export async function runTrace(request: FlowRequest, signal: AbortSignal, wait?: Wait): Promise<FlowResult> {
  const started = await post<FlowReference>('/flow-analysis', request, signal);
  await untilEnd(() => get<Task>(`/task/${started.taskId}`, signal), signal, wait);
  return get<FlowResult>(`/flow-analysis/${started.flowAnalysisId}`, signal);
}
