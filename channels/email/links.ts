import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type ConversationId, type Person, parseId, type QuestionId } from '../../domain/index.ts';

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

const VERSION = 1;
/** Where the parts of a token stand: version, conversation, question, addressee, expiry in seconds, and the value behind them. */
const AT = { conversation: 1, question: 17, addressee: 33, expires: 41, value: 45 } as const;
/** 128 bits of the signature (RFC 2104, 5: no less than half). */
const SIGNATURE = 16;
const MOST_VALUE = 200;

/**
 * The codec of the links in mails: `BASE/mail/TOKEN`. A token is signed and says everything itself, so that a mail costs the register nothing. It is used
 * up with its question: the intake ledger takes one answer by link to each.
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
  make(it: Omit<LinkAnswer, 'expires'>, now: Date): string | null {
    const value = Buffer.from(it.value, 'utf8');
    if (value.length > MOST_VALUE) return null;
    const head = Buffer.alloc(AT.value);
    head[0] = VERSION;
    uuid(it.conversation).copy(head, AT.conversation);
    uuid(it.question).copy(head, AT.question);
    Buffer.from(it.addressee, 'hex').copy(head, AT.addressee);
    head.writeUInt32BE(Math.floor(now.getTime() / 1000) + DAYS * 86_400, AT.expires);
    const said = Buffer.concat([head, value]);
    return `${this.#base}/mail/${Buffer.concat([said, this.#sign(said)]).toString('base64url')}`;
  }

  /** @returns null for a token that the desk did not make */
  read(token: string): LinkAnswer | null {
    const bytes = /^[\w-]{80,400}$/.test(token) ? Buffer.from(token, 'base64url') : null;
    if (!bytes || bytes.length < AT.value + SIGNATURE || bytes[0] !== VERSION) return null;
    const said = bytes.subarray(0, -SIGNATURE);
    if (!timingSafeEqual(bytes.subarray(-SIGNATURE), this.#sign(said))) return null;
    const conversation = parseId<ConversationId>(uuidText(said, AT.conversation));
    const question = parseId<QuestionId>(uuidText(said, AT.question));
    if (!conversation || !question) return null;
    return {
      conversation,
      question,
      addressee: said.subarray(AT.addressee, AT.expires).toString('hex'),
      expires: new Date(said.readUInt32BE(AT.expires) * 1000),
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

function uuid(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function uuidText(bytes: Buffer, at: number): string {
  return bytes
    .subarray(at, at + 16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
