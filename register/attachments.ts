import { sql } from 'kysely';
import type { Attachment, AttachmentId, AttachmentState, CaseId, ConversationId, MessageId, NewAttachment } from '../domain/index.ts';
import type { Database } from './database.ts';

/** An attachment, and where its content is. */
export interface KeptAttachment extends Attachment {
  readonly key: string;
}

const SHOWN = ['a.id', 'a.name', 'a.type', 'a.size', 'a.state'] as const;
const DETAIL_LENGTH = 500;

/** Files of messages and notes: what they are called, whose they are and what a scanner made of them. Their content is not here. */
export class Attachments {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Before the first byte is kept: so no content is anywhere of which no row knows. */
  async begin(it: NewAttachment & { readonly id: AttachmentId; readonly key: string }): Promise<void> {
    await this.#db
      .insertInto('attachments')
      .values({ id: it.id, key: it.key, conversation_id: it.conversation, author_id: it.author, name: it.name, type: it.type })
      .execute();
  }

  /** Its content is kept, all of it. */
  async complete(
    id: AttachmentId,
    it: { readonly name: string; readonly type: string; readonly size: number; readonly sha256: Buffer } & Judgement,
  ): Promise<void> {
    const { name, type, size, sha256, ...judgement } = it;
    await this.#db
      .updateTable('attachments')
      .set({ name, type, size, sha256, ...judged(judgement) })
      .where('id', '=', id)
      .execute();
  }

  /** A scanner looked at what was held. */
  async judge(id: AttachmentId, judgement: Judgement): Promise<void> {
    await this.#db.updateTable('attachments').set(judged(judgement)).where('id', '=', id).where('state', '=', 'held').execute();
  }

  /** Those of the ids that are there, in their order. */
  async named(ids: readonly AttachmentId[]): Promise<Attachment[]> {
    if (ids.length === 0) return [];
    const rows = await this.#kept().where('a.id', 'in', ids).execute();
    return ids.flatMap((id) => rows.filter((row) => row.id === id).map(shown));
  }

  async byId(id: AttachmentId): Promise<KeptAttachment | null> {
    const row = await this.#kept().select('a.key').where('a.id', '=', id).executeTakeFirst();
    return row ? { ...shown(row), key: row.key } : null;
  }

  /** The files of messages, in the order in which they were added. */
  async ofMessages(messages: readonly MessageId[]): Promise<ReadonlyMap<MessageId, Attachment[]>> {
    if (messages.length === 0) return new Map();
    const rows = await this.#kept().select('a.message_id').where('a.message_id', 'in', messages).orderBy('a.id').execute();
    return grouped(rows.map((row) => [row.message_id, shown(row)]));
  }

  /** The files of a case's notes. */
  async ofNotes(id: CaseId): Promise<ReadonlyMap<string, Attachment[]>> {
    const rows = await this.#kept()
      .innerJoin('notes as n', 'n.id', 'a.note_id')
      .select('n.id as note')
      .where('n.case_id', '=', id)
      .orderBy('a.id')
      .execute();
    return grouped(rows.map((row) => [row.note, shown(row)]));
  }

