import { sql } from 'kysely';
import type { Channel, ConversationId, ConversationState, Language, PersonId } from '../domain/index.ts';
import type { Database, OpenDatabase } from './database.ts';
import { Together } from './together.ts';

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

/** A place as it was found. */
export interface Seen {
  readonly person: PersonId;
  readonly conversation: ConversationId;
  /** This is the first that was heard there. */
  readonly begun: boolean;
}

/** Conversation references: taken from everything that arrives, so that news can be brought where somebody was last seen. */
export class References {
  readonly #db: Database;
  readonly #seen: Together;

  constructor({ db, pool }: Pick<OpenDatabase, 'db' | 'pool'>) {
    this.#db = db;
    this.#seen = new Together(pool, 'seen', 'select see_places($1) as value');
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
  async seen(place: Place, newId: ConversationId): Promise<Seen> {
    return (await this.#seen.call(JSON.stringify({ ...place, id: newId }))) as Seen;
  }

  /** The same for whoever has an identity on the channel; null, and nothing is kept, when nobody has it. */
  async seenAs(identity: string, place: Omit<Place, 'person'>, newId: ConversationId): Promise<Seen | null> {
    return (await this.#seen.call(JSON.stringify({ ...place, identity, id: newId }))) as Seen | null;
  }

  async of(conversation: ConversationId): Promise<ConversationReference | null> {
    const row = await this.#select().where('r.conversation_id', '=', conversation).executeTakeFirst();
    return row ? referenceFromRow(row) : null;
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
    return row ? referenceFromRow(row) : null;
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
    return rows.map(referenceFromRow);
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

/** A reference's row, as PostgreSQL gives it or writes it in JSON. */
export interface ReferenceRow {
  readonly conversation_id: ConversationId;
  readonly person_id: PersonId | null;
  readonly shared: boolean;
  readonly state: ConversationState;
  readonly reference: Readonly<Record<string, unknown>>;
  readonly unreachable_since: Date | string | null;
  readonly unreachable_reason: string | null;
}

export function referenceFromRow(row: ReferenceRow): ConversationReference {
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
