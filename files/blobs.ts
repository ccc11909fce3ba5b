import { randomBytes } from 'node:crypto';
import type { Content } from '../domain/index.ts';

/** Where bytes are kept, by a random key. */
export interface Blobs {
  /**
   * Keeps content; when it returns, it is there. When it throws, nothing is.
   * @returns its key
   * @throws AttachmentError `storage-full` or `storage-away`; what the content itself throws comes through as it is
   */
  put(content: Content, key?: string): Promise<string>;
  /** @throws AttachmentError `unknown` or `storage-away` */
  open(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** What is not there is removed already. @throws AttachmentError `storage-away` */
  remove(key: string): Promise<void>;
  /** Whether it can be written to and read from, for `loket doctor`. @throws what is wrong */
  check(): Promise<void>;
}

/** 128 bits that nobody guesses; no part of it comes from outside. */
export function newKey(): string {
  return randomBytes(16).toString('hex');
}

export const KEY = /^[0-9a-f]{32}$/;

/** Content in pieces, whichever way it was given. */
export async function* pieces(content: Content): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else yield* content;
}
