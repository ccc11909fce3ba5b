import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type AttachmentId, type CaseId, type ConversationId, type Person, parseId, type QuestionId } from '../../domain/index.ts';

/** What a link in a mail says when it is opened. */
export interface LinkAnswer {
  readonly conversation: ConversationId;
  readonly question: QuestionId;
  readonly value: string;
  readonly expires: Date;
  /** Of whom it was sent to: see `addresseeOf`. */
  readonly addressee: string;
}

/** The name of the key in the register. */
export const LINK_KEY = 'mail-links';
/** So long a link in a mail can be used. */
const DAYS = 30;

/** What a token is of, its first byte. */
const ANSWER = 1;
const FILE = 2;
const SUPPLIER_FILE = 3;
/** Where the parts of a token stand: what it is of, conversation, question or file, addressee, expiry in seconds, and the value behind them. */
const AT = { conversation: 1, about: 17, addressee: 33, expires: 41, value: 45 } as const;
/** 128 bits of the signature (RFC 2104, 5: no less than half). */
const SIGNATURE = 16;
const MOST_VALUE = 200;

/** A file that is too large for a mail; it can be fetched as often as wanted. */
export interface FileLink {
  readonly conversation: ConversationId;
  readonly file: AttachmentId;
  readonly expires: Date;
  /** Of whom it was sent to: see `addresseeOf`. */
  readonly addressee: string;
}

/** A file of a case that is too large for the mail to its supplier. */
export interface SupplierFileLink {
  readonly case: CaseId;
  readonly file: AttachmentId;
  readonly expires: Date;
  /** Of the supplier it was sent to: see `supplierAddressee`. */
  readonly addressee: string;
}

/**
 * The codec of the links in mails: `BASE/mail/TOKEN`, and `BASE/mail/file/TOKEN`. A token is signed and says everything itself, so that a mail costs
 * the register nothing. An answer's is used up with its question: the intake ledger takes one answer by link to each.
 */
export class Links {
  readonly #key: Buffer;
  readonly #base: string;

  /** @param base where people reach the desk, without a slash at the end */
  constructor(key: Buffer, base: string) {
    this.#key = key;
    this.#base = base;
  }

  /** @returns null when the value is no choice's */
  make({ question, value, ...it }: Omit<LinkAnswer, 'expires'>, now: Date): string | null {
    const bytes = Buffer.from(value, 'utf8');
    return bytes.length > MOST_VALUE ? null : `${this.#base}/mail/${this.#token(ANSWER, { ...it, about: question }, bytes, now)}`;
  }

  /** Where a file can be fetched by whom the mail is for. */
  file({ file, ...it }: Omit<FileLink, 'expires'>, now: Date): string {
    return `${this.#base}/mail/file/${this.#token(FILE, { ...it, about: file }, Buffer.alloc(0), now)}`;
  }

  /** @returns null for a token that the desk did not make */
  read(token: string): LinkAnswer | null {
    const said = this.#open(ANSWER, token);
    const question = said && parseId<QuestionId>(said.about);
    return said && question ? { ...said.common, question, value: said.value } : null;
  }

  /** @returns null for a token that the desk did not make */
  readFile(token: string): FileLink | null {
    const said = this.#open(FILE, token);
    const file = said && parseId<AttachmentId>(said.about);
    return said && file ? { ...said.common, file } : null;
  }

  /** Where a supplier can fetch a file of a case that he got. */
  supplierFile({ case: of, file, addressee }: Omit<SupplierFileLink, 'expires'>, now: Date): string {
    return `${this.#base}/mail/file/${this.#token(SUPPLIER_FILE, { conversation: of, addressee, about: file }, Buffer.alloc(0), now)}`;
  }

  /** @returns null for a token that the desk did not make, or made for something else */
  readSupplierFile(token: string): SupplierFileLink | null {
    const said = this.#open(SUPPLIER_FILE, token);
    const file = said && parseId<AttachmentId>(said.about);
    const of = said && parseId<CaseId>(said.common.conversation);
    return said && file && of ? { case: of, file, addressee: said.common.addressee, expires: said.common.expires } : null;
  }

  #token(
    kind: number,
    it: { readonly conversation: string; readonly about: string; readonly addressee: string },
    value: Buffer,
    now: Date,
  ): string {
    const head = Buffer.alloc(AT.value);
    head[0] = kind;
    uuid(it.conversation).copy(head, AT.conversation);
    uuid(it.about).copy(head, AT.about);
    Buffer.from(it.addressee, 'hex').copy(head, AT.addressee);
    head.writeUInt32BE(Math.floor(now.getTime() / 1000) + DAYS * 86_400, AT.expires);
    const said = Buffer.concat([head, value]);
    return Buffer.concat([said, this.#sign(said)]).toString('base64url');
  }

  #open(kind: number, token: string) {
    const bytes = /^[\w-]{80,400}$/.test(token) ? Buffer.from(token, 'base64url') : null;
    if (!bytes || bytes.length < AT.value + SIGNATURE || bytes[0] !== kind) return null;
    const said = bytes.subarray(0, -SIGNATURE);
    if (!timingSafeEqual(bytes.subarray(-SIGNATURE), this.#sign(said))) return null;
    const conversation = parseId<ConversationId>(uuidText(said, AT.conversation));
    if (!conversation) return null;
    const addressee = said.subarray(AT.addressee, AT.expires).toString('hex');
    const expires = new Date(said.readUInt32BE(AT.expires) * 1000);
    return {
      common: { conversation, addressee, expires },
      about: uuidText(said, AT.about),
      value: said.subarray(AT.value).toString('utf8'),
    };
  }

  #sign(said: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(said).digest().subarray(0, SIGNATURE);
  }
}

/** Binds a link to the person and the address it was sent to: with another of either it opens nothing. */
export function addresseeOf({ id, address }: Pick<Person, 'id' | 'address'>): string {
  return createHash('sha256')
    .update(`${id}\n${address?.toLowerCase() ?? ''}`)
    .digest('hex')
    .slice(0, 16);
}

/** The same for a supplier: bound to the case and to the address that its order went to. */
export function supplierAddressee(of: CaseId, address: string): string {
  return createHash('sha256').update(`${of}\nsupplier\n${address.toLowerCase()}`).digest('hex').slice(0, 16);
}

function uuid(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function uuidText(bytes: Buffer, at: number): string {
  return bytes
    .subarray(at, at + 16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
