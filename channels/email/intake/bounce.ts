import type { CaseId, MessageId } from '../../../domain/index.ts';
import { parseId } from '../../../domain/index.ts';
import { bare, parseOwnMessageId } from '../ids.ts';
import type { BounceReport } from '../parse/parsed-mail.ts';
import type { IntakeParts } from './ports.ts';

/**
 * A mail of ours came back (RFC 3464): the delivery has failed after all. The send log keeps the server's words, the outbox shows it, and the
 * backoffice sees it on the case. A delay notice is only logged: the server goes on trying.
 * @returns the message that did not arrive, null when the report names none of ours
 */
export async function takeBounce(
  report: BounceReport,
  { register, desk }: Pick<IntakeParts, 'register' | 'desk'>,
): Promise<MessageId | null> {
  const message = await meant(report, register);
  if (!message) return null;
  const detail = [report.status, report.diagnostic].filter(Boolean).join(' ') || 'the report gives no reason';
  const outcome = report.final ? 'bounced' : 'deferred';
  const known = await register.sends.ofMessage(message);
  // The same report again, after a crash: it was told.
  if (known.some((it) => it.outcome === outcome && it.detail === detail)) return message;
  if (report.final) {
    const told = new Set<CaseId>();
    for (const line of await register.mails.carriedWith(message)) {
      await register.outbox.returned(line, `came back: ${detail}`);
      for (const id of await register.mails.casesOf(line)) {
        if (!told.has(id)) await desk.undelivered(id, line);
        told.add(id);
      }
    }
  }
  const attempt = known.reduce((most, it) => Math.max(most, it.attempt), 0);
  await register.sends.record({ channel: 'email', message, recipient: report.recipients[0] ?? null, attempt, outcome, detail });
  return message;
}

async function meant(report: BounceReport, register: IntakeParts['register']): Promise<MessageId | null> {
  if (report.originalMessageId === null) return null;
  const id = bare(report.originalMessageId);
  const [sent] = (await register.mails.withIds([id])).filter((mail) => mail.direction === 'out');
  if (sent?.message) return sent.message;
  const own = parseOwnMessageId(id);
  const message = own && parseId<MessageId>(own.id);
  return message && (await register.mails.ofMessage(message)) ? message : null;
}
