import { sql } from 'kysely';
import type { PersonId } from '../domain/index.ts';
import type { Database } from './database.ts';

export const MODEL_STATES = ['live', 'refused', 'rolled-back'] as const;
/** `live`: it decides or has decided; `refused`: it was worse than the one that decided; `rolled-back`: people took it out again. */
export type ModelState = (typeof MODEL_STATES)[number];

/** A version of the classifier: what it learned, what it reached, and what became of it. */
export interface ModelVersion {
  readonly id: string;
  /** How people name it. */
  readonly number: number;
  readonly catalogue: string;
  /** The corrections that it learned beside the catalogue. */
  readonly examples: readonly string[];
  readonly state: ModelState;
  /** Why it did not go live, or was taken out. */
  readonly reason: string | null;
  /** What it reached on questions it had not seen, beside the model that decided then; null when nothing was there to compare with. */
  readonly judged: unknown;
  readonly createdAt: Date;
  /** Whether it decides now. */
  readonly inForce: boolean;
  /** It can decide again: its body was kept, and its catalogue is the one in force. */
  readonly canDecide: boolean;
}

/** What is in force: the catalogue's version and the model it decides by. */
export interface InForce {
  readonly version: string;
  /** Null until a process has looked since models are versions. */
  readonly model: string | null;
}

/** A model that people took out again. */
export interface TakenOut {
  readonly id: string;
  /** What it had learned and the one in its place had not. */
  readonly corrections: readonly string[];
  readonly at: Date;
}

interface NewModel {
  readonly id: string;
  readonly catalogue: string;
  readonly examples: readonly string[];
  readonly judged: unknown;
}

/** So many bodies of models that decided before are kept, to go back to. */
const BODIES_KEPT = 12;

/** Models as versions. One decides for all processes: it stands beside the catalogue's version that is in force. */
export class Models {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async inForce(): Promise<InForce | null> {
    const row = await this.#db.selectFrom('catalogue_versions').select(['version', 'model']).where('active', '=', true).executeTakeFirst();
    return row ?? null;
  }

  /** The trained bytes; null when they were never kept, or not any more. */
  async body(id: string): Promise<Buffer | null> {
    const row = await this.#db.selectFrom('models').select('body').where('id', '=', id).executeTakeFirst();
    return row?.body ?? null;
  }

