import type { DiscoveryInput } from '../api/discovery';
import type { Task } from '../api/envelope';
import { ApiError, get, post } from '../api/http';
import { untilEnd } from '../path/trace';

/** Creates the discovery, which runs at once. @returns its id. */
export async function startDiscovery(input: DiscoveryInput): Promise<string> {
  const { taskId } = await post<{ taskId: string }>('/discovery', input);
  const task = await untilEnd(() => get<Task>(`/task/${taskId}`), new AbortController().signal);
  if (task.isError) throw new ApiError(200, 'The discovery was not created.', task.failureReason);
  return task.progress ?? '';
}
