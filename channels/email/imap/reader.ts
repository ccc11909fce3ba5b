import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { TokenError } from '../oauth.ts';
import type { TokenOf } from '../settings.ts';
import { CatchUp, type CatchUpParts, NotNow } from './catch-up.ts';
import { connect, problemOf } from './connection.ts';
import { Folder } from './folder.ts';

/** Figures that tests make short. */
export interface ReaderPace {
  /** A reader that dies loses its mailbox to another after this. */
  readonly leaseMs: number;
  /** Without IDLE (RFC 2177) it is looked so often; with it, for what a server forgot to say. */
  readonly pollMs: number;
  readonly lookAnywayMs: number;
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

const PACE: ReaderPace = { leaseMs: 30_000, pollMs: 30_000, lookAnywayMs: 5 * 60_000, retryMs: 1_000, longestRetryMs: 60_000 };

/**
 * Reads one mailbox for as long as it holds its lease: connect, catch up, wait for news, again. Whatever breaks ends the connection; the next one
 * begins where the cursor stands, after a pause that grows. Another process of the desk takes over when this one dies.
 */
export class MailboxReader {
  readonly #it: CatchUpParts;
  readonly #tokens: TokenOf;
  readonly #pace: ReaderPace;
  readonly #holder = randomUUID();
  readonly #stop = new AbortController();
  readonly #catchUp: CatchUp;
  #running: Promise<void> = Promise.resolve();
  /** Set while the lease is held. */
  #leased = false;
  #failures = 0;
  #client: ImapFlow | null = null;

  constructor(it: CatchUpParts, tokens: TokenOf, pace: Partial<ReaderPace> = {}) {
    this.#it = it;
    this.#tokens = tokens;
    this.#pace = { ...PACE, ...pace };
    this.#catchUp = new CatchUp(it);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends after the batch that is under way, and gives the mailbox up to others. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  get #leaseName(): string {
    return `mailbox ${this.#it.settings.name}`;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      let pause = this.#pace.leaseMs / 6;
      try {
        if (await this.#it.parts.register.leases.acquire(this.#leaseName, this.#holder, this.#pace.leaseMs)) {
          await this.#hold();
          pause = 0;
        }
      } catch (error) {
        pause = await this.#failed(error);
      }
      if (pause > 0 && !this.#stopped) await this.#wait(pause);
    }
  }

  /** Reads while the lease is renewed; a lease that is lost ends the connection at once. */
  async #hold(): Promise<void> {
    const { leases } = this.#it.parts.register;
    this.#leased = true;
    const renewal = setInterval(() => {
      leases.renew(this.#leaseName, this.#holder, this.#pace.leaseMs).then(
        (held) => {
          if (!held) this.#loseLease();
        },
        () => this.#loseLease(),
      );
    }, this.#pace.leaseMs / 3);
    try {
      await this.#session();
    } finally {
      clearInterval(renewal);
      this.#leased = false;
      await leases.release(this.#leaseName, this.#holder).catch(() => {});
    }
  }

  #loseLease(): void {
    this.#leased = false;
    this.#client?.close();
  }

