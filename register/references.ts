import { sql } from 'kysely';
import type { Channel, ConversationId, ConversationState, Language, PersonId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** How a conversation is reached on its channel. What `data` means is the channel's business. */
export interface ConversationReference {
  readonly conversation: ConversationId;
  readonly person: PersonId | null;
  readonly shared: boolean;
  readonly language: Language;
  /** The ids of the questions that can still be answered. */
  readonly open: ReadonlySet<string>;
  readonly data: Readonly<Record<string, unknown>>;
  /** Why the channel does not deliver there, in its own words; null while it does. */
  readonly unreachable: string | null;
}

/** A place of a channel, and who speaks there. */
export interface Place {
  readonly channel: Channel;
  /** The channel's own id of it, together with the person: one conversation each. */
  readonly address: string;
  /** Others read along. */
  readonly shared: boolean;
  readonly person: PersonId;
  readonly language: Language;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Conversation references: taken from everything that arrives, so that news can be brought where somebody was last seen. */
export class References {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The conversation at an address; null when nobody spoke there yet. */
  async at(channel: Channel, address: string): Promise<ConversationId | null> {
    const row = await this.#db
      .selectFrom('conversation_references')
      .select('conversation_id')
      .where('channel', '=', channel)
      .where('address', '=', address)
      .executeTakeFirst();
    return row?.conversation_id ?? null;
  }

  /** The conversation at a place, begun when it is new; its reference is the newest, and it counts as reachable again. */
  async seen(place: Place, newId: ConversationId): Promise<{ readonly conversation: ConversationId; readonly begun: boolean }> {
    const data = JSON.stringify(place.data);
    return await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`place ${place.channel} ${place.address}`}, 0))`.execute(tx);
      const known = await tx
        .updateTable('conversation_references')
        .set({ reference: data, unreachable_since: null, unreachable_reason: null, updated_at: new Date() })
        .where('channel', '=', place.channel)
        .where('address', '=', place.address)
        .returning('conversation_id')
        .executeTakeFirst();
      if (known) return { conversation: known.conversation_id, begun: false };
      const state = JSON.stringify({ language: place.language, open: [], lastProduct: null });
      await tx
        .insertInto('conversations')
        .values({ id: newId, channel: place.channel, person_id: place.person, secret_hash: null, state, shared: place.shared })
        .execute();
      await tx
        .insertInto('conversation_references')
        .values({ conversation_id: newId, channel: place.channel, address: place.address, reference: data })
        .execute();
      return { conversation: newId, begun: true };
    });
  }

  async of(conversation: ConversationId): Promise<ConversationReference | null> {
    const row = await this.#select().where('r.conversation_id', '=', conversation).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  /** Where a person speaks with the desk alone, on this channel; the latest first. */
  async privateOf(person: PersonId, channel: Channel): Promise<ConversationReference | null> {
    const row = await this.#select()
      .where('c.person_id', '=', person)
      .where('r.channel', '=', channel)
      .where('c.shared', '=', false)
      .orderBy('r.updated_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  /** Where those who work a team's queue can be told something on this channel. */
  async ofTeam(team: string, channel: Channel): Promise<ConversationReference[]> {
    const rows = await this.#select()
      .innerJoin('people as p', 'p.id', 'c.person_id')
      .where('r.channel', '=', channel)
      .where('c.shared', '=', false)
      .where('r.unreachable_since', 'is', null)
      .where('p.active', '=', true)
      .where('p.role', 'is not', null)
      .where(sql<boolean>`${team} = any(p.teams)`)
      .execute();
    return rows.map(fromRow);
  }

  /** The channel refuses to deliver there. */
  async unreachable(conversation: ConversationId, reason: string): Promise<void> {
    await this.#db
      .updateTable('conversation_references')
      .set((eb) => ({
        unreachable_since: eb.fn.coalesce('unreachable_since', sql<Date>`now()`),
        unreachable_reason: reason.slice(0, 500),
      }))
      .where('conversation_id', '=', conversation)
      .execute();
  }

  #select() {
    return this.#db
      .selectFrom('conversation_references as r')
      .innerJoin('conversations as c', 'c.id', 'r.conversation_id')
      .select(['r.conversation_id', 'c.person_id', 'c.shared', 'c.state', 'r.reference', 'r.unreachable_since', 'r.unreachable_reason']);
  }
}

interface ReferenceRow {
  conversation_id: ConversationId;
  person_id: PersonId | null;
  shared: boolean;
  state: ConversationState;
  reference: Readonly<Record<string, unknown>>;
  unreachable_since: Date | null;
  unreachable_reason: string | null;
}

function fromRow(row: ReferenceRow): ConversationReference {
  return {
    conversation: row.conversation_id,
    person: row.person_id,
    shared: row.shared,
    language: row.state.language,
    open: new Set(row.state.open.map(({ id }) => id)),
    data: row.reference,
    unreachable: row.unreachable_since === null ? null : (row.unreachable_reason ?? ''),
  };
}
