/** Subject, sender and text of another parser's test mails, against what it says of each: the JSON beside a mail of stalwartlabs/mail-parser. */
import { readFileSync } from 'node:fs';
import { Parser } from 'htmlparser2';
import type { MailAddress, ParsedMail } from '../../channels/email/index.ts';

interface PeerPart {
  readonly headers: readonly {
    readonly name: unknown;
    readonly value: { readonly Text?: string; readonly Address?: { readonly List?: PeerAddress[] } };
  }[];
  /** A file's is another shape, or a word. */
  readonly body: { readonly Text?: string; readonly Html?: string };
}

interface PeerAddress {
  readonly name?: string;
  readonly address?: string;
}

interface PeerMail {
  /** Which parts make the text (RFC 8621, section 4.1.4: `textBody`). */
  readonly text_body: readonly number[];
  readonly parts: readonly PeerPart[];
}

/** `more`: all of the peer's text, and more. */
export type FieldsVerdict = 'right' | 'more' | 'text' | 'sender' | 'subject';

/** The first of subject, sender and text that comes out otherwise than the peer says. @param file the path of the peer's JSON */
export function fieldsVerdict(mail: ParsedMail, file: string): { readonly verdict: FieldsVerdict; readonly said: string } {
  const peer: PeerMail = JSON.parse(readFileSync(file, 'utf8'));
  const subject = peer.parts[0]?.headers.findLast(({ name }) => name === 'subject')?.value.Text ?? '';
  const compared = [
    { verdict: 'subject', ours: mail.subject, peers: subject },
    { verdict: 'sender', ours: shown(mail.from), peers: shown(senderIn(peer)) },
    { verdict: 'text', ours: mail.whole, peers: textIn(peer) },
  ] as const;
  const wrong = compared.find(({ ours, peers }) => !isSame(ours, peers));
  if (!wrong) return { verdict: 'right', said: '' };
  const isMore = wrong.verdict === 'text' && holds(wrong.ours, wrong.peers);
  return { verdict: isMore ? 'more' : wrong.verdict, said: `${wrong.ours.slice(0, 2_000)} | wanted: ${wrong.peers.slice(0, 2_000)}` };
}

const shown = (address: MailAddress | null): string => (address === null ? '' : `${address.name} <${address.address}>`);

function senderIn({ parts }: PeerMail): MailAddress | null {
  const said = parts[0]?.headers.findLast(({ name }) => name === 'from')?.value.Address?.List?.[0];
  return said ? { name: said.name ?? '', address: said.address ?? '' } : null;
}

function textIn({ parts, text_body: text }: PeerMail): string {
  return text.map((at) => parts[at]?.body.Text ?? withoutTags(parts[at]?.body.Html ?? '')).join('\n');
}

function withoutTags(html: string): string {
  let text = '';
  let skipped = 0;
  const isSkipped = (name: string) => /^(?:head|style|script)$/.test(name);
  const parser = new Parser({
    onopentagname: (name) => {
      if (isSkipped(name)) skipped++;
    },
    onclosetag: (name) => {
      if (isSkipped(name)) skipped--;
    },
    ontext: (written) => {
      if (skipped === 0) text += written;
    },
  });
  parser.end(html);
  return text;
}

/** Blanks, control characters and quote marks are not looked at; a character that the peer could not decode may be any. */
function isSame(ours: string, peers: string): boolean {
  const mine = [...squeezed(ours)];
  const theirs = [...squeezed(peers)];
  return mine.length === theirs.length && theirs.every((sign, index) => sign === '\ufffd' || sign === mine[index]);
}

function holds(ours: string, peers: string): boolean {
  return textLines(peers).every((line) => squeezed(ours).includes(line));
}

const textLines = (text: string): string[] =>
  text
    .split('\n')
    .map(squeezed)
    .filter((line) => line !== '');

const squeezed = (text: string): string => text.replace(/[\s\u200b\ufeff>\p{Cc}]+/gu, '');
