import { type AttachmentId, type HandlerReport, parseRunKey } from '../../../domain/index.ts';
import type { SupplierRun } from '../../../register/index.ts';
import { bare, callsOff } from '../ids.ts';
import { fingerprintOf } from '../intake/fingerprint.ts';
import type { IntakeParts } from '../intake/ports.ts';
import { newTextOf } from '../intake/question.ts';
import { referredIds } from '../intake/thread.ts';
import type { BounceReport, ParsedMail } from '../parse/parsed-mail.ts';

type Parts = Pick<IntakeParts, 'register' | 'desk' | 'suppliers'>;

/** What a ticket system confirms is kept as the last words; longer it would only be its house style. */
const LAST_WORDS = 500;

/**
 * The run that a mail is about, when it is a supplier's word: an answer to what was sent to him, by whomever he lets answer; or from his own
 * address, proven, with the case's reference. What is automatic counts too, except receipts and what is the desk's own.
 */
export async function supplierRunOf(
  mail: ParsedMail,
  trusted: () => Promise<boolean>,
  { register, suppliers }: Parts,
): Promise<SupplierRun | null> {
  if (mail.automated && mail.automated.kind !== 'auto-reply' && mail.automated.kind !== 'list') return null;
  const ids = referredIds(mail);
  const run = parseRunKey(mail.replyToken?.toLowerCase() ?? '');
  const found = ids.length > 0 || run ? await register.supplierMails.meant({ ids, run, named: null }) : null;
  const sender = mail.from?.address.toLowerCase();
  // Somebody let her read along; what she says is her own word.
  if (found && sender !== undefined && found.requester?.toLowerCase() === sender) return null;
  if (found) return found;
  const { caseReference: reference } = mail;
  const handlers = reference === null ? [] : suppliers().filter(({ address }) => address.toLowerCase() === sender);
  if (reference === null || handlers.length === 0 || !(await trusted())) return null;
  for (const { id: handler } of handlers) {
    const named = await register.supplierMails.meant({ ids: [], run: null, named: { reference, handler } });
    if (named) return named;
  }
  return null;
}

/**
 * Takes a supplier's word to the case: for its team to read, never on to the requester by itself. The same mail again, by another mailbox or after
 * a crash, is told once.
 * @param keep keeps its attachments
 */
export async function takeSupplierWord(
  mail: ParsedMail,
  { run, handler }: SupplierRun,
  keep: () => Promise<readonly AttachmentId[]>,
  { register, desk }: Parts,
): Promise<void> {
  const text = `${senderOf(mail)}:\n${newTextOf(mail)}`;
  const arrived = await register.handlerRuns.arrived({ handler, externalId: fingerprintOf(mail), text });
  if (arrived.handled) return;
  const report: HandlerReport = mail.automated
    ? { status: 'received', text: text.slice(0, LAST_WORDS).toWellFormed() }
    : { status: 'note', text, attachments: await keep() };
  await desk.handled(run, handler, { kind: 'report', report, externalId: null, intake: arrived.id });
}

/**
 * A mail to a supplier came back (RFC 3464): nobody there has the case, so it goes back to its team with the server's words. That an order was
 * called off in vain, or is delayed, stands in the send log alone.
 * @returns the run that it was about; null when the report names no mail to a supplier
 */
export async function takeSupplierBounce(report: BounceReport, { register, desk }: Parts): Promise<SupplierRun | null> {
  const id = report.originalMessageId === null ? '' : bare(report.originalMessageId);
  const sent = id === '' ? null : await register.supplierMails.sentAs(id);
  if (!sent) return null;
  const { run, handler, mail } = sent;
  const detail = [report.status, report.diagnostic].filter(Boolean).join(' ') || 'the report gives no reason';
  const outcome = report.final ? 'bounced' : 'deferred';
  const known = await register.sends.ofMail(mail);
  const sinceSent = known.slice(known.findLastIndex((it) => it.outcome === 'sent') + 1);
  // The same report again, after a crash: it was told.
  if (sinceSent.some((it) => it.outcome === outcome && it.detail === detail)) return sent;
  if (report.final && !callsOff(id)) await desk.handled(run, handler, { kind: 'gave-up', said: `came back: ${detail}` });
  const attempt = known.at(-1)?.attempt ?? 1;
  await register.sends.record({ channel: 'email', message: null, mail, recipient: report.recipients[0] ?? null, attempt, outcome, detail });
  return sent;
}

function senderOf({ from }: ParsedMail): string {
  return from?.name.trim() ? `${from.name.trim()} <${from.address}>` : (from?.address ?? '?');
}
