import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a workbench request can be answered with besides what it asked; the page shows `message` as it is. */
export const WORKBENCH_ERRORS = {
  'not-signed-in': { status: 401, message: 'Sign in first.' },
  'link-spent': { status: 401, message: 'This link has been used, has expired, or was never made.' },
  'bad-token': { status: 401, message: 'This sign-in is not valid, or has expired.' },
  'tenant-refused': { status: 403, message: 'People of your organisation cannot use this desk.' },
  'login-unreachable': { status: 503, message: 'The sign-in cannot be checked at the moment. Try again shortly.' },
  'not-allowed': { status: 403, message: 'That is not yours to do.' },
  'cross-site': { status: 403, message: 'This request did not come from the workbench.' },
  'not-found': { status: 404, message: 'There is no such case, or it is not yours to see.' },
  'already-claimed': { status: 409, message: 'Somebody was first.' },
  'too-many': { status: 409, message: 'You have as many cases as you may have. Finish one first, or give one back.' },
  'not-for-you': { status: 409, message: 'This case is not given to you.' },
  'taken-over': { status: 409, message: 'Somebody else has this conversation.' },
  'not-yours': { status: 409, message: 'Somebody else is working on this case.' },
  'already-decided': { status: 409, message: 'That was decided already, or is not needed any more.' },
  'too-late': { status: 409, message: 'It has gone out, or was taken back already.' },
  'not-now': { status: 409, message: 'The case has moved on; this can no longer be done.' },
  'text-open': { status: 422, message: 'Something in this text is not known of this case.' },
  'unknown-product': { status: 422, message: 'The catalogue has no such product.' },
  'unknown-team': { status: 422, message: 'The organisation has no such team.' },
  'unknown-disruption': { status: 422, message: 'That disruption is over, or was never declared.' },
  'too-early': { status: 422, message: 'That moment has been.' },
  'file-empty': { status: 422, message: 'This file is empty.' },
  'file-too-large': { status: 413, message: 'This file is too large.' },
  'file-refused': { status: 422, message: 'Files of this kind are not taken.' },
  'file-infected': { status: 422, message: 'There is a virus in this file.' },
  'file-held': { status: 409, message: 'This file is still being checked.' },
  'file-gone': { status: 422, message: 'A file is no longer there. Add it again.' },
  'unknown-file': { status: 404, message: 'There is no such file in this case.' },
  'storage-full': { status: 507, message: 'There is no room for files now.' },
  'storage-away': { status: 503, message: 'Files cannot be kept right now. Try again shortly.' },
  'unknown-person': { status: 422, message: 'There is no such person.' },
  'not-two': { status: 422, message: 'That is one person already.' },
  'two-in-directory': { status: 422, message: 'The directory knows these as two people.' },
  'is-colleague': { status: 422, message: 'Somebody who works at the desk is not joined with anybody.' },
  invalid: { status: 422, message: 'Something in this request is not right.' },
  starting: { status: 503, message: 'The service desk is starting. One moment.' },
  failed: { status: 500, message: 'Something went wrong here. It was not done; try again.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type WorkbenchErrorCode = keyof typeof WORKBENCH_ERRORS;

export class WorkbenchError extends Error {
  readonly code: WorkbenchErrorCode;
  readonly status: number;
  /** What exactly was wrong, for developers. */
  readonly detail: string | null;
  /** What the page fills into its own words for it. */
  readonly values: Readonly<Record<string, number>>;

  constructor(
    code: WorkbenchErrorCode,
    message: string = WORKBENCH_ERRORS[code].message,
    detail: string | null = null,
    values: Readonly<Record<string, number>> = {},
  ) {
    super(message);
    this.detail = detail;
    this.values = values;
    this.code = code;
    this.status = WORKBENCH_ERRORS[code].status;
  }
}

/** Who holds as many cases as he may takes no more. */
export function tooMany({ holds, most }: { readonly holds: number; readonly most: number }): WorkbenchError {
  const message = `You have ${holds} already, and may have ${most}. Finish one first, or give one back.`;
  return new WorkbenchError('too-many', message, null, { n: holds });
}

/** Answers a request with what went wrong. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error instanceof WorkbenchError ? error : asWorkbenchError(error, request);
  return reply
    .status(known.status)
    .send({ error: { code: known.code, message: known.message, values: known.values, ...(known.detail ? { detail: known.detail } : {}) } });
}

function asWorkbenchError(error: unknown, request: FastifyRequest): WorkbenchError {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  if (typeof status === 'number' && status < 500)
    return new WorkbenchError('invalid', undefined, error instanceof Error ? error.message : null);
  request.log.error({ err: error }, 'a workbench request failed');
  return new WorkbenchError('failed');
}
