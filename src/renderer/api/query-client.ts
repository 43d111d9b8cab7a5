import { QueryClient } from '@tanstack/react-query';
import type { HostEvent } from '../../contract/api.ts';
import { isTouched } from './areas.ts';
import type { Bridge } from './bridge.ts';
import type { JobStore } from './jobs.ts';

/** All state is the host's: an answer stays good until an event says otherwise. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        // As long as an officer may look at something else and come back to a list at the same place.
        gcTime: 600_000,
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Lists longer than this are not read again behind the officer's back; the table offers it. */
const PAGES_REFRESHED = 3;

/** Milliseconds over which `changed` events are gathered: an import sends many. */
const GATHER_MS = 250;

function pagesOf(data: unknown): number {
  return data && typeof data === 'object' && 'pages' in data && Array.isArray(data.pages)
    ? data.pages.length
    : 0;
}

/** Marks answers as old by the areas that changed, and asks again where something shows them. */
export function invalidateAreas(client: QueryClient, areas: readonly string[]): void {
  const touched = (key: readonly unknown[]) => typeof key[0] === 'string' && isTouched(key[0], areas);
  void client.invalidateQueries({
    predicate: (query) => touched(query.queryKey) && pagesOf(query.state.data) <= PAGES_REFRESHED,
  });
  void client.invalidateQueries({
    refetchType: 'none',
    predicate: (query) => touched(query.queryKey) && pagesOf(query.state.data) > PAGES_REFRESHED,
  });
}

/** Feeds events of the host into the query cache and the job store. Answers the way to stop. */
export function listen(bridge: Bridge, client: QueryClient, jobs: JobStore): () => void {
  const pending = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const areas = [...pending];
    pending.clear();
    invalidateAreas(client, areas);
  };
  const unsubscribe = bridge.subscribe((event: HostEvent) => {
    if (event.type === 'job.progress') jobs.progress(event);
    else if (event.type === 'workspace.status') applyStatus(client, event.status);
    else {
      for (const area of event.areas) pending.add(area);
      timer ??= setTimeout(flush, GATHER_MS);
    }
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}

const STATUS_KEY = ['workspace.status', {}] as const;

type Status = Extract<HostEvent, { type: 'workspace.status' }>['status'];

/**
 * Takes over a workspace status. Another workspace, another officer or a lock empties the cache:
 * nothing of what was on screen may outlive the right to see it.
 */
export function applyStatus(client: QueryClient, status: Status): void {
  const before = client.getQueryData<Status>(STATUS_KEY);
  const same =
    before?.workspaceId === status.workspaceId &&
    before?.officer?.id === status.officer?.id &&
    before?.state === status.state;
  if (!same) client.removeQueries({ predicate: (query) => query.queryKey[0] !== STATUS_KEY[0] });
  client.setQueryData(STATUS_KEY, status);
}
