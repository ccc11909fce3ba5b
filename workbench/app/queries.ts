import { infiniteQueryOptions, keepPreviousData, MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import type { ExampleRow, IntakeRow, Me, SendRow, StorySoFar } from '../protocol.ts';
import { ApiError, type AuditFilter, api } from './api.ts';
import type { Shape } from './list/shape.ts';
import type { View } from './router.ts';
import { NoToken } from './teams/host.ts';

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

export const noticesQuery = queryOptions({ queryKey: ['notices'], queryFn: api.notices, refetchInterval: 60_000 });

export const disruptionsQuery = queryOptions({ queryKey: ['disruptions'], queryFn: api.disruptions, refetchInterval: 60_000 });

/** Who is to be called with news. */
export const callBacksQuery = queryOptions({ queryKey: ['call-backs'], queryFn: api.callBacks, refetchInterval: 60_000 });

export const peopleQuery = (search: string) =>
  queryOptions({
    queryKey: ['persons', search],
    queryFn: () => api.people(search),
    enabled: search.trim().length > 1,
    placeholderData: keepPreviousData,
  });

export const personQuery = (id: string) => queryOptions({ queryKey: ['person', id], queryFn: () => api.person(id) });

/** What the desk makes of what is typed; what it made of a moment ago stays until then. */
export const lookQuery = (story: StorySoFar) =>
  queryOptions({
    queryKey: ['look', story],
    queryFn: () => api.look(story),
    enabled: story.text.trim() !== '' || story.person !== undefined,
    placeholderData: keepPreviousData,
  });
export const approvalsQuery = queryOptions({ queryKey: ['approvals'], queryFn: api.approvals, refetchInterval: 60_000 });

export const caseQuery = (id: string) => queryOptions({ queryKey: ['case', id], queryFn: () => api.case(id) });

/** What was merged into a case, or it into. */
export const mergedQuery = (id: string) => queryOptions({ queryKey: ['merged', id], queryFn: () => api.merged(id) });

/** How it stands with a case's parts. */
export const partsQuery = (id: string) => queryOptions({ queryKey: ['parts', id], queryFn: () => api.parts(id) });

/** Who is at which case; asked again too because somebody may go without a word. */
export const presenceQuery = queryOptions({ queryKey: ['presence'], queryFn: api.presence, refetchInterval: 20_000 });

/** The texts that are kept ready, as they are managed. */
export const cannedQuery = queryOptions({ queryKey: ['canned'], queryFn: api.canned });

/** The same, filled in for a case. */
export const caseCannedQuery = (id: string) => queryOptions({ queryKey: ['case-canned', id], queryFn: () => api.caseCanned(id) });

/** Who is given what. */
export const workersQuery = queryOptions({ queryKey: ['workers'], queryFn: api.workers });

/** What was solved before changes slowly. */
export const suggestionsQuery = (id: string) =>
  queryOptions({ queryKey: ['suggestions', id], queryFn: () => api.suggestions(id), staleTime: 60_000 });

/** A case's mails and what was sent about it; told anew with the case. */
export const caseMailsQuery = (id: string) => queryOptions({ queryKey: ['case', id, 'mails'], queryFn: () => api.caseMails(id) });

/** The lists that are kept under a name. */
export const viewsQuery = queryOptions({ queryKey: ['views'], queryFn: api.views });

export const casesQuery = (view: View, shape: Shape) =>
  infiniteQueryOptions({
    queryKey: ['cases', view, shape],
    queryFn: ({ pageParam }) => api.cases(view, shape, pageParam),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  });

export const intakeQuery = (status: IntakeRow['status']) =>
  queryOptions({ queryKey: ['intake', status], queryFn: () => api.intake(status) });

/** The send log; null: whatever became of it. */
export const sendsQuery = (outcome: SendRow['outcome'] | null) =>
  infiniteQueryOptions({
    queryKey: ['sends', outcome],
    queryFn: ({ pageParam }) => api.sends(outcome, pageParam),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  });

/** Who did and saw what. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => api.audit(filter, pageParam),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  });

export const examplesQuery = (state: ExampleRow['state']) =>
  queryOptions({ queryKey: ['learning', state], queryFn: () => api.examples(state) });

export const modelsQuery = queryOptions({ queryKey: ['models'], queryFn: api.models });

/** Typed here, because a bare `null` would be taken for the only cursor there is. */
function firstPage(): string | null {
  return null;
}

/**
 * One client for the page. Wherever a 401 comes from, the page then knows that nobody is signed in; a refusal is never
 * repeated, a server that didn't answer is asked twice more.
 */
export function newQueryClient(): QueryClient {
  const onError = (error: Error, meta: Record<string, unknown> | undefined) => {
    // A spent link is refused the same way, but leaves whoever is signed in as they are.
    if (isSignedOut(error) && !meta?.signIn) client.setQueryData(meQuery.queryKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => onError(error, query.meta) }),
    mutationCache: new MutationCache({ onError: (error, _, __, mutation) => onError(error, mutation.meta) }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: again, retryDelay: (count) => Math.min(1000 * 2 ** count, 4000) },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

/** A refusal stays one; a desk that is still starting (503) gets its minute. */
function again(count: number, error: Error): boolean {
  if (error instanceof NoToken) return false;
  const status = error instanceof ApiError ? error.status : 0;
  if (status >= 400 && status < 500) return false;
  return count < (status === 503 ? 20 : 2);
}

/** All that a change of cases can alter in the page. */
export function refreshLists(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: queuesQuery.queryKey });
  void client.invalidateQueries({ queryKey: ['cases'] });
  void client.invalidateQueries({ queryKey: viewsQuery.queryKey });
  void client.invalidateQueries({ queryKey: ['parts'] });
  void client.invalidateQueries({ queryKey: ['merged'] });
  void client.invalidateQueries({ queryKey: noticesQuery.queryKey });
  void client.invalidateQueries({ queryKey: disruptionsQuery.queryKey });
  void client.invalidateQueries({ queryKey: callBacksQuery.queryKey });
  void client.invalidateQueries({ queryKey: approvalsQuery.queryKey });
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && error.code !== 'bad-token';
}
