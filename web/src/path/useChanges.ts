import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { PathGraph } from '../api/flow';
import type { NetworkEvent } from '../api/inventory';
import { eventsSince } from '../api/queries';
import { changesOnPath, DAY } from './changes';

/** What changed on the path in the last day, the newest first. */
export function useChanges(graph: PathGraph | undefined): NetworkEvent[] {
  const [since] = useState(() => Date.now() - DAY);
  const { data } = useQuery(eventsSince(since));
  return useMemo(() => (graph && data ? changesOnPath(graph, data) : []), [graph, data]);
}
