import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openEvents } from './api.ts';
import { caseQuery, meQuery, presenceQuery, refreshLists } from './queries.ts';
import { readEvents } from './sse.ts';

/** Several events of one action become one round of questions to the server. */
const DEBOUNCE = 150;
const RETRY = 2_000;

type Told =
  | { readonly kind: 'case'; readonly id: string }
  | { readonly kind: 'presence' }
  | { readonly kind: 'all' }
  | { readonly kind: 'lost' };

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
    // A frame whose storage the browser blocks gets no lock either.
    const alone = (error: unknown) => {
      if (error instanceof DOMException && error.name === 'SecurityError') void listen();
    };
    // Without a lock (plain http to another machine) each tab listens for itself.
    if (navigator.locks) navigator.locks.request('loket-workbench-events', { signal: stop.signal }, listen).catch(alone);
    else void listen();
    return () => {
      stop.abort();
      channel.close();
    };
  }, [client]);
  return up;
}

/** Listens, and connects again when the stream ends: a proxy cuts it, a phone sleeps, the server starts anew. */
async function listenUntil(stop: AbortSignal, tell: (told: Told) => void): Promise<void> {
  while (!stop.aborted) {
    try {
      const response = await openEvents(stop);
      if (response.ok && response.body) {
        // Whatever happened while we weren't listening: ask again for everything.
        tell({ kind: 'all' });
        for await (const { event, data } of readEvents(response.body)) {
          if (event === 'case') tell(caseOf(data));
          if (event === 'presence') tell({ kind: 'presence' });
        }
      }
    } catch {
      // Not reached, or cut off: it is told below.
    }
    if (stop.aborted) return;
    tell({ kind: 'lost' });
    await pause(RETRY, stop);
  }
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, milliseconds);
    stop.addEventListener('abort', () => {
      window.clearTimeout(timer);
      resolve();
    });
  });
}

function caseOf(data: string): Told {
  const id = caseIdOf(data);
  return id === null ? { kind: 'all' } : { kind: 'case', id };
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
    else if (told.kind === 'presence') void client.invalidateQueries({ queryKey: presenceQuery.queryKey });
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
