import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import { type ParsedMail, simpleParser } from 'mailparser';
import pg from 'pg';
import { type CaseAction, Desk } from '../../bot/index.ts';
import { world } from '../../bot/test/world.ts';
import { emailDelivery, type MailServer } from '../../channels/email/deliver.ts';
import { mailLinks } from '../../channels/email/link-routes.ts';
import { LINK_KEY, Links } from '../../channels/email/links.ts';
import type { SentFolder } from '../../channels/email/sent-folder.ts';
import type { MailboxSettings } from '../../channels/email/settings.ts';
import { openSmtp, type Smtp } from '../../channels/email/smtp.ts';
import { type Case, type CaseId, type ConversationId, type MessageId, newId, type PersonId } from '../../domain/index.ts';
import { DiskBlobs, Files, type Scanner } from '../../files/index.ts';
import { turnRegister } from '../../main/start.ts';
import { openQueues, type Queues } from '../../queue/index.ts';
import { openRegister, type Register } from '../../register/index.ts';
import { type OpenIdSettings, SignedApprover } from '../../workbench/index.ts';
import { openIdRoutes } from '../../workbench/openid-routes.ts';
import { Sessions } from '../../workbench/session.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { eventually } from './eventually.ts';
import { SmtpReceiver } from './smtp-receiver.ts';

export const ORGANISATION = 'Gemeente Voorbeeld';
export const BASE = 'https://desk.example.org';

/** A Sent folder in memory, that can be out of reach. */
export class RememberedSent implements SentFolder {
  readonly kept = new Map<string, Buffer>();
  away = false;
  looked = 0;

  async has(id: string): Promise<boolean> {
    this.looked += 1;
    if (this.away) throw new Error('the server is away');
    return this.kept.has(id);
  }

  async keep(id: string, raw: Buffer): Promise<void> {
    if (this.away) throw new Error('the server is away');
    this.kept.set(id, raw);
  }

  async close(): Promise<void> {}
}

/** The desk with a mailbox: the real bot, register and queues, and a real SMTP server that takes what it sends. Mails come in past IMAP. */
export class MailDesk {
  readonly receiver = new SmtpReceiver();
  readonly sent = new RememberedSent();
  readonly #made: TestDatabase;
  readonly register: Register;
  readonly desk: Desk;
  readonly app: FastifyInstance;
  readonly links: Links;
  readonly files: Files;
  readonly #folder = mkdtempSync(join(tmpdir(), 'loket-mail-desk-'));
  /** The cases that were put in a queue, each as often as it was. */
  readonly tickets: CaseId[] = [];
  #queues: Queues | null = null;
  #smtp: Smtp | null = null;
  readonly #look: pg.Pool;
  /** The moment at which the desk decides. The queues have the real one: a job of next month would never come. */
  clock: () => Date = () => new Date();
  /** Around a real handover, for what a test wants to happen there. */
  around: (send: () => ReturnType<Smtp['send']>) => ReturnType<Smtp['send']> = (send) => send();