  /** Keeps a trained model beside the others, deciding nothing yet. One that is known already stays as it is; a body that is gone is put back. */
  async save(it: NewModel, body: Buffer): Promise<void> {
    await this.#db
      .insertInto('models')
      .values({
        id: it.id,
        catalogue_version: it.catalogue,
        body,
        examples: [...it.examples],
        state: 'live',
        reason: null,
        judged: text(it.judged),
      })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ body: sql`coalesce(models.body, excluded.body)` }))
      .execute();
  }

  /** Keeps that a model was not good enough, and why. */
  async refuse(it: NewModel, reason: string): Promise<void> {
    await this.#db
      .insertInto('models')
      .values({
        id: it.id,
        catalogue_version: it.catalogue,
        body: null,
        examples: [...it.examples],
        state: 'refused',
        reason,
        judged: text(it.judged),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /**
   * Lets a model decide in the place of another. @param instead which decides now, as the caller saw it
   * @param by who wants it; null: the desk itself. Then what decided before is taken out, with the reason.
   * @returns false when another one decides by now, or another catalogue
   */
  async putInForce(
    id: string,
    instead: string | null,
    rollBack: { readonly by: PersonId | null; readonly reason: string } | null,
  ): Promise<boolean> {
    return await this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('loket publish'))`.execute(tx);
      const { numUpdatedRows } = await tx
        .updateTable('catalogue_versions as v')
        .set({ model: id })
        .where('v.active', '=', true)
        .where('v.model', instead === null ? 'is' : '=', instead)
        .where('v.version', '=', (eb) => eb.selectFrom('models').select('catalogue_version').where('id', '=', id))
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await tx.updateTable('models').set({ state: 'live', reason: null }).where('id', '=', id).execute();
      // Who goes to a model that knows what was taken out before wants that back.
      if (rollBack)
        await sql`
          update models m set state = 'live', reason = null from models t
          where t.id = ${id} and m.state = 'rolled-back' and m.examples <@ t.examples`.execute(tx);
      if (rollBack && instead !== null)
        await tx.updateTable('models').set({ state: 'rolled-back', reason: rollBack.reason }).where('id', '=', instead).execute();
      await tx
        .insertInto('audit')
        .values({
          actor_id: rollBack?.by ?? null,
          action: rollBack ? 'model-rolled-back' : 'model-published',
          subject: id,
          data: JSON.stringify({ from: instead }),
        })
        .execute();
      await sql`
        update models set body = null where body is not null and id not in (
          select id from (select m.id from models m where m.body is not null order by m.number desc limit ${BODIES_KEPT}) kept
          union select model from catalogue_versions where model is not null and active)`.execute(tx);
      return true;
    });
  }

  /**
   * Goes back to an earlier model of the catalogue in force; the one that decided is taken out, and is not learned anew from the same corrections.
   * @returns false when it cannot decide, or decides already
   */
  async rollBack(id: string, by: PersonId | null, reason: string): Promise<boolean> {
    const [it, now] = [await this.find(id), await this.inForce()];
    if (!it?.canDecide || it.inForce || !now) return false;
    return await this.putInForce(it.id, now.model, { by, reason });
  }

  /** The models that people took out, with the corrections that went with each, and when. */
  async takenOut(): Promise<TakenOut[]> {
    const { rows } = await sql<TakenOut>`
      select f.id, array(select unnest(f.examples) except select unnest(t.examples)) as corrections, a.at
      from models f
      join lateral (
        select subject, at from audit where action = 'model-rolled-back' and data ->> 'from' = f.id order by id desc limit 1) a on true
      join models t on t.id = a.subject
      where f.state = 'rolled-back'`.execute(this.#db);
    return rows;
  }

  /** The newest versions first. */
  async list(limit = 50): Promise<ModelVersion[]> {
    return (await this.#versions().orderBy('m.number', 'desc').limit(limit).execute()).map(versionOf);
  }

  /** By id, or by the number as people say it. */
  async find(name: string): Promise<ModelVersion | null> {
    const number = /^\d{1,9}$/.test(name) ? Number(name) : -1;
    const row = await this.#versions()
      .where((eb) => eb.or([eb('m.id', '=', name), eb('m.number', '=', number)]))
      .executeTakeFirst();
    return row ? versionOf(row) : null;
  }

  #versions() {
    return this.#db
      .selectFrom('models as m')
      .leftJoin('catalogue_versions as v', (join) => join.onRef('v.model', '=', 'm.id').on('v.active', '=', true))
      .select([
        'm.id',
        'm.number',
        'm.catalogue_version',
        'm.examples',
        'm.state',
        'm.reason',
        'm.judged',
        'm.created_at',
        'v.version as decides',
        sql<boolean>`m.body is not null and exists (select from catalogue_versions a where a.active and a.version = m.catalogue_version)`.as(
          'can_decide',
        ),
      ]);
  }
}

function text(judged: unknown): string | null {
  return judged === null ? null : JSON.stringify(judged);
}

interface VersionRow {
  readonly id: string;
  readonly number: number;
  readonly catalogue_version: string;
  readonly examples: string[];
  readonly state: ModelState;
  readonly reason: string | null;
  readonly judged: unknown;
  readonly created_at: Date;
  readonly decides: string | null;
  readonly can_decide: boolean;
}

function versionOf(row: VersionRow): ModelVersion {
  return {
    id: row.id,
    number: row.number,
    catalogue: row.catalogue_version,
    examples: row.examples,
    state: row.state,
    reason: row.reason,
    judged: row.judged,
    createdAt: row.created_at,
    inForce: row.decides !== null,
    canDecide: row.can_decide,
  };
}
