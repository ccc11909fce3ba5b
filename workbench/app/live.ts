import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { EVENTS_URL } from './api.ts';
import { caseQuery, meQuery, refreshLists } from './queries.ts';

/** Several events of one action become one round of questions to the server. */
const DEBOUNCE = 150;
const RETRY = 3_000;

type Told = { readonly kind: 'case'; readonly id: string } | { readonly kind: 'all' } | { readonly kind: 'lost' };

/**
 * Keeps what is on screen as it stands in the register. A browser has six connections per host over HTTP/1.1, so the tabs
 * share one stream: the tab that holds the lock listens and tells the others; when it closes, the next takes over.
 * @returns whether the stream is up
 */
export function useLive(): boolean {
  const client = useQueryClient();
  const [up, setUp] = useState(true);
  useEffect(() => {
    const stop = new AbortController();
    const refresh = newRefresher(client);
    const channel = new BroadcastChannel('loket-workbench');
    const hear = (told: Told) => {
      setUp(told.kind !== 'lost');
      refresh(told);
    };
    const tell = (told: Told) => {
      if (stop.signal.aborted) return;
      hear(told);
      channel.postMessage(told);
    };
    channel.onmessage = (event: MessageEvent<Told>) => hear(event.data);
    const listen = () => listenUntil(stop.signal, tell);
    // Without a lock (plain http to another machine) each tab listens for itself.
    if (navigator.locks) navigator.locks.request('loket-workbench-events', { signal: stop.signal }, listen).catch(() => {});
    else void listen();
    return () => {
      stop.abort();
      channel.close();
    };
  }, [client]);
  return up;
}

/** Listens, and connects again when the browser gave up (it does after an error page of a proxy). */
async function listenUntil(stop: AbortSignal, tell: (told: Told) => void): Promise<void> {
  while (!stop.aborted) {
    await new Promise<void>((resolve) => {
      const source = new EventSource(EVENTS_URL);
      const end = () => {
        source.close();
        resolve();
      };
      stop.addEventListener('abort', end, { once: true });
      // Whatever happened while we weren't listening: ask again for everything.
      source.onopen = () => tell({ kind: 'all' });
      source.onerror = () => {
        tell({ kind: 'lost' });
        if (source.readyState !== EventSource.CLOSED) return;
        stop.removeEventListener('abort', end);
        window.setTimeout(end, RETRY);
      };
      source.addEventListener('case', (event: MessageEvent<string>) => {
        const id = caseIdOf(event.data);
        tell(id === null ? { kind: 'all' } : { kind: 'case', id });
      });
    });
  }
}

function newRefresher(client: QueryClient): (told: Told) => void {
  const cases = new Set<string>();
  let all = false;
  let timer: number | undefined;
  const flush = () => {
    timer = undefined;
    if (all) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'peek' });
    else {
      refreshLists(client);
      for (const id of cases) void client.invalidateQueries({ queryKey: caseQuery(id).queryKey });
    }
    all = false;
    cases.clear();
  };
  return (told) => {
    // A refused stream looks like a lost one; asking who we are tells them apart.
    if (told.kind === 'lost') void client.invalidateQueries({ queryKey: meQuery.queryKey });
    else {
      if (told.kind === 'all') all = true;
      else cases.add(told.id);
      if (timer === undefined) timer = window.setTimeout(flush, DEBOUNCE);
    }
  };
}

function caseIdOf(data: string): string | null {
  try {
    const value: unknown = JSON.parse(data);
    return value !== null && typeof value === 'object' && 'id' in value && typeof value.id === 'string' ? value.id : null;
  } catch {
    return null;
  }
}
