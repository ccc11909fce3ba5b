import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
/** A string that only its own codec may make, so that a case's id is never passed for a person's. */
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PersonId = Branded<'person'>;
export type ConversationId = Branded<'conversation'>;
export type CaseId = Branded<'case'>;
export type MessageId = Branded<'message'>;
export type QuestionId = Branded<'question'>;
export type IntakeId = Branded<'intake'>;

type AnyId = PersonId | ConversationId | CaseId | MessageId | QuestionId | IntakeId;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads an id from outside; null when it is not one (ids are lower-case UUIDs). */
export function parseId<Id extends AnyId>(text: unknown): Id | null {
  return typeof text === 'string' && isId<Id>(text) ? text : null;
}

function isId<Id extends AnyId>(text: string): text is Id {
  return UUID.test(text);
}

/**
 * A new id: UUID version 7 (RFC 9562, 5.7), so that rows made together lie together in the index.
 * @param now milliseconds since the epoch
 */
export function newId<Id extends AnyId>(now: number = Date.now()): Id {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return isId<Id>(text) ? text : newId<Id>(now);
}

/** A secret for a link or a visitor: 256 bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
