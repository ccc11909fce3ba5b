import type { Attached, KnownList, SendRequest, Sent, Started, StartRequest, Timeline } from '../protocol.ts';
import { parseRetryAfter } from './backoff.ts';
import { errorMessage, isKnownList, isSent, isStarted, isTimeline, parseJson } from './guards.ts';
import { failure, type Outcome } from './outcome.ts';
import { upload } from './upload.ts';

/** A turn with an LLM takes seconds; after this the same message is sent again under the same id. */
const TIMEOUT_MS = 30_000;

/** What opens a conversation. */
export interface Key {
  readonly conversation: string;
  readonly secret: string;
}

/** The requests of the protocol. None of them throws: what went wrong is an outcome. */
export class Api {
  readonly #base: string;
  readonly #language: string;

  /**
   * @param base the folder the script came from, so that a desk behind a path prefix is found too
   * @param language the one in which the server's sentences are shown
   */
  constructor(base: string, language: string) {
    this.#base = base;
    this.#language = language;
  }

  start(request: StartRequest): Promise<Outcome<Started>> {
    return this.#json('conversations', { method: 'POST', body: JSON.stringify(request) }, isStarted);
  }

  send(key: Key, request: SendRequest): Promise<Outcome<Sent>> {
    return this.#json(path(key, 'messages'), { method: 'POST', body: JSON.stringify(request), headers: bearer(key) }, isSent);
  }

  timeline(key: Key, after?: number): Promise<Outcome<Timeline>> {
    return this.#json(path(key, 'messages', after), { headers: bearer(key) }, isTimeline);
  }

  /** What is known to be wrong, for whoever comes to report it. */
  known(): Promise<Outcome<KnownList>> {
    return this.#json('known', {}, isKnownList);
  }

  upload(key: Key, file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Outcome<Attached>> {
    const headers = { ...bearer(key), Accept: 'application/json', 'Accept-Language': this.#language };
    return upload(this.#base + path(key, 'attachments'), file, headers, onProgress, signal);
  }

  /** A file's content; null when it cannot be had. */
  async file(key: Key, id: string): Promise<Blob | null> {
    try {
      const address = `${this.#base}${path(key, 'attachments')}/${encodeURIComponent(id)}`;
      const response = await fetch(address, { headers: bearer(key), cache: 'no-store', credentials: 'omit' });
      return response.ok ? await response.blob() : null;
    } catch {
      return null;
    }
  }

  /** The stream; fails as `fetch` does. */
  events(key: Key, after: number, signal: AbortSignal): Promise<Response> {
    const headers = { ...bearer(key), Accept: 'text/event-stream' };
    return fetch(this.#base + path(key, 'events', after), { headers, signal, cache: 'no-store', credentials: 'omit' });
  }

  async #json<T>(address: string, init: RequestInit, is: (value: unknown) => value is T): Promise<Outcome<T>> {
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': this.#language };
    if (init.body) headers['Content-Type'] = 'application/json';
    try {
      const response = await fetch(this.#base + address, {
        ...init,
        headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body = parseJson(await response.text());
      if (!response.ok) return refusal(response, body);
      // A success that is no answer of ours comes from something in between (a sign-in page of a proxy): try again.
      return is(body) ? { kind: 'ok', value: body } : { kind: 'later' };
    } catch {
      return { kind: 'later' };
    }
  }
}

/** What an answer that is no success means. */
export function refusal(response: Response, body?: unknown): Exclude<Outcome<never>, { kind: 'ok' }> {
  return failure(response.status, errorMessage(body), parseRetryAfter(response.headers.get('Retry-After'), Date.now()));
}

function path(key: Key, what: 'messages' | 'events' | 'attachments', after?: number): string {
  return `conversations/${encodeURIComponent(key.conversation)}/${what}${after === undefined ? '' : `?after=${after}`}`;
}

function bearer(key: Key): Record<string, string> {
  return { Authorization: `Bearer ${key.secret}` };
}
