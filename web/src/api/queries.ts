import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { SUBTYPES, type Credential, type CredentialOfKind, type SubType } from './credentials';
import { ApiError, get } from './http';
import { MOST, unlessHeard } from './live';
import type { Discovery, DiscoveryJob, NotContacted } from './discovery';
import type { Task } from './envelope';
import type { FlowItem, FlowResult } from './flow';
import type { Coverage, Device, Host, Interface, NetworkEvent, Topology } from './inventory';

const PAGE = 500; // the most that a page of the API has
const AT_ONCE = 5; // pages; a browser has six connections to a server
const MINUTE = 60_000;
const REPEATED = 10_000; // a trace that is repeated has a new answer every 30 s

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always', // a controller is reached where the browser thinks that it is offline
      // A server that is away comes back; a refusal stays one.
      retry: (count, problem) => problem instanceof ApiError && (problem.status === 0 || problem.status === 503) && count < 5,
      retryDelay: (count) => Math.min(1000 * 2 ** count, 10_000),
    },
    mutations: { networkMode: 'always' },
  },
});

/** Reads a list: its first page, and of a longer one the next ones, some at once, until one is not full. */
export async function all<T>(path: string, signal?: AbortSignal, most = 20_000, read = get<T[]>): Promise<T[]> {
  const joint = path.includes('?') ? '&' : '?';
  const page = (number: number) => read(`${path}${joint}offset=${number * PAGE + 1}&limit=${PAGE}`, signal);
  const rows = await page(0);
  const last = Math.ceil(most / PAGE);
  let isWhole = rows.length < PAGE;
  for (let next = 1; !isWhole && next < last; next += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, last - next) }, (_, i) => next + i);
    const pages = await Promise.all(numbers.map(page));
    pages.forEach((some) => rows.push(...some));
    isWhole = pages.some((some) => some.length < PAGE);
  }
  return rows;
}

export const devices = queryOptions({
  queryKey: ['devices'],
  queryFn: ({ signal }) => all<Device>('/network-device', signal),
  refetchInterval: MINUTE, // a device that was read again without a change is told by no stream
});

export const coverage = (id: string) =>
  queryOptions({ queryKey: ['coverage', id], queryFn: ({ signal }) => get<Coverage[]>(`/network-device/${id}/coverage`, signal) });

export const interfaces = (id: string) =>
  queryOptions({
    queryKey: ['interfaces', id],
    queryFn: ({ signal }) => get<Interface[]>(`/interface/network-device/${id}`, signal),
  });

export const hosts = (gone: boolean) =>
  queryOptions({ queryKey: ['hosts', gone], queryFn: ({ signal }) => all<Host>(`/host?isGone=${gone}`, signal), refetchInterval: MINUTE });

export const events = (kind: string | null) =>
  queryOptions({
    queryKey: ['events', kind],
    queryFn: ({ signal }) => get<NetworkEvent[]>(`/event?order=desc&limit=${MOST}${kind ? `&kind=${kind}` : ''}`, signal),
    refetchInterval: () => unlessHeard('event', 15_000),
  });

export const eventsOf = (device: string) =>
  queryOptions({
    queryKey: ['events of', device],
    queryFn: ({ signal }) => get<NetworkEvent[]>(`/event?deviceId=${encodeURIComponent(device)}&order=desc&limit=${MOST}`, signal),
    refetchInterval: () => unlessHeard('event', 15_000),
  });

/** The newest first; `since` in milliseconds. */
export const eventsSince = (since: number) =>
  queryOptions({
    queryKey: ['events since', since],
    queryFn: ({ signal }) => get<NetworkEvent[]>(`/event?startTime=${since}&order=desc&limit=${MOST}`, signal),
    refetchInterval: () => unlessHeard('event', MINUTE),
  });

export const recentTraces = queryOptions({
  queryKey: ['traces'],
  queryFn: ({ signal }) => get<FlowItem[]>('/flow-analysis?sortBy=createTime&order=desc&limit=20', signal),
});

/** Device text never ends up in an address; ids that are no UUID are refused by the server. */
export const trace = (id: string) =>
  queryOptions({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => get<FlowResult>(`/flow-analysis/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state: { data } }) => {
      if (data?.request.status === 'INPROGRESS') return 1000;
      return data?.request.periodicRefresh ? REPEATED : false;
    },
  });

export const topology = queryOptions({
  queryKey: ['topology'],
  queryFn: ({ signal }) => get<Topology>('/topology/physical-topology', signal),
  staleTime: MINUTE,
});

export const isRunning = ({ discoveryCondition }: Discovery) => discoveryCondition === 'Queued' || discoveryCondition === 'In Progress';

export const discoveries = queryOptions({
  queryKey: ['discoveries'],
  queryFn: ({ signal }) => get<Discovery[]>(`/discovery/1/${PAGE}`, signal),
  refetchInterval: (query) => (query.state.data?.some(isRunning) ? 2000 : MINUTE),
});

export const discovery = (id: string) =>
  queryOptions({
    queryKey: ['discovery', id],
    queryFn: ({ signal }) => get<Discovery>(`/discovery/${encodeURIComponent(id)}`, signal),
    refetchInterval: (query) => (query.state.data && !isRunning(query.state.data) ? MINUTE : 1000),
  });

/** Asked once more when the condition has changed: at the end of a run its last addresses have come. */
export const discoveryJobs = (id: string, condition: string | undefined) =>
  queryOptions({
    queryKey: ['discovery jobs', id, condition],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => all<DiscoveryJob>(`/discovery/${encodeURIComponent(id)}/job`, signal, 70_000),
  });

export const notContacted = (id: string) =>
  queryOptions({
    queryKey: ['not contacted', id],
    queryFn: ({ signal }) => get<NotContacted[]>(`/discovery/${encodeURIComponent(id)}/not-contacted?limit=100`, signal),
  });

export const credentials = queryOptions({
  queryKey: ['credentials'],
  queryFn: async ({ signal }): Promise<CredentialOfKind[]> => {
    const kinds = Object.keys(SUBTYPES) as SubType[];
    const found = await Promise.all(kinds.map((kind) => get<Credential[]>(`/global-credential?credentialSubType=${kind}`, signal)));
    return kinds.flatMap((subType, i) => found[i]!.map((credential) => ({ ...credential, subType })));
  },
});

export const tasks = queryOptions({
  queryKey: ['tasks'],
  queryFn: ({ signal }) => get<Task[]>(`/task?sortBy=startTime&order=desc&limit=${MOST}`, signal),
  refetchInterval: (query) => unlessHeard('task', query.state.data?.some((task) => task.endTime === undefined) ? 2000 : 15_000),
});

export const taskTree = (id: string) =>
  queryOptions({
    queryKey: ['task tree', id],
    queryFn: ({ signal }) => get<Task[]>(`/task/${encodeURIComponent(id)}/tree`, signal),
    refetchInterval: (query) => (query.state.data?.every((task) => task.endTime !== undefined) ? false : unlessHeard('task', 1000)),
  });
