import type { ImapFlow } from 'imapflow';

/** Where a mailbox keeps what was sent: looked at before a mail is sent again, and filled where the server does not do so by itself. */
export interface SentFolder {
  /** Whether a mail with this Message-ID stands there. @throws when the server cannot be asked */
  has(internetMessageId: string): Promise<boolean>;
  /** Puts a mail there, unless it stands there already. @throws when the server does not take it */
  keep(internetMessageId: string, raw: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** A connection that nobody used for so long is ended. */
const IDLE_MS = 30_000;
/** For a server that has no folder of this kind yet. */
const MADE = 'Sent';

/**
 * @param connect signs in to the mailbox's server; called when there is something to do
 * @param folder null: the folder that the server itself calls its Sent folder (RFC 6154)
 */
export function openSentFolder(connect: () => Promise<ImapFlow>, folder: string | null): SentFolder {
  return new Sent(connect, folder);
}

class Sent implements SentFolder {
  readonly #connect: () => Promise<ImapFlow>;
  readonly #folder: string | null;
  #client: Promise<ImapFlow> | null = null;
  #path: string | null;
  #idle: NodeJS.Timeout | null = null;
  /** One thing at a time: a connection has one folder open. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(connect: () => Promise<ImapFlow>, folder: string | null) {
    this.#connect = connect;
    this.#folder = folder;
    this.#path = folder;
  }

  has(internetMessageId: string): Promise<boolean> {
    return this.#inLine((client, path) => found(client, path, internetMessageId));
  }

  keep(internetMessageId: string, raw: Buffer): Promise<void> {
    return this.#inLine(async (client, path) => {
      if (await found(client, path, internetMessageId)) return;
      await client.append(path, raw, ['\\Seen']);
    });
  }

  async close(): Promise<void> {
    await this.#line.catch(() => {});
    await this.#end();
  }

  #inLine<Result>(work: (client: ImapFlow, path: string) => Promise<Result>): Promise<Result> {
    const mine = this.#line.then(
      () => this.#with(work),
      () => this.#with(work),
    );
    this.#line = mine;
    return mine;
  }

  async #with<Result>(work: (client: ImapFlow, path: string) => Promise<Result>): Promise<Result> {
    if (this.#idle) clearTimeout(this.#idle);
    try {
      // A connection that was kept may be dead without anybody having noticed: then once more with a new one.
      return this.#client ? await this.#once(work).catch(() => this.#once(work)) : await this.#once(work);
    } finally {
      this.#idle = setTimeout(() => void this.#end(), IDLE_MS);
      this.#idle.unref();
    }
  }

  async #once<Result>(work: (client: ImapFlow, path: string) => Promise<Result>): Promise<Result> {
    try {
      const client = await this.#open();
      return await work(client, await this.#find(client));
    } catch (error) {
      await this.#end();
      throw error;
    }
  }

  async #open(): Promise<ImapFlow> {
    const known = await this.#client?.catch(() => null);
    if (known?.usable) return known;
    this.#client = this.#connect();
    return await this.#client;
  }

  /** The folder's path; made where the server has none. */
  async #find(client: ImapFlow): Promise<string> {
    if (this.#path !== null && this.#folder === null) return this.#path;
    const folders = await client.list();
    const there = folders.find((it) => (this.#folder === null ? it.specialUse === '\\Sent' : it.path === this.#folder));
    const path = there?.path ?? this.#folder ?? MADE;
    if (!there && !folders.some((it) => it.path === path)) await client.mailboxCreate(path);
    this.#path = path;
    return path;
  }

  async #end(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    const client = this.#client;
    this.#client = null;
    const opened = await client?.catch(() => null);
    await opened?.logout().catch(() => opened.close());
  }
}

async function found(client: ImapFlow, path: string, internetMessageId: string): Promise<boolean> {
  const lock = await client.getMailboxLock(path, { readOnly: true });
  try {
    // In a folder that stays open a search finds only what the server told of before (RFC 9051, 5.2).
    await client.noop();
    const uids = await client.search({ header: { 'message-id': internetMessageId } }, { uid: true });
    // That it could not be searched is not that it stands there not.
    if (!Array.isArray(uids)) throw new Error('the Sent folder could not be searched');
    return uids.length > 0;
  } finally {
    lock.release();
  }
}
