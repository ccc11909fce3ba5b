import { infiniteQueryOptions, MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import type { IntakeRow, Me } from '../protocol.ts';
import { ApiError, api } from './api.ts';
import type { View } from './router.ts';

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await api.me();
    } catch (error) {
      if (isSignedOut(error)) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export const queuesQuery = queryOptions({ queryKey: ['queues'], queryFn: api.queues });

export const caseQuery = (id: string) => queryOptions({ queryKey: ['case', id], queryFn: () => api.case(id) });

export const casesQuery = (view: View, search: string) =>
  infiniteQueryOptions({
    queryKey: ['cases', view, search],
    queryFn: ({ pageParam }) => api.cases(view, search, pageParam),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  });

export const intakeQuery = (status: IntakeRow['status']) =>
  queryOptions({ queryKey: ['intake', status], queryFn: () => api.intake(status) });

/** Typed here, because a bare `null` would be taken for the only cursor there is. */
function firstPage(): string | null {
  return null;
}

/**
 * One client for the page. Wherever a 401 comes from, the page then knows that nobody is signed in; a refusal is never
 * repeated, a server that didn't answer is asked twice more.
 */
export function newQueryClient(): QueryClient {
  const onError = (error: Error) => {
    if (isSignedOut(error)) client.setQueryData(meQuery.queryKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

/** All that a change of cases can alter in the page. */
export function refreshLists(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: queuesQuery.queryKey });
  void client.invalidateQueries({ queryKey: ['cases'] });
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