  async #session(): Promise<void> {
    const { settings, parts } = this.#it;
    const client = await connect(settings.imap, this.#tokens);
    this.#client = client;
    const news = new News(client, this.#stop.signal);
    try {
      const folder = await Folder.open(client, settings);
      const state = await parts.register.mailboxes.open(settings.name);
      let last = await this.#begin(folder, state.uidValidity, state.lastUid, state.begunAt);
      while (this.#mayGoOn()) {
        news.forget();
        last = await this.#advance(folder, last);
        this.#failures = 0;
        await parts.register.mailboxes.reached(settings.name);
        if (this.#catchUp.unmarked)
          await parts.register.mailboxes.failing(settings.name, `mail cannot be moved or marked: ${this.#catchUp.unmarked}`);
        if (!this.#mayGoOn()) break;
        await news.wait(client.capabilities.has('IDLE') ? this.#pace.lookAnywayMs : this.#pace.pollMs);
        if (!client.usable && this.#mayGoOn()) throw new Error('the server ended the connection');
      }
    } finally {
      this.#client = null;
      news.end();
      if (client.usable && this.#leased) await client.logout().catch(() => client.close());
      else client.close();
    }
  }

  /** Where to go on: at the first sight the end of the mailbox; after a change of UIDVALIDITY all that arrived since then is looked through. */
  async #begin(folder: Folder, uidValidity: number | null, lastUid: number, begunAt: Date): Promise<number> {
    const { settings, parts } = this.#it;
    const { mailboxes } = parts.register;
    const end = folder.uidNext - 1;
    if (uidValidity === null) {
      await mailboxes.advance(settings.name, folder.uidValidity, end);
      parts.log.info({ mailbox: settings.name, left: end }, 'a new mailbox: what is in it is left; loket mailboxes backfill takes it in');
      return end;
    }
    if (uidValidity === folder.uidValidity) return lastUid;
    parts.log.warn(
      { mailbox: settings.name },
      'the server gave the mails new UIDs: all that arrived since the beginning is looked through',
    );
    // A server says when a mail came by the second.
    const since = new Date(Math.floor(begunAt.getTime() / 1000) * 1000);
    const last = await this.#catchUp.run(folder, 0, { since, reached: async () => {}, goesOn: () => this.#mayGoOn() });
    if (this.#mayGoOn()) await mailboxes.advance(settings.name, folder.uidValidity, last);
    return last;
  }

  async #advance(folder: Folder, after: number): Promise<number> {
    const { settings, parts } = this.#it;
    const { uidValidity } = folder;
    return await this.#catchUp.run(folder, after, {
      since: null,
      reached: (uid) => parts.register.mailboxes.advance(settings.name, uidValidity, uid),
      goesOn: () => this.#mayGoOn(),
    });
  }

  #mayGoOn(): boolean {
    return this.#leased && !this.#stopped;
  }

  /** @returns how long to wait */
  async #failed(error: unknown): Promise<number> {
    if (this.#stopped) return 0;
    const { settings, parts } = this.#it;
    const problem = error instanceof NotNow || error instanceof TokenError ? error : problemOf(error, settings.imap);
    this.#failures += 1;
    if (this.#failures === 1 || this.#failures % 10 === 0)
      parts.log.warn(
        { mailbox: settings.name, problem: problem.message, failures: this.#failures },
        'a mailbox cannot be read; it is tried again',
      );
    await parts.register.mailboxes.open(settings.name).then(
      () => parts.register.mailboxes.failing(settings.name, problem.message),
      () => {},
    );
    const { retryMs, longestRetryMs } = this.#pace;
    // A password that is refused stays refused; asking on would only lock the account.
    const lasting = 'permanent' in problem && problem.permanent;
    const pause = lasting ? longestRetryMs : Math.min(longestRetryMs, retryMs * 2 ** Math.min(this.#failures - 1, 10));
    return pause * (1 - Math.random() / 4);
  }

  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => {});
  }
}

/** Waits for word of the server that something came. */
class News {
  readonly #client: ImapFlow;
  readonly #signal: AbortSignal;
  #heard = false;
  #wake: (() => void) | null = null;
  readonly #hear = () => {
    this.#heard = true;
    this.#wake?.();
  };
  readonly #over = () => this.#wake?.();

  constructor(client: ImapFlow, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
    client.on('exists', this.#hear);
    client.on('close', this.#over);
    signal.addEventListener('abort', this.#over);
  }

  /** What was heard until now is looked at now. */
  forget(): void {
    this.#heard = false;
  }

  /** Resolves when something came, the connection ended, the reader stops, or the time is over. */
  async wait(ms: number): Promise<void> {
    if (this.#heard || this.#signal.aborted || !this.#client.usable) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(resolve, ms);
    // The next command ends it. What fails here ends the connection, which is heard.
    this.#client.idle().catch(() => {});
    await promise;
    clearTimeout(timer);
    this.#wake = null;
  }

  end(): void {
    this.#client.off('exists', this.#hear);
    this.#client.off('close', this.#over);
    this.#signal.removeEventListener('abort', this.#over);
  }
}
