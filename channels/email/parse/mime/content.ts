/** What a mail's parts are to its reader: text, HTML, files. */

import { decodeText } from './charset.ts';
import { type Entity, isPkcs7 } from './entity.ts';
import { unflow } from './flowed.ts';
import { htmlCharset } from './html-charset.ts';
import { readTnef } from './tnef.ts';

/** One piece of the text, in one form or in both (`multipart/alternative`). */
export interface BodyPiece {
  readonly plain: string | null;
  readonly html: string | null;
}

/** A file before it is known whether the HTML shows it in its place. */
export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly contentId: string | null;
  readonly location: string | null;
  readonly content: Buffer;
}

export interface MailContent {
  readonly pieces: readonly BodyPiece[];
  readonly files: readonly MailFile[];
  /** Mails within the mail, whole. */
  readonly mails: readonly Buffer[];
  /** The parts of a report (RFC 6522), e.g. `message/delivery-status`. */
  readonly reports: readonly Entity[];
  /** Something in it cannot be read here. */
  readonly isEncrypted: boolean;
}

/** Sorts the parts of a mail. @param warn is told what was odd */
export function contentOf(root: Entity, warn: (warning: string) => void): MailContent {
  const sorter = new Sorter(warn);
  sorter.take(root, true);
  return sorter.content();
}

const REPORT_PARTS = /^message\/(delivery-status|global-delivery-status|disposition-notification|feedback-report)$/;

class Sorter {
  readonly #warn: (warning: string) => void;
  readonly #pieces: BodyPiece[] = [];
  readonly #files: MailFile[] = [];
  readonly #mails: Buffer[] = [];
  readonly #reports: Entity[] = [];
  #isEncrypted = false;

  constructor(warn: (warning: string) => void) {
    this.#warn = warn;
  }

  content(): MailContent {
    return { pieces: this.#pieces, files: this.#files, mails: this.#mails, reports: this.#reports, isEncrypted: this.#isEncrypted };
  }

  take(entity: Entity, isRoot: boolean): void {
    const { value } = entity.type;
    if (isEncrypted(entity)) {
      this.#isEncrypted = true;
      this.#warn('encrypted: it cannot be read here');
    }
    if (value === 'multipart/alternative') this.#alternative(entity);
    else if (entity.children.length > 0) for (const child of entity.children) this.take(child, false);
    else if (value.startsWith('multipart/')) this.#unreadable(entity);
    else if (REPORT_PARTS.test(value)) this.#reports.push(entity);
    else if (/^(text\/rfc822-headers|message\/(rfc822|global)(-headers)?)$/.test(value)) this.#mail(entity);
    else if (isBody(entity, isRoot)) this.#pieces.push(pieceOf(entity, this.#warn));
    else this.#file(entity);
  }

  /**
   * The last form that can be shown is the best (RFC 2046, section 5.1.4); the plain one is kept beside it. Enriched text is read as plain text,
   * so beside a better form it would be the same words twice.
   */
  #alternative(entity: Entity): void {
    const inner = new Sorter(this.#warn);
    const isEnriched = (child: Entity) => child.type.value === 'text/enriched';
    const others = entity.children.filter((child) => !isEnriched(child));
    for (const child of others.some(({ type }) => /^(text\/(plain|html)|multipart\/)/.test(type.value)) ? others : entity.children)
      inner.take(child, false);
    const { pieces, files, mails, reports, isEncrypted } = inner.content();
    const join = (form: 'plain' | 'html') => {
      const texts = pieces.map((piece) => piece[form]).filter((text) => text !== null);
      return texts.length > 0 ? texts.join('\n') : null;
    };
    if (pieces.length > 0) this.#pieces.push({ plain: join('plain'), html: join('html') });
    this.#files.push(...files);
    this.#mails.push(...mails);
    this.#reports.push(...reports);
    this.#isEncrypted ||= isEncrypted;
  }

  /** A multipart in which no boundary occurs: its body as text is the best that can be had. */
  #unreadable(entity: Entity): void {
    this.#warn('a multipart without parts was read as text');
    const text = decodeText(entity.content(), '').text;
    if (text.trim() !== '') this.#pieces.push({ plain: normalise(text), html: null });
  }

  #mail(entity: Entity): void {
    const content = entity.content();
    this.#mails.push(content);
    if (entity.type.value === 'text/rfc822-headers') return;
    const file = toFile(entity, content);
    this.#files.push({ ...file, name: file.name === '' ? '' : file.name });
  }

  #file(entity: Entity): void {
    const file = toFile(entity, entity.content());
    if (file.type === 'application/applefile') return;
    if (file.type !== 'application/ms-tnef' && file.name.toLowerCase() !== 'winmail.dat') {
      this.#files.push(file);
      return;
    }
    const opened = readTnef(file.content);
    if (opened === null) {
      this.#warn('a winmail.dat that cannot be opened was kept');
      this.#files.push(file);
      return;
    }
    this.#files.push(...opened.files);
    if (opened.plain !== null || opened.html !== null) this.#pieces.push({ plain: opened.plain, html: opened.html });
  }
}

/** Encrypted, or in a container of S/MIME that cannot be opened. One that holds only certificates or a receipt is no text at all. */
function isEncrypted({ type, children }: Entity): boolean {
  if (type.value === 'multipart/encrypted') return true;
  return isPkcs7(type.value) && children.length === 0 && !/^(?:certs-only|signed-receipt)$/.test(type.params.get('smime-type') ?? '');
}

/** Text that is to be read in its place, and no file. */
function isBody(entity: Entity, isRoot: boolean): boolean {
  const { value } = entity.type;
  if (!/^text\/(plain|html|enriched|x-markdown|markdown|x-plain)$/.test(value)) return false;
  if (entity.disposition === 'attachment') return false;
  return isRoot || entity.name === '' || value === 'text/enriched';
}

function pieceOf(entity: Entity, warn: (warning: string) => void): BodyPiece {
  const bytes = beginningOf(entity.content(), warn);
  const isHtml = entity.type.value === 'text/html';
  const declared = entity.type.params.get('charset') ?? (isHtml ? htmlCharset(bytes) : '');
  const { text, guess } = decodeText(bytes, declared);
  if (guess) warn(`decoded with a guess: ${guess}`);
  const clean = normalise(text);
  if (isHtml) return { plain: null, html: clean };
  if (entity.type.value === 'text/enriched')
    return { plain: clean.replace(/<<|<[^<>]{1,200}>/g, (tag) => (tag === '<<' ? '<' : '')), html: null };
  const { params } = entity.type;
  return {
    plain: params.get('format')?.toLowerCase() === 'flowed' ? unflow(clean, params.get('delsp')?.toLowerCase() === 'yes') : clean,
    html: null,
  };
}

/** More bytes of a text than this are not even decoded: in every charset they are more letters than are read. */
const LONGEST = 4 * 1024 * 1024;

/** Ends with a line, so that no letter is cut in two. */
function beginningOf(bytes: Buffer, warn: (warning: string) => void): Buffer {
  if (bytes.length <= LONGEST) return bytes;
  warn('the text is longer than is read: its end was left out');
  const end = bytes.lastIndexOf(0x0a, LONGEST);
  return bytes.subarray(0, end > 0 ? end + 1 : LONGEST);
}

function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '');
}

function toFile(entity: Entity, content: Buffer): MailFile {
  return {
    name: entity.name,
    type: entity.type.value,
    contentId: entity.contentId,
    location: entity.headers.line('content-location') || null,
    content,
  };
}
