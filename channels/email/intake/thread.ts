import type { CaseId, CaseState, ConversationId, PersonId } from '../../../domain/index.ts';
import type { FoundThread } from '../../../register/index.ts';
import { bare } from '../ids.ts';
import type { ParsedMail } from '../parse/parsed-mail.ts';
import { isReplySubject, plainSubject } from './question.ts';

/** What a mail goes on with, and as whom. */
export type Thread =
  /** A question of its own. @param names the reference of a case of the sender's that was asked elsewhere, in a chat */
  | { readonly kind: 'new'; readonly names: string | null }
  /** @param about the cases whose messages it answers */
  | {
      readonly kind: 'existing';
      readonly conversation: ConversationId;
      readonly by: 'requester' | 'other';
      readonly about: readonly CaseId[];
    };

export const NEW: Thread = { kind: 'new', names: null };
/** Somebody else may add to a case in these states; to what is over he has a question of his own. */
const LIVE: ReadonlySet<CaseState> = new Set(['open', 'queued', 'claimed', 'waiting', 'ready']);

/** The Message-IDs that a mail refers to, without brackets, the nearest first. */
export function referredIds({ inReplyTo, references }: Pick<ParsedMail, 'inReplyTo' | 'references'>): string[] {
  const ids = [inReplyTo, ...references.toReversed()].flatMap((id) => (id === null ? [] : [bare(id)]));
  return [...new Set(ids)].filter((id) => id !== '').slice(0, 50);
}

/**
 * Which conversation a mail belongs to: by the mails it refers to, by the token in the address, by the reference in its subject. An old thread that
 * is used for something new (another subject) is a question of its own. A reference alone opens nothing to somebody else: he may add to it.
 * @param token the conversation that the token in the address names
 */
export function threadOf(
  mail: Pick<ParsedMail, 'inReplyTo' | 'references' | 'subject' | 'from'>,
  found: FoundThread,
  sender: { readonly trusted: boolean; readonly token: ConversationId | null },
): Thread {
  const who = { person: sender.trusted ? found.sender : null, address: mail.from?.address.toLowerCase() ?? null };
  const place = answered(mail, found) ?? tokened(found, sender.token) ?? named(found);
  if (!place) return NEW;
  const { conversation, about } = place;
  const by = writes(conversation.person, who) ? 'requester' : 'other';
  if (by === 'other') {
    const live = found.cases.filter((it) => it.conversation === conversation.id && LIVE.has(it.state)).map(({ id }) => id);
    const open = about.length > 0 ? about.filter((id) => live.includes(id)) : live;
    return open.length > 0 ? { kind: 'existing', conversation: conversation.id, by, about: open } : NEW;
  }
  if (conversation.channel === 'email') return { kind: 'existing', conversation: conversation.id, by, about };
  // What was asked elsewhere (in a chat) is found by its reference: it goes on where he mailed about it before, or is answered where it is asked now.
  const mailed = named(found);
  if (mailed?.conversation.channel === 'email' && writes(mailed.conversation.person, who))
    return { kind: 'existing', conversation: mailed.conversation.id, by, about: mailed.about };
  return { kind: 'new', names: found.cases.find(({ id }) => id === found.named)?.reference ?? null };
}

interface Place {
  readonly conversation: FoundThread['conversations'][number];
  readonly about: readonly CaseId[];
}

function answered(mail: Pick<ParsedMail, 'inReplyTo' | 'references' | 'subject'>, found: FoundThread): Place | null {
  for (const id of referredIds(mail)) {
    const original = found.mails.find((it) => it.id === id);
    const conversation = original && conversationOf(found, original.conversation);
    if (!original || !conversation) continue;
    return changesSubject(mail.subject, original, found) ? null : { conversation, about: original.cases };
  }
  return null;
}

function tokened(found: FoundThread, token: ConversationId | null): Place | null {
  const conversation = token && conversationOf(found, token);
  return conversation ? { conversation, about: [] } : null;
}

/** Of the conversations in which a case was spoken of, the one by mail. */
function named(found: FoundThread): Place | null {
  const places = found.cases.flatMap(({ id, conversation: where }) => {
    const conversation = id === found.named ? conversationOf(found, where) : undefined;
    return conversation ? [{ conversation, about: [id] }] : [];
  });
  return places.find(({ conversation }) => conversation.channel === 'email') ?? places[0] ?? null;
}

function conversationOf(found: FoundThread, id: ConversationId): Place['conversation'] | undefined {
  return found.conversations.find((it) => it.id === id);
}

/** An old mail was answered to save typing the address: the subject is another, and does not say "Re:". */
function changesSubject(subject: string, original: FoundThread['mails'][number], found: FoundThread): boolean {
  if (found.named || isReplySubject(subject)) return false;
  const plain = plainSubject(subject).toLowerCase();
  if (plain === '') return false;
  return ![original.subject, original.topic ?? ''].some((known) => plainSubject(known).toLowerCase().includes(plain));
}

/** The requester writes: the same verified person, or in a conversation that nobody proved himself in, the same address. */
function writes(
  requester: { readonly id: PersonId; readonly address: string | null; readonly verified: boolean } | null,
  who: { readonly person: PersonId | null; readonly address: string | null },
): boolean {
  if (!requester) return true;
  if (who.person !== null && who.person === requester.id) return true;
  return who.address !== null && requester.address?.toLowerCase() === who.address;
}
