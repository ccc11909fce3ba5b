/**
 * `npm run mail:try`: the desk with a mailbox of its own on this machine, for trying email without an account: Dovecot holds the mail, an SMTP server
 * puts whatever is sent into it, yours to the desk and the desk's to you. Mail from this window, from any mail program, or with curl.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { dovecot, findProgram } from './setup/parts.ts';
import { Dovecot, PASSWORD } from './support/dovecot.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DESK = 'servicedesk@example.org';
const YOU = 'jij@example.org';
/** What the server of an organisation writes on top of a mail whose sender it has checked. */
const CHECKED = 'Authentication-Results: mail.try; dmarc=pass\r\n';

if (!findProgram(dovecot)) {
  console.error('mail:try needs Dovecot, which holds the mail. On Debian or Ubuntu: sudo apt-get install dovecot-imapd');
  process.exit(1);
}

const imap = new Dovecot();
await imap.start();
const smtp = await openSmtp();
const desk = startDesk();
let last: LastAnswer | null = null;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
desk.once('exit', () => void stop());
await said(desk, 'Ready in');
// Its folders are there once the mailbox is read.
await read();

const port = portOf(smtp);
console.log(`
  Mail is on. You are ${YOU}, the desk is ${DESK}; nothing leaves this machine.

  From here       type a mail, its subject in the first line, and end it with a line with only a dot.
                  What you type after an answer came is a reply to it; "Onderwerp: ..." in the first line begins a new mail.
  Mail program    IMAP 127.0.0.1:${imap.port}, no TLS, user ${YOU}, password ${PASSWORD}; SMTP 127.0.0.1:${port}, no TLS, no password
  curl            curl smtp://127.0.0.1:${port} --mail-from ${YOU} --mail-rcpt ${DESK} -T MAIL.eml

  Ctrl-C stops all of it; the mails are gone then, the cases stay in ./data/mail-try.
`);
const answered = showAnswers();
readMails();
await answered;

/** Everything that is sent ends in the mailbox of whom it is for. */
async function openSmtp(): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? '' }),
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const raw = Buffer.concat([Buffer.from(CHECKED), ...pieces]);
        const boxes = session.envelope.rcptTo.map(({ address }) => address.replace(/\+[^@]*/, '').toLowerCase());
        Promise.all(boxes.map(async (box) => await imap.deliver(box, [raw]))).then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: SMTPServer): number {
  const address = server.server.address();
  if (typeof address !== 'object' || !address) throw new Error('the SMTP server has no port');
  return address.port;
}

function startDesk(): ChildProcess {
  const mailbox = {
    address: DESK,
    imap: `127.0.0.1:${imap.port}`,
    smtp: `127.0.0.1:${portOf(smtp)}`,
    tls: false,
    password: PASSWORD,
    plusAddressing: true,
    trustedHosts: ['mail.try'],
  };
  return spawn(process.execPath, ['loket.ts', 'start'], {
    cwd: ROOT,
    env: { LOKET_LOG: 'warn', ...process.env, LOKET_DATA: './data/mail-try', LOKET_MAILBOXES: JSON.stringify([mailbox]) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Passes on what the desk says; resolves when it has said these words. */
function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      process.stdout.write(text);
      if (text.includes(words)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the desk ended (${code}) before it said "${words}"`)));
  });
}

/** Resolves when the desk reads its mailbox. */
async function read(): Promise<void> {
  const client = await imap.client(DESK);
  while (!(await client.list()).some(({ path }) => path === 'Verwerkt')) await sleep(100);
  await client.logout();
}

/** The mail that was answered last: its id and subject. */
interface LastAnswer {
  readonly id: string;
  readonly subject: string;
}

/** Prints what comes for you. */
async function showAnswers(): Promise<void> {
  const client = await imap.client(YOU);
  await client.mailboxOpen('INBOX');
  let seen = client.mailbox ? client.mailbox.uidNext - 1 : 0;
  for (;;) {
    for await (const it of client.fetch(`${seen + 1}:*`, { uid: true, source: true }, { uid: true })) {
      if (it.uid <= seen || !it.source) continue;
      seen = it.uid;
      const mail = await simpleParser(it.source);
      last = { id: mail.messageId ?? '', subject: mail.subject ?? '' };
      console.log(`\n--- ${mail.from?.text ?? ''}: ${mail.subject ?? ''}\n\n${mail.text?.trim() ?? ''}\n\n---\n`);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    client.once('exists', resolve);
    client.once('close', resolve);
    await promise;
    if (!client.usable) return;
  }
}

/** Sends what is typed. */
function readMails(): void {
  let lines: string[] = [];
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line !== '.') {
      lines.push(line);
      return;
    }
    const typed = lines;
    lines = [];
    void send(typed).catch((error: unknown) => console.error(error));
  });
}

async function send(typed: readonly string[]): Promise<void> {
  const [first = '', ...rest] = typed;
  const named = /^(?:onderwerp|subject)\s*:\s*(.*)$/i.exec(first)?.[1];
  const reply = named === undefined ? last : null;
  const transport = createTransport({ host: '127.0.0.1', port: portOf(smtp), secure: false, ignoreTLS: true });
  await transport.sendMail({
    from: `Jij <${YOU}>`,
    to: DESK,
    messageId: `<${randomUUID()}@example.org>`,
    ...(reply
      ? { subject: `Re: ${reply.subject.replace(/^re: /i, '')}`, inReplyTo: reply.id, references: [reply.id], text: typed.join('\n') }
      : { subject: named ?? first, text: rest.join('\n').trim() }),
  });
  console.log('(sent)');
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (desk.exitCode === null && desk.signalCode === null) {
    const gone = new Promise((resolve) => desk.once('exit', resolve));
    desk.kill('SIGTERM');
    await gone;
  }
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await imap.remove();
  process.exit(0);
}
