import type { DiscoveryInput } from '../api/discovery';
import { post } from '../api/http';
import { settled } from '../api/tasks';

/** Creates the discovery, which runs at once. @returns its id. */
export async function startDiscovery(input: DiscoveryInput): Promise<string> {
  const accepted = await post<{ taskId: string }>('/discovery', input);
  return (await settled(accepted, 'The discovery was not created.')).progress ?? '';
}
