/** What came of a request, in the words that decide what to do next. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The network, an overloaded or restarting server: the same again, after so many milliseconds if the server said so. */
  | { readonly kind: 'later'; readonly after?: number | undefined }
  /** The conversation is unknown to the server or no longer ours. */
  | { readonly kind: 'gone'; readonly message?: string | undefined }
  /** Asking again will not help; the server's sentence says why. */
  | { readonly kind: 'refused'; readonly message?: string | undefined };

const LATER = new Set([408, 425, 429]);
const GONE = new Set([401, 403, 404]);

/** Sorts an answer that is no success by its status. */
export function failure(status: number, message: string | undefined, after: number | undefined): Exclude<Outcome<never>, { kind: 'ok' }> {
  if (status >= 500 || LATER.has(status)) return { kind: 'later', after };
  if (GONE.has(status)) return { kind: 'gone', message };
  return { kind: 'refused', message };
}
