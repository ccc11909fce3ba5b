/** Everything for which a request from Teams is refused; its HTTP status and what stands in the answer. */
export const TEAMS_ERRORS = {
  'not-an-activity': { status: 400, message: 'This is not an activity of the Bot Framework.' },
  'not-signed': { status: 401, message: 'The token is missing, forged, expired or meant for another bot.' },
  'not-loopback': { status: 403, message: 'Without credentials only a program on this machine may come in.' },
  'tenant-not-allowed': { status: 403, message: 'This tenant is not one of those that may use the desk.' },
  'too-long': { status: 413, message: 'This activity is too large.' },
  failed: { status: 500, message: 'Something went wrong; it may be sent again.' },
} as const satisfies Record<string, { readonly status: number; readonly message: string }>;

export type TeamsErrorCode = keyof typeof TEAMS_ERRORS;

/** A request that is refused; nothing of it was taken in. */
export class TeamsError extends Error {
  readonly code: TeamsErrorCode;
  readonly status: number;

  constructor(code: TeamsErrorCode, detail?: string) {
    super(detail ?? TEAMS_ERRORS[code].message);
    this.code = code;
    this.status = TEAMS_ERRORS[code].status;
  }
}

/** What went wrong when something was to be sent, in the words of the one who sends. */
export type SendProblem =
  /** Another attempt may do better. */
  | { readonly kind: 'again'; readonly reason: string; readonly afterMs: number | null }
  /** Nobody is reached there: blocked, uninstalled, not in the roster. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly reason: string }
  /** The message of the channel that was to be changed is gone. */
  | { readonly kind: 'gone'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Sending failed. Errors of the library and the network become this one in `connector.ts`. */
export class SendError extends Error {
  readonly problem: SendProblem;

  constructor(problem: SendProblem, cause?: unknown) {
    super(problem.reason, { cause });
    this.problem = problem;
  }
}

/**
 * What an answer of the connector service means.
 * @param status of the answer; null when there was none
 * @param code the service's own name for it, such as `BotNotInConversationRoster`
 * @param retryAfter the header of that name: seconds, or a date (RFC 9110, 10.2.3)
 */
export function problemOf(
  answer: { readonly status: number | null; readonly code: string; readonly message: string; readonly retryAfter: string | null },
  now = Date.now(),
): SendProblem {
  const { status, code, message } = answer;
  const reason = [status ?? 'no answer', code, message].filter(Boolean).join(' ').slice(0, 500);
  if (status === 429) return { kind: 'again', reason, afterMs: waitOf(answer.retryAfter, now) };
  if (status === null || status >= 500 || status === 408 || status === 412 || status === 401)
    return { kind: 'again', reason, afterMs: waitOf(answer.retryAfter, now) };
  if (status === 403 && !/MessageWritesBlocked.*Temporarily/i.test(code)) return { kind: 'unreachable', reason };
  if (status === 413 || /MessageSizeTooBig/i.test(code)) return { kind: 'too-large', reason };
  if (status === 404) return /activity|message/i.test(code) ? { kind: 'gone', reason } : { kind: 'unreachable', reason };
  return { kind: 'refused', reason };
}

/** Never longer than an hour, whatever the far side says. */
const LONGEST_WAIT_MS = 3_600_000;

function waitOf(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - now;
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, LONGEST_WAIT_MS) : null;
}
