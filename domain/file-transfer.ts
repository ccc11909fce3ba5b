import { Readable } from 'node:stream';
import type { Attachment } from './attachment.ts';

/** How files go over HTTP, in both directions: the same for the chat and the workbench. */

/** Pictures that every browser shows and none executes; the only types that are ever shown in their place. */
export const SHOWN_IN_PLACE = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

export function isShownInPlace(type: string): boolean {
  return SHOWN_IN_PLACE.some((it) => it === type);
}

/** A name as long as this says nothing any more; the store makes it shorter still. */
const LONGEST_NAME = 1_000;

/**
 * A file that is the body of a request: its type is Content-Type's, its name stands percent-encoded in X-File-Name (a header holds no other letters, and
 * an address would end in the logs of every proxy).
 */
export function readUpload(headers: Readonly<Record<string, string | string[] | undefined>>): {
  readonly name: string;
  readonly type: string;
} {
  const name = headers['x-file-name'];
  const type = headers['content-type'];
  return { name: typeof name === 'string' ? decoded(name).slice(0, LONGEST_NAME) : '', type: typeof type === 'string' ? type : '' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The file in a request's body. It leaves the stream whole when whoever reads it has had enough, so that the answer can go back the same way. */
export function contentOf(body: unknown): AsyncIterable<Uint8Array> | Uint8Array {
  return body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : new Uint8Array();
}

/** So much of what is refused is still read: a browser that is cut off while it sends shows no answer, but a broken connection. */
const READ_OUT = 128 * 1024 * 1024;

/** Reads the rest of a body that was refused, and keeps nothing of it. */
export async function readOut(body: unknown): Promise<void> {
  let bytes = 0;
  try {
    for await (const piece of contentOf(body)) {
      bytes += piece instanceof Uint8Array ? piece.byteLength : 0;
      if (bytes > READ_OUT) return;
    }
  } catch {
    // The sender went away.
  }
}

/** What a browser might run. It is told nothing of it: a text to be kept, whatever opens it. */
const ACTIVE = /^text\/(?:html|xml|.*script)|[/+]xml$|script|flash|^multipart\//;

/**
 * The headers that a file's content is given with. Pictures may be shown, everything else is kept (RFC 6266); the browser believes the type and no
 * guess of its own, and whatever it opens can run nothing and reach nothing.
 */
export function contentHeaders({ name, type, size }: Attachment): Record<string, string> {
  const shown = isShownInPlace(type);
  return {
    'content-type': ACTIVE.test(type) ? 'application/octet-stream' : type,
    'content-length': String(size),
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="${asciiName(name)}"; filename*=UTF-8''${extValue(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cache-control': 'private, no-store',
  };
}

/** For what does not know filename*: other letters become underscores. */
function asciiName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7E]|["\\%]/g, '_');
}

/** RFC 8187, 3.2.1. */
function extValue(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
