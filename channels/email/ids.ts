import { type HandlerTask, type RunId, runKey } from '../../domain/index.ts';

/**
 * The one codec of the ids that a mail of the desk carries: the Message-ID that says which row of the outbox it is, the header
 * that marks it as ours, and the token after the plus in the address that answers go to (RFC 5233).
 */

/** In every mail that the desk sends; its value is the id of the message in the register. */
export const OWN_MAIL_HEADER = 'X-Loket-Message';

const MESSAGE_ID = /^<?loket\.([A-Za-z0-9_-]{1,100})@([^@<>\s]{1,255})>?$/;

/** The Message-ID of an own mail: `<loket.ID@example.org>`. @param id letters, digits, `-` and `_`; the same id for each attempt to send */
export function ownMessageId(id: string, domain: string): string {
  const messageId = `<loket.${id}@${domain}>`;
  if (!MESSAGE_ID.test(messageId)) throw new TypeError(`not an id for a Message-ID: ${id} at ${domain}`);
  return messageId;
}

/** The id in a Message-ID of our form, or null. Somebody may have made it up: the register knows which are ours. */
export function parseOwnMessageId(messageId: string): { readonly id: string; readonly domain: string } | null {
  const match = MESSAGE_ID.exec(messageId.trim());
  return match?.[1] && match[2] ? { id: match[1], domain: match[2] } : null;
}

/** The id in the Message-ID of a mail to a supplier: for a run one that hands over and one that calls off. */
export function orderId(what: HandlerTask['what'], run: RunId): string {
  return `${what}-${runKey(run)}`;
}

/** Whether a Message-ID is of a mail that calls a run off. */
export function callsOff(messageId: string): boolean {
  return parseOwnMessageId(messageId)?.id.startsWith('recall-') ?? false;
}

/** The address that answers go to: `desk+TOKEN@example.org`. @param token letters, digits, `-` and `_` */
export function replyAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1 || !/^[A-Za-z0-9_-]{1,60}$/.test(token)) throw new TypeError(`no reply address of ${address} with ${token}`);
  return `${address.slice(0, at)}+${token}${address.slice(at)}`;
}

/** The token in an address that belongs to one of the desk's own, as it was written, or null. */
export function replyTokenIn(address: string, ownAddresses: readonly string[]): string | null {
  const match = /^([^+@\s]+)\+([A-Za-z0-9_-]{1,60})@([^@\s]+)$/.exec(address.trim());
  if (!match?.[2]) return null;
  const plain = `${match[1]}@${match[3]}`.toLowerCase();
  return ownAddresses.some((own) => own.toLowerCase() === plain) ? match[2] : null;
}

/** A Message-ID without its angle brackets. */
export function bare(messageId: string): string {
  return messageId.trim().replace(/^<|>$/g, '');
}

/** What stands behind the @ of an address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
