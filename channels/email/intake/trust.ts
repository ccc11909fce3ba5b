import { authenticate, type DNSResolver } from 'mailauth';
import type { MailAuthentication, ParsedMail } from '../parse/parsed-mail.ts';
import type { MailboxSettings } from '../settings.ts';

/** Whether the sender is who the From says, and by whose judgement. */
export interface Judgement {
  readonly trusted: boolean;
  /** For the log and the workbench, in English. */
  readonly why: string;
}

export interface TrustOptions {
  /** Where DNS is asked; default: the system's resolver. */
  readonly resolver?: DNSResolver | undefined;
  /** After so long without an answer nobody is trusted. */
  readonly patienceMs?: number | undefined;
}

const PATIENCE_MS = 8_000;
const HEADER_END = /\r?\n\r?\n/;
const HEADERS_AT_MOST = 256 * 1024;

/**
 * Judges a mail's sender: by the organisation's own server (Authentication-Results of a trusted host, RFC 8601; Exchange's mark of internal mail),
 * and where none is configured by SPF, DKIM and DMARC checked here. Only an aligned result counts, which is what DMARC says (RFC 7489, 3.1):
 * an SPF or DKIM pass of any other domain proves nothing about the From.
 */
export async function judge(
  raw: Buffer,
  mail: Pick<ParsedMail, 'authentication' | 'from'>,
  settings: Pick<MailboxSettings, 'trustedHosts' | 'trustsInternal'>,
  options: TrustOptions = {},
): Promise<Judgement> {
  if (!mail.from?.address) return { trusted: false, why: 'there is no From' };
  if (settings.trustsInternal && isInternal(raw)) return { trusted: true, why: 'the server marks it as internal' };
  if (settings.trustedHosts.length > 0) return judgedByServer(mail.authentication);
  return await checkedHere(raw, options);
}

function judgedByServer(results: MailAuthentication | null): Judgement {
  if (!results) return { trusted: false, why: 'no trusted server judged it' };
  const why = `${results.by}: spf=${results.spf ?? 'none'} dkim=${results.dkim ?? 'none'} dmarc=${results.dmarc ?? 'none'}`;
  // Microsoft says "bestguesspass" where the domain publishes no policy and would have passed one.
  return { trusted: results.dmarc === 'pass' || results.dmarc === 'bestguesspass', why };
}

/** Exchange takes these headers off what comes from outside. */
function isInternal(raw: Buffer): boolean {
  const head = raw.subarray(0, HEADERS_AT_MOST).toString('latin1').split(HEADER_END, 1)[0] ?? '';
  return /^x-ms-exchange-organization-authas:[ \t]*internal[ \t]*$/im.test(head);
}

async function checkedHere(raw: Buffer, { resolver, patienceMs = PATIENCE_MS }: TrustOptions): Promise<Judgement> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), patienceMs);
  try {
    const checked = authenticate(raw, { trustReceived: true, disableArc: true, disableBimi: true, ...(resolver ? { resolver } : {}) });
    const result = await Promise.race([checked, late.promise]);
    if (result === null) return { trusted: false, why: 'DNS did not answer in time' };
    const dmarc = result.dmarc ? result.dmarc.status.result : 'none';
    return { trusted: dmarc === 'pass', why: `checked here: dmarc=${dmarc}` };
  } catch (error) {
    return { trusted: false, why: `the sender could not be checked: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    clearTimeout(timer);
  }
}
