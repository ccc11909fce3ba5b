/**
 * How well a mail is taken apart, on mails that none of this project's people wrote: the test mails of other projects, with what their authors say
 * is in each. `--data` is a folder with checkouts of those that there are: `talon` (mailgun/talon), `email-reply-parser`
 * (crisp-oss/email-reply-parser), `email_reply_trimmer` (discourse/email_reply_trimmer), `set-of-emails` (sisimai/set-of-emails), `mail-parser`
 * (stalwartlabs/mail-parser).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedMail, parseMail } from '../channels/email/index.ts';
import { type FieldsVerdict, fieldsVerdict } from './parts/mail-fields.ts';
import { SAMPLES, type Sample } from './parts/mail-samples.ts';
import type { BenchOptions, BenchReport, Figures } from './parts/report.ts';

export async function run({ data, say }: BenchOptions): Promise<BenchReport> {
  if (data === null) throw new Error('mail-text needs --data: a folder with checkouts of other projects (docs/email.md)');
  const ours: Record<string, number> = {};
  for (const [name, samplesIn] of Object.entries(SAMPLES)) {
    const folder = join(data, name);
    if (existsSync(folder)) Object.assign(ours, await separated(name, samplesIn(folder), say));
  }
  for (const [name, measure] of Object.entries({ 'set-of-emails': recognised, 'mail-parser': fields })) {
    const folder = join(data, name);
    if (existsSync(folder)) Object.assign(ours, await measure(folder, say));
  }
  if (Object.keys(ours).length === 0)
    throw new Error(`${data} has none of ${[...Object.keys(SAMPLES), 'set-of-emails', 'mail-parser'].join(', ')}`);
  return { name: 'mail-text', ours, floor: null, peers: null, ratio: null, growth: null, rssMB: null };
}

type Verdict = 'right' | 'closing' | 'quotes' | 'forward' | 'other';

async function separated(name: string, samples: readonly Sample[], say: BenchOptions['say']): Promise<Figures> {
  const counts: Record<Verdict, number> = { right: 0, closing: 0, quotes: 0, forward: 0, other: 0 };
  let automatic = 0;
  for (const { name: sample, raw, text } of samples) {
    const mail = await parseMail(raw);
    if (mail.automated) automatic += 1;
    const verdict = verdictOn(mail, text);
    counts[verdict] += 1;
    if (verdict !== 'right') say(`${name} ${sample}, ${verdict}: ${plain(mail.text).slice(0, 100)} | wanted: ${plain(text).slice(0, 100)}`);
  }
  return {
    [`${name}: mails`]: samples.length,
    [`${name}: right`]: counts.right,
    [`${name}: right, but they keep the closing`]: counts.closing,
    [`${name}: right, but they keep quoted lines`]: counts.quotes,
    [`${name}: right, but they keep a forwarded mail`]: counts.forward,
    [`${name}: otherwise`]: counts.other,
    [`${name}: taken for automatic`]: automatic,
  };
}

/** Blanks and line ends are not looked at. What the authors hold for new by another definition than issued here is told apart. */
function verdictOn(mail: ParsedMail, wanted: string): Verdict {
  if (plain(mail.text) === plain(wanted)) return 'right';
  if (isWithClosing(mail, wanted)) return 'closing';
  if (plain(mail.text) === plain(withoutQuotes(wanted)) || isWithClosing(mail, withoutQuotes(wanted))) return 'quotes';
  if (mail.text === '' && mail.forwarded !== null && plain(mail.forwarded.text) === plain(wanted)) return 'forward';
  return 'other';
}

/** The greeting below the text, and what stands below it: here the signature, of which they may keep only the beginning. Its links are not looked at. */
function isWithClosing({ text, signature }: ParsedMail, wanted: string): boolean {
  const marks = (part: string) => plain(part.replace(/^\s*--\s*$|\(https?:\S+\)/gm, ' '));
  const [own, said] = [marks(text), marks(wanted)];
  const closing = said.slice(own.length).trim();
  return closing !== '' && said.startsWith(own) && marks(signature).startsWith(closing);
}

const withoutQuotes = (text: string): string => text.replace(/^ ?>.*$/gm, '');

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

/** Subject, sender and text of another parser's test mails, those that are broken on purpose by themselves. */
async function fields(folder: string, say: BenchOptions['say']): Promise<Figures> {
  const files = filesBelow(join(folder, 'resources/eml')).filter((file) => file.endsWith('.eml'));
  const isBroken = (file: string) => file.includes('/malformed/');
  return {
    ...(await compared(
      'mail-parser',
      folder,
      files.filter((file) => !isBroken(file)),
      say,
    )),
    ...(await compared('mail-parser, broken', folder, files.filter(isBroken), say)),
  };
}

async function compared(name: string, folder: string, files: readonly string[], say: BenchOptions['say']): Promise<Figures> {
  const counts: Record<FieldsVerdict, number> = { right: 0, more: 0, text: 0, sender: 0, subject: 0 };
  for (const file of files) {
    const { verdict, said } = fieldsVerdict(await parseMail(readFileSync(file)), file.replace(/\.eml$/, '.json'));
    counts[verdict] += 1;
    if (verdict !== 'right') say(`${file.slice(folder.length + 1)}, ${verdict}: ${said}`);
  }
  return {
    [`${name}: mails`]: files.length,
    [`${name}: subject, sender and text right`]: counts.right,
    [`${name}: right, but more of the text`]: counts.more,
    [`${name}: another text`]: counts.text,
    [`${name}: another sender`]: counts.sender,
    [`${name}: another subject`]: counts.subject,
  };
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .sort();
}
