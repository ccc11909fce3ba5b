/** Reports that a mail was not delivered: RFC 3464, and what older servers write in prose. */
import { type AutomatedInput, hasNullSender } from './automated-input.ts';
import { type Entity, type Headers, readEntity } from './mime/entity.ts';
import type { Automated, BounceReport } from './parsed-mail.ts';

const DAEMON =
  /^(?:mailer-?daemon|post[_-]?master|mail-?delivery(?:-?subsystem)?|mdaemon|bounces?|microsoftexchange[0-9a-f]{8,})(?:[+@.-]|$)/i;
const DAEMON_NAME =
  /^(?:mail delivery (?:sub)?system|mailer-?daemon|postmaster|system administrator|microsoft outlook|mail administrator)$/i;

const FAILED_SUBJECT =
  /undeliver|onbestelbaar|niet (?:te leveren|afgeleverd|bezorgd)|niet worden (?:bezorgd|afgeleverd)|niet (?:af|be)(?:ge|te )?lever|non.?deliver|delivery (?:status|failure|failed|has failed|report|notification|incomplete|delayed)|fail(?:ed|ure) delivery|mail fail(?:ed|ure)|error sending|returned mail|mail delivery failed|failure notice|message (?:not|could not be) delivered|unzustellbar|nicht zustellbar|zustellung.{0,20}(?:fehlgeschlagen|nicht)|fehlgeschlagene zustellung|non remis|échec de la remise|échec (?:d[’']|de )(?:envoi|livraison)|remise .{0,12}impossible|bezorging (?:vertraagd|mislukt)|delayed mail|mail system error|returned to sender|vertraagd|warning: (?:could not send|message)|mail could not be delivered|rejected|undelivered|delivery problem|problème de remise/i;
const DELAYED =
  /\bdelayed|vertraagd|verzögert|retard(?:ée?)?\b|will (?:continue|keep|be retried)|still (?:being )?(?:trying|retr)|not yet been delivered|could not be delivered for the last|warning message only|wordt (?:nog )?geprobeerd|noch nicht zugestellt|no action is required on your part|delivery attempts will continue/i;

/** A bounce with its report, or null. A person who forwards or asks about one ("FW: Undeliverable") is no daemon. */
export function bounceOf(mail: AutomatedInput): Automated | null {
  const statuses = mail.content.reports.filter(({ type }) => /delivery-status$/.test(type.value));
  const isReport = mail.rootType === 'multipart/report' && mail.reportType !== 'feedback-report';
  if (statuses.length > 0 && (isReport || isDaemon(mail))) return bounce('a delivery report (RFC 3464)', fromStatuses(statuses, mail));
  if (mail.headers.line('x-failed-recipients') !== '') return bounce('X-Failed-Recipients', fromProse(mail));
  const isFailed = FAILED_SUBJECT.test(mail.subject);
  if (isReport && mail.reportType !== 'disposition-notification') return bounce('a report (RFC 6522)', fromProse(mail));
  if (isDaemon(mail) && (isFailed || !isPostmaster(mail) || mail.content.mails.length > 0 || isTranscript(mail.text)))
    return bounce("a mail server's words", fromProse(mail));
  if (isFailed && (hasNullSender(mail.headers) || mail.from === null))
    return bounce('nobody writes that it was not delivered', fromProse(mail));
  return null;
}

function bounce(why: string, report: BounceReport): Automated {
  return { kind: 'bounce', why, report };
}

function isDaemon({ from, headers }: AutomatedInput): boolean {
  return DAEMON.test(from?.address ?? '') || DAEMON_NAME.test(from?.name ?? '') || (from === null && hasNullSender(headers));
}

/** A server's refusal and the envelope that it refused, on lines of their own and not quoted. */
function isTranscript(text: string): boolean {
  const said = text.slice(0, 20_000);
  return /^[ \t]*[45]\d\d[ -]/m.test(said) && /^[ \t]*RCPT TO:/im.test(said);
}

/** An address that people write from too. */
function isPostmaster({ from }: AutomatedInput): boolean {
  return /^(?:post[_-]?master|bounces?)/i.test(from?.address ?? '');
}

/** The fields of each recipient stand in blocks, separated by blank lines. */
function fromStatuses(statuses: readonly Entity[], mail: AutomatedInput): BounceReport {
  const blocks = statuses
    .map((status) => status.content().toString('latin1', 0, 256 * 1024))
    .join('\n\n')
    .replace(/\r/g, '')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/);
  const field = (block: string, name: string) => new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, 'im').exec(block)?.[1]?.trim() ?? null;
  const failed = blocks.filter((block) => /^(?:final|original)-recipient[ \t]*:/im.test(block));
  const first = failed.find((block) => /^action[ \t]*:[ \t]*failed/im.test(block)) ?? failed[0] ?? blocks.at(-1) ?? '';
  const actions = failed.map((block) => field(block, 'Action')?.toLowerCase() ?? '');
  const recipients = failed.map((block) => recipientOf(field(block, 'Final-Recipient') ?? field(block, 'Original-Recipient') ?? ''));
  const code = field(first, 'Status')?.match(/\d\.\d{1,3}\.\d{1,3}/)?.[0] ?? null;
  const isDelay =
    actions.length > 0
      ? actions.every((action) => /^(?:delayed|relayed|delivered|expanded)/.test(action))
      : code?.startsWith('4') === true && DELAYED.test(`${mail.subject}\n${mail.text}`);
  return {
    final: !isDelay,
    originalMessageId: originalMessageId(mail),
    recipients: [...new Set(recipients.filter((address) => address !== ''))],
    status: code,
    diagnostic: field(first, 'Diagnostic-Code')?.replace(/^(?:smtp|x-[\w-]+)\s*;\s*/i, '') ?? null,
  };
}

/** `rfc822; jan@example.org` */
function recipientOf(value: string): string {
  return value
    .replace(/^[\w-]*\s*;\s*/, '')
    .replace(/^<|>$/g, '')
    .trim();
}

function fromProse(mail: AutomatedInput): BounceReport {
  const text = mail.text.slice(0, 20_000);
  const named = mail.headers.line('x-failed-recipients').split(/\s*,\s*/);
  const written = [...text.matchAll(/<?([\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})>?/g)].map((match) => match[1] ?? '');
  const recipients = named.some((address) => address !== '') ? named : written.slice(0, 1);
  return {
    final: !DELAYED.test(`${mail.subject}\n${text}`),
    originalMessageId: originalMessageId(mail),
    recipients: recipients.filter((address) => address !== ''),
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] ?? null,
    diagnostic: /^.{0,200}\b[45]\d\d[ -].{3,300}$/m.exec(text)?.[0].trim() ?? null,
  };
}

/** From the returned mail or its headers; else what the report threads itself to. */
function originalMessageId(mail: AutomatedInput): string | null {
  const returned = mail.content.mails.map((raw) => idIn(readEntity(raw, () => {}).headers)).find((id) => id !== null);
  return returned ?? /^\s*Message-ID:\s*(<[^<>\s]{1,500}>)/im.exec(mail.text.slice(0, 20_000))?.[1] ?? idIn(mail.headers, 'in-reply-to');
}

function idIn(headers: Headers, name = 'message-id'): string | null {
  return /<[^<>\s]{1,500}>/.exec(headers.line(name))?.[0] ?? null;
}
