/**
 * How well a mail is taken apart, on mails that none of this project's people wrote: the test mails of other projects, with what their authors say
 * is new in each. `--data` is a folder with checkouts of those that there are: `talon` (mailgun/talon), `email-reply-parser`
 * (crisp-oss/email-reply-parser), `email_reply_trimmer` (discourse/email_reply_trimmer), `set-of-emails` (sisimai/set-of-emails).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedMail, parseMail } from '../channels/email/index.ts';
import type { BenchOptions, BenchReport, Figures } from './parts/report.ts';

interface Sample {
  readonly name: string;
  readonly raw: Buffer;
  /** What its authors say is new. */
  readonly text: string;
}

export async function run({ data, say }: BenchOptions): Promise<BenchReport> {
  if (data === null) throw new Error('mail-text needs --data: a folder with checkouts of other projects (docs/email.md)');
  const ours: Record<string, number> = {};
  for (const [name, samplesIn] of Object.entries(SETS)) {
    const folder = join(data, name);
    if (existsSync(folder)) Object.assign(ours, await separated(name, samplesIn(folder), say));
  }
  const machines = join(data, 'set-of-emails');
  if (existsSync(machines)) Object.assign(ours, await recognised(machines, say));
  if (Object.keys(ours).length === 0) throw new Error(`${data} has none of ${[...Object.keys(SETS), 'set-of-emails'].join(', ')}`);
  return { name: 'mail-text', ours, floor: null, peers: null, ratio: null, growth: null, rssMB: null };
}

/** Blanks and line ends are not looked at. `closing`: the authors keep the greeting below the text, which here belongs to the signature. */
async function separated(name: string, samples: readonly Sample[], say: BenchOptions['say']): Promise<Figures> {
  const counts = { right: 0, closing: 0, other: 0, automatic: 0 };
  for (const { name: sample, raw, text } of samples) {
    const mail = await parseMail(raw);
    if (mail.automated) counts.automatic += 1;
    const how = plain(mail.text) === plain(text) ? 'right' : isWithClosing(mail, text) ? 'closing' : 'other';
    counts[how] += 1;
    if (how === 'other') say(`${name} ${sample}: ${plain(mail.text).slice(0, 100)} | wanted: ${plain(text).slice(0, 100)}`);
  }
  return {
    [`${name}: mails`]: samples.length,
    [`${name}: right`]: counts.right,
    [`${name}: right but for the closing`]: counts.closing,
    [`${name}: taken for automatic`]: counts.automatic,
  };
}

/** Mail of machines: bounces, and other automatic mail. */
async function recognised(folder: string, say: BenchOptions['say']): Promise<Figures> {
  const files = filesBelow(folder).filter((file) => file.endsWith('.eml'));
  const counts = { bounce: 0, automatic: 0, person: 0 };
  for (const file of files) {
    const { automated, subject } = await parseMail(readFileSync(file));
    counts[automated === null ? 'person' : automated.kind === 'bounce' ? 'bounce' : 'automatic'] += 1;
    if (automated === null) say(`${file.slice(folder.length + 1)} is a person's: ${subject}`);
  }
  return {
    'set-of-emails: mails': files.length,
    'set-of-emails: bounces': counts.bounce,
    'set-of-emails: otherwise automatic': counts.automatic,
    'set-of-emails: taken for a person’s': counts.person,
  };
}

const SETS: Readonly<Record<string, (folder: string) => Sample[]>> = {
  talon: (folder) => [
    ...talonReplies(join(folder, 'tests/fixtures/standard_replies')),
    ...talonHtml(join(folder, 'tests/fixtures/html_replies')),
  ],
  'email-reply-parser': (folder) => replyParser(join(folder, 'test')),
  email_reply_trimmer: (folder) => replyTrimmer(join(folder, 'test')),
};

function talonReplies(folder: string): Sample[] {
  return named(folder, '.eml').map((name) => {
    const said = join(folder, name.replace(/\.eml$/, '_reply_text'));
    return { name, raw: readFileSync(join(folder, name)), text: existsSync(said) ? readFileSync(said, 'utf8') : 'Hello' };
  });
}

function talonHtml(folder: string): Sample[] {
  return named(folder, '.html').map((name) => ({
    name,
    raw: mailOf('text/html', readFileSync(join(folder, name), 'utf8')),
    text: 'Hi. I am fine. Thanks, Alex',
  }));
}

/** Those whose new text is the same in all of them, which the test's code holds. */
function replyParser(folder: string): Sample[] {
  const code = readFileSync(join(folder, 'test.js'), 'utf8');
  const text = (/COMMON_FIRST_FRAGMENT = '([\s\S]*?)';/.exec(code)?.[1] ?? '').replace(/\\n\\\n/g, '\n');
  return code.split('export function ').flatMap((test) => {
    const name = /get_email\("([^"]+)"\)/.exec(test)?.[1];
    if (!name || !test.includes('COMMON_FIRST_FRAGMENT, ')) return [];
    return [{ name, raw: mailOf('text/plain', readFileSync(join(folder, 'fixtures', `${name}.txt`), 'utf8')), text }];
  });
}

function replyTrimmer(folder: string): Sample[] {
  return named(join(folder, 'emails'), '.txt').map((name) => ({
    name,
    raw: mailOf('text/plain', readFileSync(join(folder, 'emails', name), 'utf8')),
    text: readFileSync(join(folder, 'trimmed', name), 'utf8'),
  }));
}

function mailOf(type: string, body: string): Buffer {
  const head = ['From: Ann <ann@example.org>', 'To: desk@example.org', 'Subject: Re: question', 'MIME-Version: 1.0'];
  return Buffer.from([...head, `Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', body].join('\r\n'));
}

function isWithClosing({ text, signature }: ParsedMail, wanted: string): boolean {
  return signature !== '' && plain(`${text} ${signature}`) === plain(wanted);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function named(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .sort();
}
