import type { TimelineMessage } from '../protocol.ts';
import { isMessages, isObject } from './guards.ts';

/** What the tabs of one browser tell each other about a conversation. */
export type TabMessage =
  | { readonly kind: 'messages'; readonly messages: readonly TimelineMessage[] }
  | { readonly kind: 'typing'; readonly on: boolean }
  | { readonly kind: 'link'; readonly up: boolean }
  /** A follower asks the leader for a sign of life. */
  | { readonly kind: 'who' }
  | { readonly kind: 'here'; readonly last: number; readonly up: boolean };

export interface TabsOptions {
  readonly name: string;
  /** Reads the stream until the signal says that another tab does so. */
  readonly lead: (signal: AbortSignal) => Promise<void>;
  readonly onMessage: (message: TabMessage) => void;
  /** What the leader answers to `who`. */
  readonly here: () => { readonly last: number; readonly up: boolean };
  readonly signal: AbortSignal;
}

const ASK_MS = 20_000;
const ANSWER_MS = 3000;

/**
 * One stream per browser: the tab that holds the lock reads it and passes on what comes; when it closes, the lock goes to the next.
 * A tab that the browser froze keeps its lock, so a visible follower asks for a sign of life now and then, and takes the lock when none comes.
 * Without locks (plain http, old browsers, a frame whose storage is blocked) each tab reads a stream of its own.
 * @returns passes a message on to the other tabs
 */
export function joinTabs(options: TabsOptions): (message: TabMessage) => void {
  const { name, lead, onMessage, here, signal } = options;
  if (!('locks' in navigator) || typeof BroadcastChannel !== 'function') {
    void lead(signal);
    return () => undefined;
  }
  const channel = new BroadcastChannel(name);
  let leading = false;
  let heard = 0;
  let queue = new AbortController();

  async function compete(steal: boolean): Promise<void> {
    const turn = new AbortController();
    const mine = queue;
    const request: LockOptions = steal ? { steal: true } : { signal: mine.signal };
    try {
      await navigator.locks.request(name, request, async () => {
        leading = true;
        await lead(AbortSignal.any([signal, turn.signal]));
      });
    } catch (error) {
      // A frame whose storage the browser blocks gets no lock at all: alone then.
      if (!leading && isDenied(error)) return await lead(signal);
      // Stolen by another tab, or withdrawn from the queue to steal it ourselves.
    }
    turn.abort();
    if (signal.aborted || mine !== queue) return;
    leading = false;
    await compete(false);
  }

  function ask(): void {
    if (leading || document.visibilityState !== 'visible') return;
    const before = heard;
    channel.postMessage({ kind: 'who' });
    setTimeout(() => {
      if (leading || heard !== before || signal.aborted || document.visibilityState !== 'visible') return;
      const old = queue;
      queue = new AbortController();
      old.abort();
      void compete(true);
    }, ANSWER_MS);
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isTabMessage(data)) return;
    if (data.kind === 'here' || data.kind === 'link') heard++;
    if (data.kind !== 'who') onMessage(data);
    else if (leading) channel.postMessage({ kind: 'here', ...here() });
  };
  const asking = setInterval(ask, ASK_MS);
  document.addEventListener('visibilitychange', ask, { signal });
  signal.addEventListener('abort', () => {
    clearInterval(asking);
    queue.abort();
    channel.close();
  });
  void compete(false);
  ask();
  return (message) => {
    if (!signal.aborted) channel.postMessage(message);
  };
}

function isDenied(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'SecurityError';
}

function isTabMessage(value: unknown): value is TabMessage {
  if (!isObject(value)) return false;
  if (value.kind === 'messages') return isMessages(value.messages);
  if (value.kind === 'typing') return typeof value.on === 'boolean';
  if (value.kind === 'link') return typeof value.up === 'boolean';
  if (value.kind === 'here') return typeof value.last === 'number' && typeof value.up === 'boolean';
  return value.kind === 'who';
}

const busy = new Map<string, Promise<unknown>>();
/** Longer than any request takes. */
const LOCK_MS = 45_000;

/**
 * Does one thing at a time under this name, over all tabs where the browser can, else within this one.
 * A phone may suspend a tab in the middle: after a while the lock is passed over, as the ids of messages keep them single anyway.
 */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  if ('locks' in navigator) {
    let entered = false;
    try {
      return await navigator.locks.request(name, { signal: AbortSignal.timeout(LOCK_MS) }, () => {
        entered = true;
        return work();
      });
    } catch (error) {
      if (entered) throw error;
      // Suspended in another tab, or denied in a frame whose storage is blocked: then within this one.
    }
  }
  const turn = (busy.get(name) ?? Promise.resolve()).then(work, work);
  busy.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}
