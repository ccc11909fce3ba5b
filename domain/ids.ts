import { createHash, randomBytes, randomUUID } from 'node:crypto';

declare const brand: unique symbol;
/** A string that only its own codec may make, so that a case's id is never passed for a person's. */
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PersonId = Branded<'person'>;
export type ConversationId = Branded<'conversation'>;
export type CaseId = Branded<'case'>;
export type MessageId = Branded<'message'>;
export type QuestionId = Branded<'question'>;
export type IntakeId = Branded<'intake'>;
export type ExampleId = Branded<'example'>;
export type AttachmentId = Branded<'attachment'>;
export type DisruptionId = Branded<'disruption'>;

type AnyId = PersonId | ConversationId | CaseId | MessageId | QuestionId | IntakeId | ExampleId | AttachmentId | DisruptionId;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads an id from outside; null when it is not one (ids are lower-case UUIDs). */
export function parseId<Id extends AnyId>(text: unknown): Id | null {
  return typeof text === 'string' && isId<Id>(text) ? text : null;
}

function isId<Id extends AnyId>(text: string): text is Id {
  return UUID.test(text);
}

/** The last id's time and its place among those of the same millisecond. */
const last = { time: 0, place: 0 };
const PLACES = 0x1000;

/**
 * A new id: UUID version 7 (RFC 9562, 5.7), so that rows made together lie together in the index. Those of one process come in the order in
 * which they were made, also within a millisecond: the 12 bits after the time count (RFC 9562, 6.2, method 1).
 * @param now milliseconds since the epoch
 */
export function newId<Id extends AnyId>(now: number = Date.now()): Id {
  if (now > last.time) {
    last.time = now;
    last.place = Math.floor(Math.random() * (PLACES / 4));
  } else if (++last.place >= PLACES) {
    last.time += 1;
    last.place = 0;
  }
  const time = last.time.toString(16).padStart(12, '0');
  // The random part of a version 4, whose variant is the same; Node draws those in bulk.
  const text = `${time.slice(0, 8)}-${time.slice(8)}-7${last.place.toString(16).padStart(3, '0')}${randomUUID().slice(18)}`;
  return isId<Id>(text) ? text : newId<Id>(now);
}

/** The id of what follows from something else, the same however often that comes: UUID version 8 (RFC 9562, 5.8) of a hash. */
export function idFrom<Id extends AnyId>(...cause: readonly string[]): Id {
  const hex = createHash('sha256').update(JSON.stringify(cause)).digest('hex');
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  if (!isId<Id>(text)) throw new Error('a hash is always of this form');
  return text;
}

/** A secret for a link or a visitor: 256 bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
