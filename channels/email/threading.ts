import type { CaseId, ConversationId, Reference } from '../../domain/index.ts';
import type { Mail } from '../../register/index.ts';

/** Where a mail belongs in its thread: by References (RFC 5322, 3.6.4) for most clients, by Thread-Index and Thread-Topic for Outlook. */
export interface Threading {
  readonly subject: string;
  /** Message-IDs without brackets, oldest first. */
  readonly references: readonly string[];
  readonly inReplyTo: string | null;
  readonly threadIndex: string;
  readonly threadTopic: string;
}

type ThreadMail = Pick<Mail, 'direction' | 'internetMessageId' | 'references' | 'subject' | 'threadIndex' | 'threadTopic' | 'at'>;

/** So many of the oldest and newest stay of a chain that no header could hold. */
const OLDEST = 1;
const NEWEST = 40;
const SUBJECT_LENGTH = 160;

/**
 * @param mails the thread's, oldest first
 * @param title the subject where there is nothing to answer
 */
export function threadOf(
  mails: readonly ThreadMail[],
  it: { readonly about: ConversationId | CaseId; readonly title: string; readonly references: readonly Reference[]; readonly now: Date },
): Threading {
  const [first] = mails;
  const latestIn = mails.findLast(({ direction }) => direction === 'in');
  const answered = latestIn ?? mails.at(-1);
  const outlook = mails.findLast(({ threadIndex }) => threadIndex !== null);
  const begun = latestIn?.subject ?? first?.subject ?? it.title;
  return {
    subject: subjectOf(begun, it.references, answered !== undefined),
    references: chain(mails),
    inReplyTo: answered?.internetMessageId ?? null,
    threadIndex: childIndex(outlook?.threadIndex ?? null, it.about, first?.at ?? it.now, it.now),
    threadTopic: oneLine(mails.findLast(({ threadTopic }) => threadTopic)?.threadTopic ?? withoutPrefixes(begun)),
  };
}

/** "Re: te warm [SD-7K3Q-MX2P]"; a number that stands there already is not repeated. */
function subjectOf(begun: string, references: readonly Reference[], answers: boolean): string {
  const bare = withoutPrefixes(begun);
  const short = [...bare].length > SUBJECT_LENGTH ? `${[...bare].slice(0, SUBJECT_LENGTH).join('')}…` : bare;
  const added = references.filter((reference) => !bare.toUpperCase().includes(reference)).map((reference) => `[${reference}]`);
  return [answers ? 'Re:' : '', short, ...added].filter(Boolean).join(' ');
}

/** "Antw: RE: Fwd: te warm" is about "te warm". */
function withoutPrefixes(subject: string): string {
  return oneLine(subject).replace(/^(?:(?:re|fwd?|fw|antw|aw|wg|sv|tr|doorst|rv)(?:\[\d+\])?\s*:\s*)+/i, '');
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Every Message-ID of the thread, as the mails name them and as they came, each once. */
function chain(mails: readonly ThreadMail[]): string[] {
  const ids = new Set<string>();
  for (const mail of mails) {
    const own = mail.internetMessageId;
    for (const id of [...mail.references, ...(own ? [own] : [])]) if (isMessageId(id)) ids.add(id);
  }
  const all = [...ids];
  return all.length > OLDEST + NEWEST ? [...all.slice(0, OLDEST), ...all.slice(-NEWEST)] : all;
}

/** What cannot stand in a header, somebody else's client made up. */
function isMessageId(id: string): boolean {
  return /^[\x21-\x3b\x3d\x3f-\x7e]{1,300}$/.test(id);
}

// --- Outlook's Thread-Index ([MS-OXOMSG] 2.2.1.3): 22 bytes that begin the thread, and five more for each answer

const HEADER = 22;
const CHILD = 5;
/** Longer than this Outlook never makes it. */
const LONGEST = HEADER + CHILD * 60;
/** From 1601 to 1970, in milliseconds. */
const EPOCH = 11_644_473_600_000n;

/** The index of an answer: what it answers, with a block of its own. */
function childIndex(parent: string | null, about: ConversationId | CaseId, begun: Date, now: Date): string {
  const known = parent === null ? null : Buffer.from(parent, 'base64');
  const usable = known && known.length >= HEADER && (known.length - HEADER) % CHILD === 0 && known.length <= LONGEST - CHILD;
  const base = usable ? known : headerIndex(about, begun);
  const since = fileTime(now) - headerTime(base);
  const block = Buffer.alloc(CHILD);
  // The time since the beginning, without its lowest 18 bits: fine enough for less than 1.7 years, else without 23.
  const coarse = since >= 1n << 49n;
  const delta = since > 0n ? since >> (coarse ? 23n : 18n) : 0n;
  block.writeUInt32BE(Number((delta & 0x7fffffffn) | (coarse ? 0x80000000n : 0n)));
  block[4] = base.length % 256;
  return Buffer.concat([base, block]).toString('base64');
}

function headerIndex(about: ConversationId | CaseId, begun: Date): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeBigUInt64BE(fileTime(begun));
  header[0] = 1;
  Buffer.from(about.replaceAll('-', ''), 'hex').copy(header, 6);
  return header;
}

/** In steps of 100 ns since 1601. */
function fileTime(at: Date): bigint {
  return (BigInt(at.getTime()) + EPOCH) * 10_000n;
}

/** The five bytes after the first are the highest of the time's that change. */
function headerTime(index: Buffer): bigint {
  return BigInt(`0x01${index.subarray(1, 6).toString('hex')}0000`);
}