  /** Whether a file stands in a case: in one of its messages or notes. */
  async isInCase(id: AttachmentId, of: CaseId): Promise<boolean> {
    const row = await this.#db
      .selectFrom('attachments as a')
      .select('a.id')
      .where('a.id', '=', id)
      .where((eb) =>
        eb.or([
          eb('a.note_id', 'in', eb.selectFrom('notes').select('notes.id').where('notes.case_id', '=', of)),
          eb('a.message_id', 'in', eb.selectFrom('case_messages as l').select('l.message_id').where('l.case_id', '=', of)),
        ]),
      )
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Whether a conversation's requester sees a file: one of its messages has it, or he has just added it himself. */
  async isInConversation(id: AttachmentId, conversation: ConversationId): Promise<boolean> {
    const row = await this.#db
      .selectFrom('attachments as a')
      .select('a.id')
      .where('a.id', '=', id)
      .where('a.conversation_id', '=', conversation)
      .where('a.note_id', 'is', null)
      .where((eb) => eb.or([eb('a.message_id', 'is not', null), eb('a.author_id', 'is', null)]))
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Whether a conversation's requester may name all of these in a message: his own, of this conversation, and not infected. */
  async maySend(conversation: ConversationId, ids: readonly AttachmentId[]): Promise<boolean> {
    if (ids.length === 0) return true;
    const row = await this.#db
      .selectFrom('attachments as a')
      .select(sql<number>`count(*)`.as('count'))
      .where('a.id', 'in', ids)
      .where('a.conversation_id', '=', conversation)
      .where('a.author_id', 'is', null)
      .where('a.note_id', 'is', null)
      .where('a.size', 'is not', null)
      .where('a.state', '<>', 'infected')
      .executeTakeFirst();
    return row?.count === new Set(ids).size;
  }

  /** Those that somebody has added to a conversation and not sent yet. An infected one cannot be sent. */
  async unsent(it: Pick<NewAttachment, 'conversation' | 'author'>): Promise<Attachment[]> {
    const rows = await this.#kept()
      .where('a.conversation_id', '=', it.conversation)
      .where('a.author_id', it.author === null ? 'is' : '=', it.author)
      .where('a.message_id', 'is', null)
      .where('a.note_id', 'is', null)
      .where('a.intake_id', 'is', null)
      .where('a.state', '<>', 'infected')
      .orderBy('a.id')
      .execute();
    return rows.map(shown);
  }

  /** Complete ones that wait for a scanner, the oldest first; one that it could not look at comes again after an hour. */
  async held(limit: number): Promise<KeptAttachment[]> {
    const rows = await this.#kept()
      .select('a.key')
      .where('a.state', '=', 'held')
      .where((eb) => eb.or([eb('a.checked_at', 'is', null), eb('a.checked_at', '<', sql<Date>`now() - interval '1 hour'`)]))
      .orderBy(sql`a.checked_at nulls first`)
      .orderBy('a.at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...shown(row), key: row.key }));
  }

  /** What belongs to nothing for so long: never sent, its storing broken off, or its message removed. */
  async loose(olderThanMs: number, limit: number): Promise<{ readonly id: AttachmentId; readonly key: string }[]> {
    return await this.#db
      .selectFrom('attachments as a')
      .leftJoin('intake as i', 'i.id', 'a.intake_id')
      .select(['a.id', 'a.key'])
      .where('a.message_id', 'is', null)
      .where('a.note_id', 'is', null)
      .where('a.at', '<', sql<Date>`now() - ${olderThanMs} * interval '1 millisecond'`)
      .where((eb) => eb.or([eb('i.status', 'is', null), eb('i.status', 'not in', ['pending', 'parked'])]))
      .orderBy('a.at')
      .limit(limit)
      .execute();
  }

  /** The cases that show a file, with their teams. */
  async casesOf(id: AttachmentId): Promise<{ readonly id: CaseId; readonly team: string }[]> {
    return await this.#db
      .selectFrom('cases as c')
      .select(['c.id', 'c.team'])
      .where((eb) =>
        eb.or([
          eb(
            'c.id',
            'in',
            eb
              .selectFrom('attachments as a')
              .innerJoin('case_messages as l', 'l.message_id', 'a.message_id')
              .select('l.case_id')
              .where('a.id', '=', id),
          ),
          eb(
            'c.id',
            'in',
            eb.selectFrom('attachments as a').innerJoin('notes as n', 'n.id', 'a.note_id').select('n.case_id').where('a.id', '=', id),
          ),
        ]),
      )
      .execute();
  }

  /** Forgets files whose content is gone. */
  async remove(ids: readonly AttachmentId[]): Promise<void> {
    if (ids.length > 0) await this.#db.deleteFrom('attachments').where('id', 'in', ids).execute();
  }

  /** Those that are complete. */
  #kept() {
    return this.#db.selectFrom('attachments as a').select(SHOWN).where('a.size', 'is not', null);
  }
}

interface Judgement {
  readonly state: AttachmentState;
  /** What the scanner said; null when nothing. */
  readonly detail: string | null;
}

function judged({ state, detail }: Judgement) {
  return {
    state,
    detail: detail?.slice(0, DETAIL_LENGTH) ?? null,
    checked_at: state === 'unchecked' || (state === 'held' && detail === null) ? null : new Date(),
  };
}

function shown({ id, name, type, size, state }: Omit<Attachment, 'size'> & { readonly size: number | null }): Attachment {
  return { id, name, type, size: size ?? 0, state };
}

function grouped<Key>(pairs: readonly (readonly [Key | null, Attachment])[]): Map<Key, Attachment[]> {
  const groups = new Map<Key, Attachment[]>();
  for (const [key, it] of pairs) if (key !== null) groups.set(key, [...(groups.get(key) ?? []), it]);
  return groups;
}
