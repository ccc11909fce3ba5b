import { AttachmentError, type IntakeId, newId } from '../../../domain/index.ts';
import { fingerprintOfBytes } from '../intake/fingerprint.ts';
import type { FetchedMail, MailIntake, ReadMail, Taken } from '../intake/intake.ts';
import type { IntakeParts } from '../intake/ports.ts';
import type { MailboxSettings, MailLimits } from '../settings.ts';
import { type BatchLimits, batchesOf } from './batches.ts';
import type { Folder, Listed } from './folder.ts';

const BATCH: BatchLimits = { mails: 64, bytes: 8 * 1024 * 1024 };
const ALONE: BatchLimits = { mails: 1, bytes: 0 };
/** A mail that fails so often is set aside. */
const MAX_ATTEMPTS = 3;

/** The database or the storage is away: no mail's fault, so all of it is tried again. */
export class NotNow extends Error {}

export interface CatchUpParts {
  readonly settings: MailboxSettings;
  readonly limits: MailLimits;
  readonly intake: MailIntake;
  readonly parts: IntakeParts;
}

export interface CatchUpOptions {
  /** Only what arrived since; null: all. */
  readonly since: Date | null;
  /** Called once all up to a UID is stored and marked. */
  readonly reached: (uid: number) => Promise<void>;
  /** Asked between two batches. */
  readonly goesOn: () => boolean;
}

/**
 * Takes in what is new in a folder, in the order of arrival: fetched in batches that fit into memory, the next while the last is stored; stored
 * before anything is said to the server; the cursor last. Whatever it is stopped by, the same again does nothing twice.
 */
export class CatchUp {
  readonly #it: CatchUpParts;
  /** How often fetching a mail has failed, by UID; then the mails go one by one until the culprit is found. */
  readonly #suspects = new Map<number, number>();

  constructor(it: CatchUpParts) {
    this.#it = it;
  }

  /** @param after the last UID that was taken in @returns the last UID now */
  async run(folder: Folder, after: number, options: CatchUpOptions): Promise<number> {
    let last = after;
    for (;;) {
      const page = await folder.list(last);
      if (page.length === 0 || !options.goesOn()) return last;
      last = await this.#page(folder, page, last, options);
    }
  }

