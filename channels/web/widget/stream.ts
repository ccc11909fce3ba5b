import { refusal } from './api.ts';
import { pause, retryDelay } from './backoff.ts';
import { createSseParser, type SseEvent } from './sse.ts';

/** The server pings well within this; a silent line is a dead one (a laptop that slept, a proxy that forgot us). */
const SILENCE_MS = 60_000;

export interface FollowOptions {
  /** Opens the stream after what is known by then. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: SseEvent) => void;
  /** Connected, or not: false only after a try failed, so that a restart of the server does not flicker. */
  readonly onLink: (up: boolean) => void;
  readonly signal: AbortSignal;
}

/** Reads the stream for as long as it may, coming back after each loss. Ends with `gone` when the conversation is no longer ours. */
export async function follow(options: FollowOptions): Promise<'gone' | 'stopped'> {
  let failed = 0;
  while (!options.signal.aborted) {
    const result = await readOnce(options);
    if (result.kind === 'gone') return 'gone';
    if (result.kind === 'opened') {
      failed = 0;
    } else {
      failed++;
      options.onLink(false);
    }
    try {
      await pause(Math.max(result.after ?? 0, retryDelay(Math.max(0, failed - 1), Math.random())), options.signal);
    } catch {
      return 'stopped';
    }
  }
  return 'stopped';
}

type Read = { readonly kind: 'gone' | 'opened' | 'failed'; readonly after?: number | undefined };

async function readOnce({ open, onEvent, onLink, signal }: FollowOptions): Promise<Read> {
  const attempt = new AbortController();
  const stop = (): void => attempt.abort();
  let watchdog = setTimeout(stop, SILENCE_MS);
  signal.addEventListener('abort', stop);
  addEventListener('offline', stop);
  let kind: Read['kind'] = 'failed';
  try {
    const response = await open(attempt.signal);
    if (!response.ok || !response.body) {
      const why = refusal(response);
      return { kind: why.kind === 'gone' ? 'gone' : 'failed', after: why.kind === 'later' ? why.after : undefined };
    }
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) return { kind: 'failed' };
    kind = 'opened';
    onLink(true);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parse = createSseParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { kind };
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, SILENCE_MS);
      for (const event of parse(value)) onEvent(event);
    }
  } catch {
    return { kind };
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener('abort', stop);
    removeEventListener('offline', stop);
    attempt.abort();
  }
}
