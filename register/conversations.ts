import { createHash, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import {
  type Attachment,
  type CaseId,
  type Channel,
  type ConversationId,
  type ConversationState,
  type MessageId,
  newId,
  type Person,
  type PersonId,
  type Reply,
  type TakeOver,
} from '../domain/index.ts';
import { Attachments } from './attachments.ts';
import { firstName } from './case-row.ts';
import type { Database, OpenDatabase } from './database.ts';
import { Together } from './together.ts';

/** A line of a conversation. */
export interface TimelineEntry {
  readonly seq: number;
  readonly id: MessageId;
  readonly from: 'requester' | 'desk' | 'worker';
  /** A worker's first name. */
  readonly name: string | null;
  readonly at: Date;
  readonly text: string;
  readonly reply: Reply | null;
  /** The id that the client gave a message of the requester. */
  readonly clientId: string | null;
  /** Its writer changed it, or took it back, afterwards. */
  readonly changed: 'edited' | 'deleted' | null;
  readonly attachments: readonly Attachment[];
}

/** A line about a case. */
export interface CaseEntry extends TimelineEntry {
  /** By which it was said. */
  readonly channel: Channel;
}

/** A secret as it is stored: what leaks from the register opens nothing. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** What every timeline tells of a message `m` and its author `p`. */
const LINE = ['m.seq', 'm.id', 'm.direction', 'm.author_id', 'p.name', 'm.at', 'm.text', 'm.reply', 'm.edited_at', 'm.deleted_at'] as const;

/** Conversations and what was said in them. */
export class Conversations {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async create(it: {
    readonly id: ConversationId;
    readonly channel: Channel;
    readonly person: PersonId | null;
    readonly secret: string | null;
    readonly state: ConversationState;
  }): Promise<void> {
    await this.#db
      .insertInto('conversations')
      .values({
        id: it.id,
        channel: it.channel,
        person_id: it.person,
        secret_hash: it.secret === null ? null : hashSecret(it.secret),
        state: JSON.stringify(it.state),
      })
      // Whose id follows from something else may begin twice at the same moment.
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  /** Whose conversation it is; null while nobody said who he is. */
  async requesterOf(id: ConversationId): Promise<Person | null> {
    const row = await this.#db
      .selectFrom('conversations as c')
      .innerJoin('people as p', 'p.id', 'c.person_id')
      .select(['p.id', 'p.name', 'p.address', 'p.verified'])
      .where('c.id', '=', id)
      .executeTakeFirst();
    return row ?? null;
  }

  /** Whether the secret opens the conversation; null when there is none. */
  async opens(id: ConversationId, secret: string): Promise<boolean | null> {
    const row = await this.#db.selectFrom('conversations').select('secret_hash').where('id', '=', id).executeTakeFirst();
    if (!row) return null;
    return row.secret_hash !== null && timingSafeEqual(row.secret_hash, hashSecret(secret));
  }

  /** The lines after a place, oldest first; without a place the last `limit`. */
  async timeline(id: ConversationId, after: number | null, limit = 100): Promise<TimelineEntry[]> {
    const newest = this.#db
      .selectFrom('messages as m')
      .leftJoin('people as p', 'p.id', 'm.author_id')
      .leftJoin('intake as i', 'i.id', 'm.intake_id')
      .select([...LINE, 'i.external_id'])
      .where('m.conversation_id', '=', id);
    const rows =
      after === null
        ? (await newest.orderBy('m.seq', 'desc').limit(limit).execute()).reverse()
        : await newest.where('m.seq', '>', after).orderBy('m.seq').limit(limit).execute();
    const attachments = await new Attachments(this.#db).ofMessages(rows.map((row) => row.id));
    return rows.map((row) => ({
      seq: row.seq,
      id: row.id,
      from: row.direction === 'in' ? 'requester' : row.author_id ? 'worker' : 'desk',
      name: row.name === null ? null : firstName(row.name),
      at: row.at,
      text: row.text,
      reply: row.reply,
      clientId: row.direction === 'in' ? row.external_id : null,
      changed: changeOf(row),
      attachments: attachments.get(row.id) ?? [],
    }));
  }

  /** The ids of the questions that are open: a button of any other is past. */
  async openQuestions(id: ConversationId): Promise<ReadonlySet<string>> {
    const row = await this.#db.selectFrom('conversations').select('state').where('id', '=', id).executeTakeFirst();
    return new Set(row?.state.open.map((question) => question.id) ?? []);
  }

  /** The colleague who talks in it; null while the desk does. */
  async takeOver(id: ConversationId): Promise<TakeOver | null> {
    const row = await this.#db.selectFrom('conversations').select('state').where('id', '=', id).executeTakeFirst();
    return row?.state.takeOver ?? null;
  }

  /** When something was last said to the desk in it; null: never. */
  async lastHeard(id: ConversationId): Promise<Date | null> {
    const row = await this.#db
      .selectFrom('messages')
      .select('at')
      .where('conversation_id', '=', id)
      .where('direction', '=', 'in')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.at ?? null;
  }

  /** The place of the last line. */
  async lastSeq(id: ConversationId): Promise<number> {
    const row = await this.#db.selectFrom('conversations').select('message_seq').where('id', '=', id).executeTakeFirst();
    return row?.message_seq ?? 0;
  }

  /** What was said about a case, in whichever conversation, as one timeline: oldest first, at most the last 200. */
  async ofCase(id: CaseId): Promise<CaseEntry[]> {
    const rows = await this.#db
      .selectFrom('case_messages as c')
      .innerJoin('messages as m', 'm.id', 'c.message_id')
      .leftJoin('people as p', 'p.id', 'm.author_id')
      .innerJoin('conversations as v', 'v.id', 'm.conversation_id')
      .select([...LINE, 'v.channel'])
      .where('c.case_id', '=', id)
      .orderBy('m.at', 'desc')
      .orderBy('m.seq', 'desc')
      .limit(200)
      .execute();
    const attachments = await new Attachments(this.#db).ofMessages(rows.map((row) => row.id));
    return rows.reverse().map((row) => ({
      seq: row.seq,
      id: row.id,
      from: row.direction === 'in' ? 'requester' : row.author_id ? 'worker' : 'desk',
      name: row.name,
      at: row.at,
      text: row.text,
      reply: row.reply,
      clientId: null,
      channel: row.channel,
      changed: changeOf(row),
      attachments: attachments.get(row.id) ?? [],
    }));
  }

  /** Whether a message of this id stands in a conversation. */
  async has(message: MessageId): Promise<boolean> {
    const row = await this.#db.selectFrom('messages').select('id').where('id', '=', message).executeTakeFirst();
    return row !== undefined;
  }

  /** When a message of this id was said; null when it was not. */
  async saidAt(message: MessageId): Promise<Date | null> {
    const row = await this.#db.selectFrom('messages').select('at').where('id', '=', message).executeTakeFirst();
    return row?.at ?? null;
  }

  /**
   * Its writer changed a message, or took it back (`text` null: what it said stays for who works on it, marked).
   * @returns its place in the conversation; null when there is no such message
   */
  async change(conversation: ConversationId, externalId: string, text: string | null): Promise<number | null> {
    const row = await this.#db
      .updateTable('messages')
      .set(text === null ? { deleted_at: new Date() } : { text, edited_at: new Date(), deleted_at: null })
      .where('conversation_id', '=', conversation)
      .where('direction', '=', 'in')
      .where('intake_id', 'in', (eb) =>
        eb
          .selectFrom('intake')
          .select('intake.id')
          .where('intake.conversation_id', '=', conversation)
          .where('intake.external_id', '=', externalId),
      )
      .returning('seq')
      .executeTakeFirst();
    return row?.seq ?? null;
  }
}

function changeOf(row: { readonly edited_at: Date | null; readonly deleted_at: Date | null }): TimelineEntry['changed'] {
  if (row.deleted_at !== null) return 'deleted';
  return row.edited_at === null ? null : 'edited';
}

/** Somebody the channel's own sign-in vouches for. */
export interface KnownVisitor {
  readonly channel: Channel;
  readonly externalId: string;
  readonly name: string;
  readonly address: string | null;
  /** The id that the organisation's directory gives them, where the channel knows it. */
  readonly directoryId?: string | null;
}

/** People and how they are recognised: by an identity that a channel vouches for or a verified address, never by likeness. */
export class People {
  readonly #db: Database;
  readonly #known: Together;

  constructor({ db, pool }: Pick<OpenDatabase, 'db' | 'pool'>) {
    this.#db = db;
    this.#known = new Together(pool, 'known', 'select known_people($1) as value');
  }

  /** The person of an identity; null when it was never seen. */
  async ofIdentity(channel: Channel, externalId: string): Promise<PersonId | null> {
    const row = await this.#db
      .selectFrom('identities')
      .select('person_id')
      .where('channel', '=', channel)
      .where('external_id', '=', externalId)
      .executeTakeFirst();
    return row?.person_id ?? null;
  }

  /** The person behind an identity; made when new, joined to the one with the same directory id or verified address. */
  async known(visitor: KnownVisitor, newId: PersonId): Promise<PersonId> {
    return (await this.#known.call(JSON.stringify({ ...visitor, id: newId }))) as PersonId;
  }

  /** The person with an id of the organisation's directory: by the list of people, or by an identity on a channel whose ids are the directory's. */
  async byDirectoryId(directoryId: string, channel: Channel): Promise<Person | null> {
    const { rows } = await sql<Person>`
      select p.id, p.name, p.address, p.verified from people p
      where p.active and (lower(p.directory_id) = lower(${directoryId})
        or p.id = (select i.person_id from identities i where i.channel = ${channel} and i.external_id = ${directoryId}))
      order by lower(p.directory_id) is distinct from lower(${directoryId}) limit 1`.execute(this.#db);
    return rows[0] ?? null;
  }

  async byId(id: PersonId): Promise<Person | null> {
    const row = await this.#db.selectFrom('people').select(['id', 'name', 'address', 'verified']).where('id', '=', id).executeTakeFirst();
    return row ?? null;
  }

  /** The person whose verified address it is. */
  async withAddress(address: string): Promise<PersonId | null> {
    const known = await this.#db
      .selectFrom('people')
      .select('id')
      .where(sql<boolean>`lower(address) = lower(${address})`)
      .where('verified', '=', true)
      .executeTakeFirst();
    return known?.id ?? null;
  }

  /** Who somebody else says that he is: the person whose verified address it is, else somebody new of whom nothing is proven. */
  async saidToBe({ name, address }: { readonly name: string; readonly address: string }): Promise<PersonId> {
    const known = await this.withAddress(address);
    if (known) return known;
    const id = newId<PersonId>();
    await this.#db.insertInto('people').values({ id, name, address, verified: false }).execute();
    return id;
  }
}

/** The person with this verified address, made when there is none. */
export async function ensureVerified(
  db: Database,
  it: { readonly id: PersonId; readonly name: string; readonly address: string | null },
): Promise<PersonId> {
  const { rows } = await sql<{ id: PersonId }>`select ensure_verified(${it.id}, ${it.name}, ${it.address}) as id`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('nobody was made known');
  return row.id;
}
