import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The kinds of RFC 7644, table 9, that are used here. */
export type ScimType = 'invalidFilter' | 'uniqueness' | 'invalidSyntax' | 'invalidPath' | 'noTarget' | 'invalidValue' | 'mutability';

/** Why a request is refused, as RFC 7644, 3.12 says it. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | null;

  constructor(status: number, detail: string, scimType: ScimType | null = null) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}

export const bad = (scimType: ScimType, detail: string): ScimError =>
  new ScimError(scimType === 'uniqueness' ? 409 : 400, detail, scimType);

export function answerScimError(error: FastifyError | ScimError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, message, scimType } = error instanceof ScimError ? error : asScimError(error, request);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .status(status)
    .type('application/scim+json; charset=utf-8')
    .send({ schemas: [ERROR], status: String(status), ...(scimType ? { scimType } : {}), detail: message });
}

function asScimError(error: FastifyError, request: FastifyRequest): ScimError {
  const status = error.statusCode ?? 500;
  if (status < 500) return new ScimError(status, error.message, status === 400 ? 'invalidSyntax' : null);
  request.log.error({ err: error }, 'a call by SCIM failed');
  return new ScimError(500, 'Something went wrong here. Try again.');
}
