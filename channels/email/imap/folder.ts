import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { FetchedMail } from '../intake/intake.ts';
import type { MailboxSettings } from '../settings.ts';

/** What is known of a mail before it is fetched. */
export interface Listed {
  readonly uid: number;
  readonly size: number;
  readonly arrivedAt: Date;
}

/** Of a mail that is too large so much is fetched: its text stands first. */
const BEGINNING = 1024 * 1024;
const LIST_PAGE = 500;

/** The folder that is read, on a connection that has it open. */
export class Folder {
  readonly #client: ImapFlow;
  readonly #settings: MailboxSettings;

  private constructor(client: ImapFlow, settings: MailboxSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  /** Opens it, and makes the folders that mails are moved to. @throws what the server says */
  static async open(client: ImapFlow, settings: MailboxSettings): Promise<Folder> {
    const folder = new Folder(client, settings);
    for (const path of [settings.handledFolder, settings.quarantineFolder]) if (path !== null) await folder.#make(path);
    await client.mailboxOpen(settings.folder);
    return folder;
  }

  get uidValidity(): number {
    const { mailbox } = this.#client;
    if (!mailbox) throw new Error(`the folder ${this.#settings.folder} is not open any more`);
    return Number(mailbox.uidValidity);
  }

  /** The UID that the next mail will get. */
  get uidNext(): number {
    const { mailbox } = this.#client;
    if (!mailbox) throw new Error(`the folder ${this.#settings.folder} is not open any more`);
    return mailbox.uidNext;
  }

  /** The mails after a UID, in their order; a page of them, so that memory is bounded however many there are. */
  async list(after: number): Promise<Listed[]> {
    // "n:*" names the last mail also when its UID is smaller (RFC 3501, 6.4.8).
    const found = await this.#client.search({ uid: `${after + 1}:*` }, { uid: true });
    const uids = (found || []).filter((uid) => uid > after).sort((a, b) => a - b);
    if (uids.length === 0) return [];
    const page = uids.slice(0, LIST_PAGE);
    const listed: Listed[] = [];
    for await (const it of this.#client.fetch(page, { uid: true, size: true, internalDate: true }, { uid: true }))
      listed.push({ uid: it.uid, size: it.size ?? 0, arrivedAt: arrivalOf(it) });
    return listed.filter(({ uid }) => uid > after).sort((a, b) => a.uid - b.uid);
  }

  /** The sources of some mails, by UID. Of those larger than `limit` only the beginning. */
  async fetch(mails: readonly Listed[], limit: number): Promise<Map<number, FetchedMail>> {
    const fetched = new Map<number, FetchedMail>();
    const whole = mails.filter(({ size }) => size <= limit);
    if (whole.length > 0) await this.#sources(whole, true, fetched);
    const large = mails.filter(({ size }) => size > limit);
    if (large.length > 0) await this.#sources(large, { start: 0, maxLength: BEGINNING }, fetched);
    return fetched;
  }

  async #sources(
    mails: readonly Listed[],
    source: true | { start: number; maxLength: number },
    into: Map<number, FetchedMail>,
  ): Promise<void> {
    const sizes = new Map(mails.map((it) => [it.uid, it.size]));
    for await (const it of this.#client.fetch([...sizes.keys()], { uid: true, internalDate: true, source }, { uid: true })) {
      const size = sizes.get(it.uid);
      if (it.source && size !== undefined)
        into.set(it.uid, { raw: it.source, size: source === true ? it.source.length : size, arrivedAt: arrivalOf(it) });
    }
  }

  /** Whether a mail is still there. */
  async has(uid: number): Promise<boolean> {
    const found = await this.#client.search({ uid: String(uid) }, { uid: true });
    return (found || []).includes(uid);
  }

  /** Says on the server that mails were taken in. @throws what the server says; the cursor knows all the same */
  async markHandled(uids: readonly number[]): Promise<void> {
    if (uids.length === 0) return;
    const { handledFolder } = this.#settings;
    await this.#client.messageFlagsAdd([...uids], handledFolder === null ? ['\\Seen', '$Loket'] : ['\\Seen'], { uid: true });
    if (handledFolder !== null) await this.#move(uids, handledFolder);
  }

  /** Puts mails aside that could not be taken in, unharmed. */
  async quarantine(uids: readonly number[]): Promise<void> {
    if (uids.length > 0) await this.#move(uids, this.#settings.quarantineFolder);
  }

  /** Somebody may have removed a folder meanwhile. */
  async #make(folder: string): Promise<void> {
    const known = await this.#client.list();
    if (known.some(({ path }) => path === folder)) return;
    await this.#client.mailboxCreate(folder);
  }

  async #move(uids: readonly number[], folder: string): Promise<void> {
    const moved = await this.#client.messageMove([...uids], folder, { uid: true });
    if (moved !== false) return;
    await this.#make(folder);
    if ((await this.#client.messageMove([...uids], folder, { uid: true })) === false)
      throw new Error(`the server does not move mail to ${folder}`);
  }
}

function arrivalOf({ internalDate }: FetchMessageObject): Date {
  const date = internalDate === undefined ? new Date() : new Date(internalDate);
  return Number.isNaN(date.getTime()) ? new Date() : date;
}