  async #page(folder: Folder, page: readonly Listed[], after: number, { since, reached, goesOn }: CatchUpOptions): Promise<number> {
    const wanted = since === null ? page : page.filter(({ arrivedAt }) => arrivedAt >= since);
    const careful = wanted.some(({ uid }) => this.#suspects.has(uid));
    const batches = batchesOf(wanted, careful ? ALONE : BATCH);
    let turns: Promise<unknown> = Promise.resolve();
    let marking = Promise.resolve(after);
    let next = batches[0] ? this.#fetch(folder, batches[0]) : null;
    next?.catch(() => {});
    try {
      for (const [i, batch] of batches.entries()) {
        const fetched = await (next ?? this.#fetch(folder, batch));
        this.#it.parts.checkpoint('mail:after-fetch');
        const following = batches[i + 1];
        // While these are stored the server sends the next.
        next = following && !careful ? this.#fetch(folder, following) : null;
        next?.catch(() => {});
        const taken = await this.#takeAll(folder, batch, fetched);
        // The turns and the marks of one batch go on while the next is stored, and no further.
        await Promise.all([turns, marking]);
        turns = Promise.all(taken.map(async (it) => (it.kind === 'taken' ? await this.#it.intake.settle(it.taken) : undefined)));
        marking = this.#finish(folder, batch, taken, reached);
        marking.catch(() => {});
        if (!goesOn()) break;
      }
    } finally {
      await Promise.allSettled([turns, marking, next]);
    }
    const last = await marking;
    if (!goesOn()) return last;
    // Also past what was left out for its age.
    const end = page.at(-1)?.uid ?? last;
    await reached(end);
    return end;
  }

  /** Says on the server what was taken in, and then moves the cursor past it. @returns the last UID now */
  async #finish(folder: Folder, batch: readonly Listed[], taken: readonly Outcome[], reached: CatchUpOptions['reached']): Promise<number> {
    const last = batch.at(-1)?.uid ?? 0;
    await this.#mark(folder, batch, taken);
    this.#it.parts.checkpoint('mail:after-mark');
    await reached(last);
    this.#it.parts.checkpoint('mail:after-cursor');
    return last;
  }

  async #fetch(folder: Folder, batch: readonly Listed[]): Promise<Map<number, FetchedMail>> {
    const [only] = batch;
    if (batch.length === 1 && only && (this.#suspects.get(only.uid) ?? 0) >= MAX_ATTEMPTS) return new Map();
    try {
      return await folder.fetch(batch, this.#it.limits.maxBytes);
    } catch (error) {
      for (const { uid } of batch) this.#suspects.set(uid, (this.#suspects.get(uid) ?? 0) + (batch.length === 1 ? 1 : 0));
      throw error;
    }
  }

  /**
   * Mails of their own go side by side; those that go on with another come after them, one by one and in their order, so that each finds what it
   * answers. @throws NotNow
   */
  async #takeAll(folder: Folder, batch: readonly Listed[], fetched: ReadonlyMap<number, FetchedMail>): Promise<Outcome[]> {
    const outcomes = await Promise.all(batch.map(async (mail) => await this.#begin(folder, mail, fetched.get(mail.uid) ?? null)));
    const done: Outcome[] = [];
    for (const outcome of outcomes) done.push('later' in outcome ? await outcome.later() : outcome);
    return done;
  }

  async #begin(folder: Folder, mail: Listed, fetched: FetchedMail | null): Promise<Outcome | { readonly later: () => Promise<Outcome> }> {
    if (!fetched) return await this.#missing(folder, mail);
    const read = await this.#trying(mail, fetched, () => this.#it.intake.read(fetched, this.#it.settings));
    if (!read) return { kind: 'set-aside' };
    return read.refers ? { later: () => this.#take(mail, read) } : await this.#take(mail, read);
  }

  async #take(mail: Listed, read: ReadMail): Promise<Outcome> {
    const { fetched } = read;
    const taken = await this.#trying(mail, fetched, () => this.#it.intake.take(read, this.#it.settings));
    if (!taken) return { kind: 'set-aside' };
    this.#suspects.delete(mail.uid);
    return { kind: 'taken', taken, tooLarge: fetched.size > fetched.raw.length };
  }

  /** Tries it a few times, for a database that was restarted. @returns null when it was set aside */
  async #trying<Result>(mail: Listed, fetched: FetchedMail, work: () => Promise<Result>): Promise<Result | null> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        await this.#refuseIfAway(error);
        if (attempt < MAX_ATTEMPTS) continue;
        await this.#setAside(mail, fetched.raw, reasonOf(error));
        return null;
      }
    }
  }

  /** The server did not give a mail: somebody moved it, or it cannot be read there. */
  async #missing(folder: Folder, { uid, size }: Listed): Promise<Outcome> {
    if (!(await folder.has(uid))) return { kind: 'gone' };
    const failures = (this.#suspects.get(uid) ?? 0) + 1;
    this.#suspects.set(uid, failures);
    if (failures < MAX_ATTEMPTS) throw new NotNow(`the server does not give mail ${uid}`);
    await this.#setAside({ uid, size, arrivedAt: new Date() }, null, 'the server does not give it');
    return { kind: 'set-aside' };
  }

  async #refuseIfAway(error: unknown): Promise<void> {
    if (error instanceof AttachmentError) throw new NotNow(`the mail cannot be kept: ${error.message}`, { cause: error });
    try {
      await this.#it.parts.register.ping();
    } catch (cause) {
      throw new NotNow('the database is away', { cause });
    }
  }

  /** The mail is poison: it is visible in the ledger, its source can be read, and the next one goes on. */
  async #setAside({ uid }: Listed, source: Buffer | null, reason: string): Promise<void> {
    const { parts, settings } = this.#it;
    parts.log.error({ mailbox: settings.name, uid, reason }, 'a mail could not be taken in and was set aside');
    await parts.register.ledger.setAside({
      id: newId<IntakeId>(),
      channel: 'email',
      source: settings.name,
      externalId: source ? fingerprintOfBytes(source) : `uid ${uid} at ${Date.now()}`,
      text: source?.subarray(0, 16_000).toString('utf8') ?? '',
      reason,
      raw: source && (await parts.raws.put(source)),
    });
    this.#suspects.delete(uid);
  }

  /** What fails here is only how it looks on the server: the cursor knows what was taken in. */
  async #mark(folder: Folder, batch: readonly Listed[], outcomes: readonly Outcome[]): Promise<void> {
    const of = (wanted: (it: Outcome) => boolean) => batch.flatMap(({ uid }, i) => (outcomes[i] && wanted(outcomes[i]) ? [uid] : []));
    try {
      await folder.markHandled(of((it) => it.kind === 'taken' && !it.tooLarge));
      await folder.quarantine(of((it) => it.kind === 'set-aside' || (it.kind === 'taken' && it.tooLarge)));
    } catch (error) {
      const { parts, settings } = this.#it;
      parts.log.warn({ err: error, mailbox: settings.name }, 'mails were taken in, but could not be marked or moved on the server');
      this.unmarked = reasonOf(error);
      return;
    }
    this.unmarked = null;
  }

  /** Why mails that were taken in could not be moved or marked the last time; null when they could. */
  unmarked: string | null = null;
}

type Outcome =
  | { readonly kind: 'taken'; readonly taken: Taken; readonly tooLarge: boolean }
  | { readonly kind: 'set-aside' }
  /** Somebody moved it meanwhile. */
  | { readonly kind: 'gone' };

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
