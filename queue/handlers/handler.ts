import type { HandlerTask, Language } from '../../domain/index.ts';

/** What became of an attempt. What is thrown counts as failed. */
export type HandlerOutcome =
  | { readonly kind: 'sent'; readonly externalId: string | null; readonly said: string | null }
  /** Tried again later, and given up after many attempts. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterMs?: number | undefined }
  /** Never tried again: the case goes back to its team at once. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * How one kind of far side is reached. A task may come again, also after it arrived: whoever sends it says `runKey` with it, so that the far side
 * takes it once.
 */
export interface Handler {
  send(task: HandlerTask): Promise<HandlerOutcome>;
}

/** What handlers are given besides their settings. */
export interface HandlerMeans {
  /** The secret of a handler, from the environment. */
  readonly secret: (handler: string) => string | null;
  /** Where the far side of a handler says how it goes. */
  readonly callback: (handler: string) => string;
  /** How long a far side may take to answer. */
  readonly timeoutMs: number;
  /** How mail goes out to suppliers; null where there is no email. */
  readonly mail: SupplierMail | null;
}

/** Mail to a supplier, in a thread of its own: the requester is not in it. */
export interface SupplierMail {
  send(mail: SupplierLetter): Promise<HandlerOutcome>;
}

export interface SupplierLetter {
  readonly task: HandlerTask;
  readonly to: string;
  readonly language: Language;
  readonly supplier: string;
  readonly contract: { readonly number: string; readonly complete?: number | undefined } | null;
}
