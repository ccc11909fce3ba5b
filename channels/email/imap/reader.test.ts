/** Reading a real mailbox (Dovecot) into a real register; only the desk's turn is left out. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AttachmentError, type AttachmentStore, type Checkpoint, type ConversationId } from '../../../domain/index.ts';
import { type MailArrival, openRegister, type Register } from '../../../register/index.ts';
import { createDatabase, type TestDatabase } from '../../../test/setup/database.ts';
import { dovecot, findProgram } from '../../../test/setup/parts.ts';
import { Dovecot, type DovecotOptions, PASSWORD } from '../../../test/support/dovecot.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { ask } from '../../../test/support/register-check.ts';
import { retake } from '../intake/retake.ts';
import { openTokens } from '../oauth.ts';
import type { MailboxSettings } from '../settings.ts';
import { Introspection } from '../test/introspection.ts';
import { TokenServer } from '../test/token-server.ts';
import { backfill } from './backfill.ts';
import { checkMailbox } from './check.ts';
import { type ReadOptions, readMailboxes } from './read-mailboxes.ts';

const USER = 'desk@example.org';
const QUICK = { leaseMs: 3_000, pollMs: 200, lookAnywayMs: 60_000, retryMs: 50, longestRetryMs: 200 };

let database: TestDatabase;
let register: Register;
const open: { stop(): Promise<void> }[] = [];
const servers: Dovecot[] = [];

beforeEach(async () => {
  database = await createDatabase();
  register = await openRegister(database, { connections: 8 });
});
afterEach(async () => {
  for (const it of open.splice(0).reverse()) await it.stop();
  for (const it of servers.splice(0)) await it.remove();
  await register.close();
  await database.drop();
});

async function server(options: DovecotOptions = {}): Promise<Dovecot> {
  const it = new Dovecot(options);
  servers.push(it);
  await it.start();
  return it;
}

function settingsOf(at: Dovecot, more: Partial<MailboxSettings> = {}): MailboxSettings {
  return {
    name: more.address ?? USER,
    address: USER,
    aliases: [],
    plusAddressing: false,
    imap: {
      host: at.caFile ? 'localhost' : '127.0.0.1',
      port: at.port,
      security: at.caFile ? 'tls' : 'none',
      caFile: at.caFile,
      user: more.address ?? USER,
      credential: { kind: 'password', password: PASSWORD },
    },
    smtp: null,
    folder: 'INBOX',
    handledFolder: 'Verwerkt',
    quarantineFolder: 'Quarantaine',
    sentFolder: null,
    trustedHosts: ['mx.example.org'],
    trustsInternal: false,
    ...more,
  };
}

interface Reading {
  readonly drained: ConversationId[];
  readonly passed: Checkpoint[];
  readonly raws: Map<string, Buffer>;
  readonly parts: ReadOptions['parts'];
  stop(): Promise<void>;
}

interface Wishes {
  readonly maxBytes?: number;
  /** Called at each checkpoint; what it throws breaks the reading there. */
  readonly at?: (checkpoint: Checkpoint) => void;
  /** Called with what is to be kept; what it throws is a full disk. */
  readonly keep?: (raw: Buffer) => void;
  /** The subject of a mail that the register cannot take. */
  readonly poison?: string;
}

