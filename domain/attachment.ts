import type { AttachmentId, ConversationId, PersonId } from './ids.ts';

export const ATTACHMENT_STATES = ['held', 'clean', 'infected', 'unchecked'] as const;
/**
 * What a virus scanner made of a file: it waits for its judgement, nothing was found, something was, or there was no scanner to ask.
 * Only what is clean or unchecked is ever given to anybody.
 */
export type AttachmentState = (typeof ATTACHMENT_STATES)[number];

/** A file that belongs to a message or a note. Its content is elsewhere: ask the `AttachmentStore`. */
export interface Attachment {
  readonly id: AttachmentId;
  /** Fit to name a file: no path, no control or direction characters, never empty. */
  readonly name: string;
  /** Media type: of pictures what the content is, of everything else what the sender said. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly state: AttachmentState;
}

/** Whether its content may be given to those who may see it. */
export function mayOpen(state: AttachmentState): boolean {
  return state === 'clean' || state === 'unchecked';
}

/** More in one message nobody looks at. Channels that cannot ask the sender to choose (mail) may keep more. */
export const MAX_ATTACHMENTS = 10;

/** A file's content, in pieces. A `Buffer` in memory is one piece. */
export type Content = Uint8Array | AsyncIterable<Uint8Array>;

/** What a channel knows of a file that it hands over. */
export interface NewAttachment {
  /** As the sender gave it; may be '' or hostile. */
  readonly name: string;
  /** As the sender declared it; '' when nothing was said. */
  readonly type: string;
  /** The conversation that it may be sent in; null when that is known only when its message is taken in (mail). */
  readonly conversation: ConversationId | null;
  /** The worker who adds it; null: the requester. */
  readonly author: PersonId | null;
}

/**
 * Where files are kept. A channel stores each file first and then names its id in `Incoming.attachments` (or `Reply.attachments`): it is bound to
 * the message in the transaction that takes the message in. What is never named is removed after a day.
 */
export interface AttachmentStore {
  /**
   * Keeps a file, piece by piece, and has it checked when there is a scanner: within some seconds the answer's state is final, or it is `held` and
   * checked later.
   * @throws AttachmentError `empty`, `too-large`, `refused-type`, `storage-full` or `storage-away`; nothing is kept then
   */
  store(content: Content, about: NewAttachment): Promise<Attachment>;
  /**
   * A file's content. Whether the asker may see it is for the caller to know.
   * @throws AttachmentError `unknown`, `held`, `infected` or `storage-away`
   */
  open(id: AttachmentId): Promise<{ readonly attachment: Attachment; readonly content: AsyncIterable<Uint8Array> }>;
}

export const ATTACHMENT_PROBLEMS = [
  'empty',
  'too-large',
  'refused-type',
  'storage-full',
  'storage-away',
  'unknown',
  'held',
  'infected',
] as const;
export type AttachmentProblem = (typeof ATTACHMENT_PROBLEMS)[number];

/** Why a file was not kept, or is not given. */
export class AttachmentError extends Error {
  readonly code: AttachmentProblem;
  constructor(code: AttachmentProblem, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
