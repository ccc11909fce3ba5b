import { createHash, type Hash } from 'node:crypto';
import {
  type Attachment,
  AttachmentError,
  type AttachmentId,
  type AttachmentState,
  type AttachmentStore,
  type Content,
  mayOpen,
  type NewAttachment,
  newId,
} from '../domain/index.ts';
import type { KeptAttachment, Register } from '../register/index.ts';
import { type Blobs, newKey, pieces } from './blobs.ts';
import { endingOf, safeName } from './name.ts';
import type { Scanner, Verdict } from './scanner.ts';
import { HEAD, mediaType, sniff } from './type.ts';

export interface FilesOptions {
  readonly blobs: Blobs;
  readonly attachments: Register['attachments'];
  /** Null: nothing is checked. */
  readonly scanner: Scanner | null;
  /** In bytes. */
  readonly largest: number;
  /** Endings of names that are refused, in lower case without a dot. */
  readonly refused: readonly string[];
  /** An attachment that was held has been judged. */
  readonly judged?: (id: AttachmentId) => void;
}

/** What was never sent is kept so long: a visitor may come back to what he was writing. */
const LOOSE_MS = 24 * 3_600_000;
/** After the scanner did not answer it is left alone so long: each file would wait for it in vain. */
const LET_BE_MS = 15_000;
const AT_ONCE = 100;

/** Attachments: their rows in the register, their content among the blobs, and the scanner that looks at them. */
export class Files implements AttachmentStore {
  readonly #options: FilesOptions;
  #awayUntil = 0;

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  async store(content: Content, about: NewAttachment): Promise<Attachment> {
    const { attachments, blobs } = this.#options;
    const name = safeName(about.name, about.type);
    this.#refuseByName(name);
    const id = newId<AttachmentId>();
    const key = newKey();
    await attachments.begin({ ...about, id, key, name });
    try {
      const measured = new Measured(content, this.#options.largest);
      await blobs.put(measured.read(), key);
      const type = mediaType(about.type, measured.head);
      const { state, detail } = await this.#judge(key);
      const unnamed = about.name === '' ? safeName('', type) : name;
      await attachments.complete(id, { name: unnamed, type, size: measured.size, sha256: measured.sha256(), state, detail });
      return { id, name: unnamed, type, size: measured.size, state };
    } catch (error) {
      // What fails here too is swept away later: the row says where it is.
      await blobs
        .remove(key)
        .then(() => attachments.remove([id]))
        .catch(() => {});
      throw error;
    }
  }

  async open(id: AttachmentId): Promise<{ readonly attachment: Attachment; readonly content: AsyncIterable<Uint8Array> }> {
    const found = await this.#options.attachments.byId(id);
    if (!found) throw new AttachmentError('unknown', 'there is no such attachment');
    const { key, ...attachment } = found;
    if (!mayOpen(attachment.state)) throw new AttachmentError(attachment.state === 'infected' ? 'infected' : 'held', attachment.state);
    return { attachment, content: await this.#options.blobs.open(key) };
  }

  /** Checks what was held while the scanner was away. @returns how many were judged */
  async checkHeld(): Promise<number> {
    if (!this.#options.scanner) return 0;
    let judged = 0;
    for (const it of await this.#options.attachments.held(AT_ONCE)) {
      const judgement = await this.#judgeHeld(it);
      // The others would wait in vain too.
      if (judgement.state === 'held' && judgement.detail === null) break;
      await this.#options.attachments.judge(it.id, judgement);
      if (judgement.state === 'held') continue;
      judged += 1;
      this.#options.judged?.(it.id);
    }
    return judged;
  }

  /** Removes what belongs to nothing: never sent, or its message is gone. @returns how many */
  async sweep(olderThanMs: number = LOOSE_MS): Promise<number> {
    const { attachments, blobs } = this.#options;
    const loose = await attachments.loose(olderThanMs, AT_ONCE);
    for (const { id, key } of loose) {
      // In this order: a row without content is swept again, content without a row would stay for ever.
      await blobs.remove(key);
      await attachments.remove([id]);
    }
    return loose.length;
  }

  #refuseByName(name: string): void {
    const ending = endingOf(name);
    if (this.#options.refused.includes(ending)) throw new AttachmentError('refused-type', `files that end in .${ending} are not taken`);
  }

  async #judgeHeld({ key }: KeptAttachment): Promise<Judgement> {
    try {
      return await this.#judge(key);
    } catch (error) {
      if (error instanceof AttachmentError && error.code === 'unknown') return { state: 'held', detail: 'its content is gone' };
      throw error;
    }
  }

  async #judge(key: string): Promise<Judgement> {
    const { scanner, blobs } = this.#options;
    if (!scanner) return { state: 'unchecked', detail: null };
    if (Date.now() < this.#awayUntil) return { state: 'held', detail: null };
    const verdict = await scanner.scan(await blobs.open(key));
    if (verdict.kind === 'away') this.#awayUntil = Date.now() + LET_BE_MS;
    return judgementOf(verdict);
  }
}

interface Judgement {
  readonly state: AttachmentState;
  /** With `held` and null it was not looked at yet. */
  readonly detail: string | null;
}

function judgementOf(verdict: Verdict): Judgement {
  switch (verdict.kind) {
    case 'clean':
      return { state: 'clean', detail: null };
    case 'infected':
      return { state: 'infected', detail: verdict.found };
    case 'unable':
      return { state: 'held', detail: verdict.why };
    case 'away':
      return { state: 'held', detail: null };
    default:
      verdict satisfies never;
      return { state: 'held', detail: null };
  }
}

/** Content that is measured as it goes by, and ends when it is too much or is a program. */
class Measured {
  readonly #content: Content;
  readonly #largest: number;
  readonly #hash: Hash = createHash('sha256');
  head: Uint8Array = new Uint8Array();
  size = 0;

  constructor(content: Content, largest: number) {
    this.#content = content;
    this.#largest = largest;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces(this.#content)) {
      this.size += piece.byteLength;
      if (this.size > this.#largest) throw new AttachmentError('too-large', `more than ${this.#largest} bytes`);
      if (this.head.byteLength < HEAD) this.#look(piece);
      this.#hash.update(piece);
      yield piece;
    }
    if (this.size === 0) throw new AttachmentError('empty', 'there is nothing in it');
  }

  sha256(): Buffer {
    return this.#hash.digest();
  }

  #look(piece: Uint8Array): void {
    this.head = Buffer.concat([this.head, piece.subarray(0, HEAD - this.head.byteLength)]);
    if (sniff(this.head) === 'program') throw new AttachmentError('refused-type', 'it is a program');
  }
}