  private constructor(parts: { made: TestDatabase; register: Register; desk: Desk; links: Links; scanner: Scanner | null }) {
    this.#made = parts.made;
    this.register = parts.register;
    this.desk = parts.desk;
    this.links = parts.links;
    this.files = new Files({
      blobs: new DiskBlobs(this.#folder, { keptFree: 0 }),
      attachments: parts.register.attachments,
      scanner: parts.scanner,
      largest: 100 * 1024 * 1024,
      refused: [],
    });
    this.app = Fastify();
    this.#look = new pg.Pool({ connectionString: parts.made.ownerUrl, max: 2 });
    this.#look.on('error', () => {});
  }

  static async open(
    settings: {
      readonly answersPerHour?: number;
      readonly mailbox?: Partial<MailboxSettings>;
      readonly scanner?: Scanner;
      readonly signIn?: OpenIdSettings;
    } = {},
  ): Promise<MailDesk> {
    const [made, { catalogue, understand, budgets }] = await Promise.all([createDatabase(), world()]);
    const register = await openRegister(made, { connections: 6 });
    let it: MailDesk | null = null;
    const desk = new Desk({
      register: { ...turnRegister(register, { teams: false, email: true }), budgets: async () => budgets },
      published: { current: () => ({ catalogue, understand }), at: async () => catalogue },
      now: () => it?.clock() ?? new Date(),
      disruptions: () => [],
      approvingSignsIn: settings.signIn !== undefined,
      checkpoint: () => {},
      report: (problem, error) => {
        throw new Error(problem, { cause: error });
      },
      afterCommit: ({ outbox }) => it?.project(outbox),
    });
    it = new MailDesk({
      made,
      register,
      desk,
      links: new Links(await register.keys.get(LINK_KEY), BASE),
      scanner: settings.scanner ?? null,
    });
    await it.#start(settings);
    return it;
  }

  project(entries: Parameters<Queues['project']>[0]): void {
    for (const entry of entries) if (entry.kind === 'ticket' && entry.case) this.tickets.push(entry.case);
    this.#queues?.project(entries);
  }

  async #start({
    answersPerHour = 1000,
    mailbox = {},
    signIn,
  }: {
    answersPerHour?: number;
    mailbox?: Partial<MailboxSettings>;
    signIn?: OpenIdSettings;
  }): Promise<void> {
    await this.receiver.start();
    const settings: MailboxSettings = {
      name: 'servicedesk',
      address: 'desk@example.org',
      aliases: ['ict@example.org'],
      plusAddressing: false,
      imap: this.receiver.settings(),
      smtp: this.receiver.settings(),
      folder: 'INBOX',
      handledFolder: null,
      quarantineFolder: 'Quarantaine',
      sentFolder: null,
      trustedHosts: [],
      trustsInternal: false,
      ...mailbox,
    };
    const smtp = openSmtp(this.receiver.settings(), () => Promise.reject(new Error('no tokens')), { socketTimeout: 3000 });
    this.#smtp = smtp;
    const server: MailServer = {
      smtp: { ...smtp, send: (envelope, raw) => this.around(() => smtp.send(envelope, raw)) },
      sent: this.sent,
    };
    const delivery = emailDelivery({
      register: this.register,
      attachments: this.files,
      mailboxes: [settings],
      links: this.links,
      organisation: () => ORGANISATION,
      limits: { answersPerHour },
      servers: new Map([[settings.name, server]]),
      checkpoint: () => {},
      log: { warn: () => {} },
    });
    this.#queues = await openQueues({
      backend: { kind: 'postgres', url: this.register.applicationUrl, schema: 'queue' },
      register: this.register,
      deliver: { email: { together: delivery.together, patience: { maxAttempts: 4, retryMs: 5, longestRetryMs: 20 } } },
      onTimer: async () => {},
      onParked: async (_, messages) => {
        for (const message of messages)
          for (const id of await this.register.mails.casesOf(message)) await this.desk.undelivered(id, message);
      },
      checkpoint: () => {},
      log: { info: () => {}, warn: () => {}, error: () => {} },
      pace: { gatherMs: 5 },
    });
    const approver = signIn ? await this.#signIn(signIn) : null;
    await this.app.register(mailLinks, {
      approver,
      prefix: '/mail',
      desk: this.desk,
      register: this.register,
      files: this.files,
      links: this.links,
      organisation: () => ORGANISATION,
    });
  }

  /** The sign-in by a provider, as the workbench has it. */
  async #signIn(openid: OpenIdSettings): Promise<SignedApprover> {
    const approver = new SignedApprover(await this.register.keys.get('openid'), BASE);
    await this.app.register(cookie);
    const { register } = this;
    const sessions = new Sessions(register, BASE);
    await this.app.register(
      async (app) => void (await openIdRoutes(app, { register, sessions, openid, groups: () => [], approver, publicUrl: BASE })),
      { prefix: '/api/workbench' },
    );
    return approver;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.desk.settled();
    await this.#queues?.close();
    this.#smtp?.close();
    await this.receiver.remove();
    await this.#look.end();
    await this.register.close();
    await this.#made.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Somebody writes; the mail begins a conversation or goes on with one. One that came before changes nothing. */
  async write(
    text: string,
    mail: {
      readonly in?: ConversationId;
      readonly subject?: string;
      readonly from?: string;
      readonly name?: string;
      readonly id?: string;
      readonly references?: readonly string[];
      readonly threadIndex?: string;
      readonly threadTopic?: string;
    } = {},
  ): Promise<ConversationId> {
    const internetMessageId = mail.id ?? `${randomUUID()}@example.org`;
    const conversation = mail.in ?? newId<ConversationId>();
    const person = { id: newId<PersonId>(), name: mail.name ?? 'Eva Jansen', address: mail.from ?? 'eva@example.org' };
    const received = await this.register.mails.receive({
      intake: newId(),
      mailbox: 'servicedesk',
      fingerprint: createHash('sha256').update(internetMessageId).digest('hex'),
      sourceFingerprint: createHash('sha256').update(`source of ${internetMessageId}`).digest('hex'),
      mail: {
        internetMessageId,
        references: mail.references ?? [],
        fromAddress: person.address,
        fromName: person.name,
        replyTo: null,
        toAddresses: ['desk@example.org'],
        subject: mail.subject ?? 'Vraag',
        threadIndex: mail.threadIndex ?? null,
        threadTopic: mail.threadTopic ?? null,
        raw: null,
        automated: null,
        trusted: true,
        forwardedAddress: null,
        forwardedName: null,
        at: new Date(),
      },
      payload: { text, answer: null, pace: 'slow', sender: { kind: 'requester', proven: true } },
      to: mail.in
        ? { kind: 'existing', conversation, person: null }
        : { kind: 'new', conversation, person, state: { language: 'nl', open: [], lastProduct: null } },
    });
    if (received.kind === 'known') return conversation;
    if (received.kind !== 'taken') throw new Error(`the mail was ${received.kind}`);
    await this.desk.drain(conversation);
    return conversation;
  }

  /** What the receiver got, once there are so many. */
  async mails(count: number): Promise<ParsedMail[]> {
    await eventually(() => {
      if (this.receiver.mails.length < count) throw new Error(`${this.receiver.mails.length} of ${count} mails arrived`);
    });
    return await Promise.all(this.receiver.mails.map(({ raw }) => simpleParser(raw)));
  }

  /** The last of so many mails. */
  async mail(count = 1): Promise<ParsedMail> {
    const last = (await this.mails(count)).at(-1);
    if (!last) throw new Error('no mail arrived');
    return last;
  }

  /** The cases of a conversation, oldest first. */
  async cases(conversation: ConversationId): Promise<Case[]> {
    const view = await this.register.turns.next(conversation);
    return [...(view?.cases ?? [])].reverse();
  }

  async worker(name: string): Promise<{ readonly id: PersonId; readonly name: string }> {
    await this.register.signIn.invite({ address: `${randomUUID()}@example.org`, name, role: 'worker', team: 'facilities', by: null });
    const [row] = await this.look<{ id: PersonId }>(`select id from people where name = '${name}' order by id desc limit 1`);
    if (!row) throw new Error('no such worker');
    return { id: row.id, name };
  }

  async act(id: CaseId, action: CaseAction, worker: { readonly id: PersonId; readonly name: string }): Promise<void> {
    const result = await this.desk.act(id, action, worker);
    if (result?.kind !== 'done') throw new Error(`refused: ${JSON.stringify(result)}`);
  }

  async look<Row extends object>(sql: string): Promise<Row[]> {
    return (await this.#look.query<Row>(sql)).rows;
  }

  /** Resolves when nothing waits to be sent. */
  async settled(): Promise<void> {
    await eventually(async () => {
      const waiting = await this.look(`select id from outbox where kind = 'reply' and status in ('pending', 'projected')`);
      if (waiting.length > 0) throw new Error(`${waiting.length} replies wait`);
    });
  }

  async sends(message?: MessageId): Promise<{ attempt: number; outcome: string; detail: string | null }[]> {
    return await this.look(`select attempt, outcome, detail from sends ${message ? `where message_id = '${message}'` : ''} order by id`);
  }
}
