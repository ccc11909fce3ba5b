import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** What a call can be answered with besides what it asked, as RFC 9457 says it. */
export const PROBLEMS = {
  'no-token': { status: 401, title: 'A token is needed: Authorization: Bearer loket_…' },
  'bad-token': { status: 401, title: 'This token is unknown, withdrawn or expired.' },
  'scope-missing': { status: 403, title: 'This token has not the scope for that.' },
  'not-found': { status: 404, title: 'There is no such thing, or it is not for this token to see.' },
  'not-now': { status: 409, title: 'The case has moved on, or has not come so far; this cannot be done now.' },
  'under-way': { status: 409, title: 'A request with this Idempotency-Key is under way.' },
  'key-missing': { status: 400, title: 'A writing call needs an Idempotency-Key header, of 1 to 255 visible characters.' },
  'key-reused': { status: 422, title: 'This Idempotency-Key was given to another request.' },
  'unknown-person': { status: 422, title: 'There is no such person; give a name for somebody new.' },
  'unknown-product': { status: 422, title: 'The catalogue has no such product.' },
  invalid: { status: 422, title: 'Something in this request is not right.' },
  malformed: { status: 400, title: 'This request could not be read.' },
  'too-large': { status: 413, title: 'This request is too large.' },
  'not-json': { status: 415, title: 'Send JSON, as application/json.' },
  'too-many': { status: 429, title: 'Too many requests with this token.' },
  failed: { status: 500, title: 'Something went wrong here. Try again with the same Idempotency-Key.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export class Problem extends Error {
  readonly code: ProblemCode;
  /** What exactly was wrong. */
  readonly detail: string | null;

  constructor(code: ProblemCode, detail: string | null = null) {
    super(PROBLEMS[code].title);
    this.code = code;
    this.detail = detail;
  }
}

export function answerProblem(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, detail } = error instanceof Problem ? error : asProblem(error, request);
  const { status, title } = PROBLEMS[code];
  if (status === 401) reply.header('www-authenticate', code === 'no-token' ? 'Bearer' : 'Bearer error="invalid_token"');
  return reply
    .status(status)
    .type('application/problem+json')
    .send({ type: `urn:loket:problem:${code}`, title, status, code, ...(detail ? { detail } : {}) });
}

function asProblem(error: FastifyError, request: FastifyRequest): Problem {
  const status = error.statusCode ?? 500;
  if (status === 413) return new Problem('too-large');
  if (status === 415) return new Problem('not-json');
  if (status < 500) return new Problem('malformed', error.message);
  request.log.error({ err: error }, 'a call of the API failed');
  return new Problem('failed');
}
