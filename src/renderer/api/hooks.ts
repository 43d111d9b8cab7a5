import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Input, MethodName, Output } from '../../contract/api.ts';
import { call } from '../../contract/client.ts';
import type { ReadMethod } from './areas.ts';
import { useHost } from './context.tsx';

type PagedMethod = {
  [M in ReadMethod]: Output<M> extends { rows: unknown[]; next: string | null } ? M : never;
}[ReadMethod];

export type RowOf<M extends PagedMethod> = Output<M>['rows'][number];

interface CallOptions {
  enabled?: boolean;
  /** Keep the last answer on screen while the input changes. */
  keep?: boolean;
  /** Ask anew whenever the screen is opened: for what the host changes without an event. */
  fresh?: boolean;
  /** Ask anew every so many milliseconds while it is shown: for what grows before the host's event. */
  every?: number | undefined;
}

/** Calls any method once; rejects with `CallFailed`. For event handlers. */
export function useInvoke() {
  const { bridge } = useHost();
  return useCallback(
    <M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> => call(bridge, method, input),
    [bridge],
  );
}

/** The cached answer of a reading method; asked again when one of its areas changes. */
export function useCall<M extends ReadMethod>(
  method: M,
  input: Input<M>,
  options: CallOptions = {},
): UseQueryResult<Output<M>> {
  const invoke = useInvoke();
  return useQuery<Output<M>>({
    queryKey: [method, input],
    queryFn: () => invoke(method, input),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
    ...(options.fresh ? { refetchOnMount: 'always' as const } : {}),
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
  });
}

/** A listing that grows page by page. */
export interface Listing<T> {
  rows: T[];
  /** Says which listing this is: the same for the same question. */
  key?: string;
  /** Rows of the whole filter; null until the first page answers. */
  total: number | null;
  /** First page under way, nothing to show. */
  loading: boolean;
  /** Another page under way. */
  loadingMore: boolean;
  more: boolean;
  error: Error | null;
  /** The rows shown are of the filter before; the new ones are on their way. */
  previous: boolean;
  /** Something changed underneath and the rows were not read again by themselves. */
  changed: boolean;
  loadMore: () => void;
  /** Reads again from the first page. */
  refresh: () => void;
}

const EMPTY: never[] = [];
const PAGE_ROWS = 200;

/** A paged listing of the contract; `input` without cursor and limit. */
export function usePages<M extends PagedMethod>(
  method: M,
  input: Omit<Input<M>, 'cursor' | 'limit'>,
  options: CallOptions & { limit?: number } = {},
): Listing<RowOf<M>> {
  const invoke = useInvoke();
  const client = useQueryClient();
  const limit = options.limit ?? PAGE_ROWS;
  const queryKey = [method, input, limit];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => invoke(method, { ...input, cursor: pageParam, limit } as unknown as Input<M>),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Output<M>) => page.next,
    enabled: options.enabled ?? true,
    placeholderData: keepPreviousData,
    ...(options.fresh ? { gcTime: 0 } : {}),
  });
  const { data, fetchNextPage, isFetching, hasNextPage } = query;
  const rows = useMemo(
    () => (data ? (data.pages.flatMap((page) => page.rows as unknown[]) as RowOf<M>[]) : EMPTY),
    [data],
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  return {
    rows,
    key: JSON.stringify(queryKey),
    total: data?.pages[0]?.total ?? null,
    loading: query.isLoading,
    loadingMore: query.isFetchingNextPage,
    more: hasNextPage,
    error: query.error,
    previous: query.isPlaceholderData,
    changed: query.isStale && !isFetching && rows.length > 0,
    loadMore,
    refresh: () => void client.resetQueries({ queryKey, exact: true }),
  };
}

/** A method that changes something. Areas it touches are refreshed by the host's events. */
export function useCommand<M extends MethodName>(method: M): UseMutationResult<Output<M>, Error, Input<M>> {
  const invoke = useInvoke();
  return useMutation<Output<M>, Error, Input<M>>({ mutationFn: (input) => invoke(method, input) });
}