function read(mailboxes: readonly MailboxSettings[], wishes: Wishes = {}): Reading {
  const drained: ConversationId[] = [];
  const passed: Checkpoint[] = [];
  const raws = new Map<string, Buffer>();
  const attachments: AttachmentStore = {
    store: () => Promise.reject(new Error('no attachment is expected here')),
    open: () => Promise.reject(new Error('no attachment is expected here')),
  };
  const parts: ReadOptions['parts'] = {
    register: { ...register, mails: poisonedBy(wishes.poison ?? null) },
    desk: {
      drain: async (conversation) => {
        drained.push(conversation);
      },
      undelivered: async () => {},
      handled: async () => {},
    },
    suppliers: () => [],
    raws: {
      put: async (content) => {
        if (!(content instanceof Uint8Array)) throw new Error('a mail comes in one piece');
        const raw = Buffer.from(content);
        wishes.keep?.(raw);
        const key = `raw-${raws.size + 1}`;
        raws.set(key, raw);
        return key;
      },
      remove: async (key) => {
        raws.delete(key);
      },
    },
    attachments,
    checkpoint: (checkpoint) => {
      passed.push(checkpoint);
      wishes.at?.(checkpoint);
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
  const reading = readMailboxes({
    mailboxes,
    limits: { maxBytes: wishes.maxBytes ?? 50_000_000, answersPerHour: 20 },
    tokens: openTokens(),
    pace: QUICK,
    parts,
  });
  const it = { drained, passed, raws, parts, stop: () => reading.stop() };
  open.push(it);
  return it;
}

/** The register's mails, one of which is poison. */
function poisonedBy(subject: string | null): Register['mails'] {
  return new Proxy(register.mails, {
    get: (mails, name) => {
      if (name === 'receive')
        return async (arrival: MailArrival) => {
          if (arrival.mail.subject === subject) throw new Error('it cannot be read');
          return await mails.receive(arrival);
        };
      const member: unknown = Reflect.get(mails, name, mails);
      return typeof member === 'function' ? member.bind(mails) : member;
    },
  });
}

let counted = 0;
function mail(
  subject: string,
  more: { readonly id?: string | null; readonly from?: string; readonly text?: string; readonly headers?: string } = {},
): string {
  counted += 1;
  const id = more.id === null ? '' : `Message-ID: <${more.id ?? `m${counted}@example.org`}>\n`;
  return `From: ${more.from ?? 'Eva Jansen <eva@example.org>'}\nTo: ${USER}\nSubject: ${subject}\nDate: Tue, 24 Nov 2026 10:00:00 +0100\n${id}${more.headers ?? ''}\n${more.text ?? 'De lamp in gang 2 is kapot.'}\n`;
}

const subjectsTaken = async (): Promise<string[]> =>
  (await ask<{ subject: string }>(database.ownerUrl, `select subject from mails where direction = 'in' order by id`)).map(
    ({ subject }) => subject,
  );
const ledger = () =>
  ask<{ source: string; status: string; reason: string | null; raw: string | null }>(
    database.ownerUrl,
    'select source, status, reason, raw from intake order by id',
  );
/** The mailbox was seen for the first time. */
const begun = (name = USER) =>
  eventually(async () => {
    const found = (await register.mailboxes.list()).find((it) => it.name === name);
    expect(found?.reachedAt).not.toBeNull();
    expect(found).toBeDefined();
  });
/** In whatever order: mails of their own go side by side. */
const taken = (...subjects: readonly string[]) =>
  eventually(async () => expect((await subjectsTaken()).toSorted()).toEqual(subjects.toSorted()));

describe.skipIf(findProgram(dovecot) === null)('a mailbox on Dovecot', () => {
  it('is taken up at its end; what comes then is taken in once and moved', async () => {
    const imap = await server();
    await imap.deliver(USER, [mail('van voor onze tijd')]);
    const reading = read([settingsOf(imap)]);
    await begun();
    await imap.deliver(USER, [mail('een'), mail('twee')]);
    await taken('een', 'twee');
    await eventually(async () => expect(await imap.subjects(USER, 'Verwerkt')).toEqual(['een', 'twee']));
    expect(await imap.subjects(USER)).toEqual(['van voor onze tijd']);
    expect(reading.drained).toHaveLength(2);
    expect(await ledger()).toMatchObject([{ status: 'pending' }, { status: 'pending' }]);
  });

  it('over TLS with a certificate that the configuration names, and refuses one that nobody vouches for', async () => {
    const imap = await server({ tls: true });
    const good = settingsOf(imap);
    read([good, { ...good, name: 'nobody', imap: { ...good.imap, caFile: null } }]);
    await begun();
    await imap.deliver(USER, [mail('een')]);
    await taken('een');
    await eventually(async () => {
      const states = await register.mailboxes.list();
      expect(states.find(({ name }) => name === 'nobody')?.error).toMatch(/certificate of localhost:\d+ is not trusted/);
    });
  });

  it('a password that is refused is said in the words of the server', async () => {
    const imap = await server();
    const settings = settingsOf(imap);
    read([{ ...settings, imap: { ...settings.imap, credential: { kind: 'password', password: 'wrong' } } }]);
    await eventually(async () =>
      expect((await register.mailboxes.list())[0]).toMatchObject({
        error: expect.stringMatching(/sign-in of desk@example.org refused by .*[Aa]uthentication failed/),
      }),
    );
  });

  it('without IDLE it is looked now and then', async () => {
    const imap = await server({ without: ['IDLE'] });
    read([settingsOf(imap)]);
    await begun();
    await imap.deliver(USER, [mail('een')]);
    await taken('een');
  });

  it('stays where it is and gets a mark, when that is configured', async () => {
    const imap = await server();
    read([settingsOf(imap, { handledFolder: null })]);
    await begun();
    await imap.deliver(USER, [mail('een')]);
    await eventually(async () => {
      const client = await imap.client(USER);
      await client.mailboxOpen('INBOX');
      const found = await client.fetchOne('1', { flags: true });
      await client.logout();
      expect(found && [...(found.flags ?? [])]).toEqual(expect.arrayContaining(['\\Seen', '$Loket']));
    });
    await imap.deliver(USER, [mail('twee')]);
    await taken('een', 'twee');
    expect(await imap.subjects(USER)).toEqual(['een', 'twee']);
  });

  it('after days without the desk all that came is taken in once', async () => {
    const imap = await server();
    const first = read([settingsOf(imap)]);
    await begun();
    await imap.deliver(USER, [mail('een')]);
    await taken('een');
    await first.stop();
    await imap.deliver(
      USER,
      ['twee', 'drie', 'vier'].map((subject) => mail(subject)),
    );
    read([settingsOf(imap)]);
    await taken('een', 'twee', 'drie', 'vier');
  });

  it('a server that goes away for a while, or breaks off, costs nothing and doubles nothing', async () => {
    const imap = await server();
    read([settingsOf(imap)]);
    await begun();
    await imap.deliver(USER, [mail('een')]);
    await taken('een');
    imap.breakConnections();
    await imap.deliver(USER, [mail('twee')]);
    await taken('een', 'twee');
    await imap.stop();
    await eventually(async () =>
      expect((await register.mailboxes.list())[0]?.error).toMatch(/nothing listens|ended the connection|closed/i),
    );
    await imap.start();
    await imap.deliver(USER, [mail('drie')]);
    await taken('een', 'twee', 'drie');
    await eventually(async () => expect((await register.mailboxes.list())[0]?.error).toBeNull());
  });

  it('new UIDs (UIDVALIDITY) give nothing twice, lose nothing, and leave what is from before the beginning', async () => {
    const imap = await server();
    const old = new Date(Date.now() - 24 * 3_600_000);
    await imap.deliver(USER, [mail('van voor onze tijd')], 'INBOX', old);
    const reading = read([settingsOf(imap, { handledFolder: null })]);
    await begun();
    await imap.deliver(USER, [mail('een'), mail('twee')]);
    await taken('een', 'twee');
    await reading.stop();
    await imap.deliver(USER, [mail('drie')]);
    await imap.renumber(USER);
    const again = read([settingsOf(imap, { handledFolder: null })]);
    await taken('een', 'twee', 'drie');
    await imap.deliver(USER, [mail('vier')]);
    await taken('een', 'twee', 'drie', 'vier');
    // What had not had its turn gets it; the desk takes it once.
    expect(new Set(again.drained).size).toBe(4);
  });

  it.each(['intake:before-store', 'intake:after-store', 'mail:after-fetch', 'mail:after-mark', 'mail:after-cursor'] as const)(
    'broken off at %s it goes on there: everything once',
    async (checkpoint) => {
      const imap = await server();
      await read([settingsOf(imap)]).stop();
      // Before the beginning a mailbox has nothing to break off.
      const start = read([settingsOf(imap)]);
      await begun();
      await start.stop();
      await imap.deliver(
        USER,
        ['een', 'twee', 'drie'].map((subject) => mail(subject)),
      );
      let broken = 0;
      read([settingsOf(imap)], {
        at: (passed) => {
          if (passed !== checkpoint || broken > 0) return;
          broken += 1;
          throw new Error('broken off');
        },
      });
      await eventually(async () => expect((await subjectsTaken()).toSorted()).toEqual(['drie', 'een', 'twee']));
      await eventually(async () => expect((await imap.subjects(USER, 'Verwerkt')).toSorted()).toEqual(['drie', 'een', 'twee']));
      expect(broken).toBe(1);
      expect(await ledger()).toHaveLength(3);
    },
  );

  it('poison is set aside with its source, and stops nothing', async () => {
    const imap = await server();
    const reading = read([settingsOf(imap)], {
      poison: 'vergif',
    });
    await begun();
    await imap.deliver(
      USER,
      ['een', 'vergif', 'drie'].map((subject) => mail(subject)),
    );
    await taken('een', 'drie');
    await eventually(async () => expect(await imap.subjects(USER, 'Quarantaine')).toEqual(['vergif']));
    const parked = (await ledger()).filter(({ status }) => status === 'parked');
    expect(parked).toMatchObject([{ source: USER, reason: 'it cannot be read' }]);
    const source = reading.raws.get(parked[0]?.raw ?? '') ?? Buffer.alloc(0);
    expect(source.toString()).toContain('Subject: vergif');
    // It stays what it is while it cannot be taken in.
    const options = { mailboxes: [settingsOf(imap)], limits: { maxBytes: 50_000_000, answersPerHour: 20 } };
    const setAside = { source: USER, raw: source, arrivedAt: new Date() };
    await expect(retake(setAside, { ...options, parts: reading.parts })).rejects.toThrow('it cannot be read');
    expect((await ledger()).map(({ status }) => status)).toContain('parked');
    expect(await retake({ ...setAside, source: 'gone@example.org' }, { ...options, parts: reading.parts })).toBe(false);
    // Mended, it is taken in from its source, once.
    const mended = { ...options, parts: { ...reading.parts, register } };
    for (let i = 0; i < 2; i++) expect(await retake(setAside, mended)).toBe(true);
    await taken('een', 'drie', 'vergif');
    expect((await ledger()).map(({ status }) => status)).not.toContain('parked');
  });

  it('what was set aside is tried again when it is put back into the inbox', async () => {
    const imap = await server();
    const first = read([settingsOf(imap)], { poison: 'vergif' });
    await begun();
    await imap.deliver(USER, [mail('vergif')]);
    await eventually(async () => expect(await imap.subjects(USER, 'Quarantaine')).toEqual(['vergif']));
    await first.stop();
    read([settingsOf(imap)]);
    const client = await imap.client(USER);
    await client.mailboxOpen('Quarantaine');
    await client.messageMove('1:*', 'INBOX');
    await client.logout();
    await taken('vergif');
    expect((await ledger()).map(({ status }) => status)).not.toContain('parked');
  });

  it('two processes: one reads, and when it dies the other takes over', async () => {
    const imap = await server();
    const settings = settingsOf(imap);
    const first = read([settings]);
    await begun();
    const second = read([settings]);
    await imap.deliver(USER, [mail('een')]);
    await taken('een');
    expect(first.drained.length + second.drained.length).toBe(1);
    expect(second.passed).toEqual([]);
    await first.stop();
    await imap.deliver(USER, [mail('twee')]);
    await taken('een', 'twee');
    await eventually(() => expect(second.drained).toHaveLength(1));
  });

  it('one mail to two mailboxes is one question, and the second mailbox is a hint', async () => {
    const imap = await server();
    const other = 'ict@example.org';
    read([settingsOf(imap), settingsOf(imap, { address: other, name: other })]);
    await begun();
    await begun(other);
    const both = mail('aan allebei');
    await imap.deliver(USER, [both]);
    await taken('aan allebei');
    await imap.deliver(other, [`Received: from elsewhere\n${both}`]);
    await eventually(async () => expect(await ledger()).toHaveLength(2));
    expect((await ledger()).map(({ source, status }) => [source, status])).toEqual([
      [USER, 'pending'],
      [other, 'handled'],
    ]);
    expect(await ask(database.ownerUrl, 'select mailbox, also_in from mails')).toEqual([{ mailbox: USER, also_in: [other] }]);
    expect(await ask(database.ownerUrl, 'select 1 from conversations')).toHaveLength(1);
  });

  it('a mail without a Message-ID is one mail, and one that uses an old one is another', async () => {
    const imap = await server();
    read([settingsOf(imap)]);
    await begun();
    const without = mail('zonder', { id: null });
    await imap.deliver(USER, [
      without,
      without,
      mail('zelfde', { id: 'x@example.org' }),
      mail('zelfde', { id: 'x@example.org', text: 'Iets anders.' }),
    ]);
    await taken('zonder', 'zelfde', 'zelfde');
    await eventually(async () => expect(await imap.subjects(USER, 'Verwerkt')).toHaveLength(4));
    expect(await ledger()).toHaveLength(3);
  });

  it('a mail that is too large is taken in without what came with it; the mail itself goes to the quarantine', async () => {
    const imap = await server();
    read([settingsOf(imap)], { maxBytes: 200_000 });
    await begun();
    const large = mail('plattegrond', {
      headers: 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n',
      text: `--b\nContent-Type: text/plain\n\nDe deur klemt, zie bijlage.\n--b\nContent-Type: application/pdf; name=p.pdf\nContent-Transfer-Encoding: base64\n\n${'QUJD'.repeat(19).concat('\n').repeat(20_000)}--b--`,
    });
    await imap.deliver(USER, [large, mail('twee')]);
    await eventually(async () => expect((await subjectsTaken()).toSorted()).toEqual(['plattegrond', 'twee']));
    const [first] = await ask<{ payload: { text: string; notTaken: unknown } }>(
      database.ownerUrl,
      "select payload from intake where payload ? 'notTaken'",
    );
    expect(first?.payload.text).toContain('De deur klemt');
    expect(first?.payload.notTaken).toEqual([{ name: null, reason: 'too-large', limit: 200_000 }]);
    await eventually(async () => expect(await imap.subjects(USER, 'Quarantaine')).toEqual(['plattegrond']));
  });

  it('a full disk stops the reading, says so, and loses nothing', async () => {
    const imap = await server();
    let full = true;
    read([settingsOf(imap)], {
      keep: () => {
        if (full) throw new AttachmentError('storage-full', 'the disk is full');
      },
    });
    await begun();
    await imap.deliver(USER, [mail('een')]);
    await eventually(async () => expect((await register.mailboxes.list())[0]?.error).toMatch(/cannot be kept/));
    expect(await subjectsTaken()).toEqual([]);
    full = false;
    await taken('een');
    expect(await ledger()).toHaveLength(1);
  });

  it('with a token (XOAUTH2): a new one is got when the server does not take the old one', async () => {
    const tokens = new TokenServer();
    await tokens.start();
    const introspection = new Introspection(USER);
    await introspection.start();
    const imap = await server({ introspection: introspection.url });
    const settings = settingsOf(imap);
    read([{ ...settings, imap: { ...settings.imap, credential: { kind: 'oauth2', oauth2: tokens.microsoft } } }]);
    await begun();
    await imap.deliver(USER, [mail('een')]);
    await taken('een');
    expect(tokens.asked.map((it) => it.get('grant_type'))).toEqual(['client_credentials']);
    introspection.refused.add('token-1');
    imap.breakConnections();
    await imap.deliver(USER, [mail('twee')]);
    await taken('een', 'twee');
    expect(tokens.asked).toHaveLength(2);
    await introspection.stop();
    await tokens.stop();
  });

  it('what was there before is taken in when asked, once, also when it is begun again', async () => {
    const imap = await server();
    await imap.deliver(
      USER,
      ['oud', 'ouder', 'oudst'].map((subject) => mail(subject)),
    );
    const settings = settingsOf(imap, { handledFolder: null });
    const reading = read([settings]);
    await begun();
    expect(await subjectsTaken()).toEqual([]);
    await reading.stop();
    const seen: number[] = [];
    const again = () =>
      backfill({
        mailbox: settings,
        mailboxes: [settings],
        limits: { maxBytes: 50_000_000, answersPerHour: 20 },
        tokens: openTokens(),
        parts: reading.parts,
        progress: (reached, last) => seen.push(reached / last),
      });
    await again();
    await taken('oud', 'ouder', 'oudst');
    expect(seen.at(-1)).toBe(1);
    await again();
    await taken('oud', 'ouder', 'oudst');
    expect(await ledger()).toHaveLength(3);
  });

  it('is checked in plain words', async () => {
    const imap = await server();
    const settings = settingsOf(imap);
    expect(await checkMailbox(settings, openTokens())).toMatch(/signed in as desk@example.org, reads INBOX .* news comes at once/);
    expect(await imap.subjects(USER, 'Quarantaine')).toEqual([]);
    const wrong = { ...settings, imap: { ...settings.imap, credential: { kind: 'password', password: 'wrong' } as const } };
    await expect(checkMailbox(wrong, openTokens())).rejects.toThrow(/is the password right.*docs\/email.md/);
    await expect(checkMailbox({ ...settings, folder: 'Weg' }, openTokens())).rejects.toThrow(
      /signed in, but Weg and its folders cannot be used/,
    );
  });
});
