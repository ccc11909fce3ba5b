import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiScope } from '../domain/index.ts';
import type { ApiToken, Register } from '../register/index.ts';
import { PROBLEMS, Problem } from './problems.ts';
import { type nothing, problem } from './schemas.ts';

type Shape = z.ZodObject;

interface Common<Answer extends z.ZodType> {
  readonly path: string;
  readonly summary: string;
  readonly scope: ApiScope;
  readonly tag: string;
  readonly answer: Answer;
}
type Reading<Params extends Shape, Query extends Shape, Answer extends z.ZodType> = Common<Answer> & {
  readonly params?: Params;
  readonly query?: Query;
  handle(asked: { readonly token: ApiToken; readonly params: z.output<Params>; readonly query: z.output<Query> }): Promise<z.input<Answer>>;
};
type Writing<Params extends Shape, Body extends z.ZodType, Answer extends z.ZodType> = Common<Answer> & {
  readonly params?: Params;
  readonly body: Body;
  readonly status: 200 | 201;
  /** Left out: POST. */
  readonly method?: 'POST' | 'DELETE';
  /** @param asked.id follows from token and key: what is done under it twice is done once */
  handle(asked: {
    readonly token: ApiToken;
    readonly id: string;
    readonly params: z.output<Params>;
    readonly body: z.output<Body>;
  }): Promise<z.input<Answer>>;
};

/** Lays the calls of the API: each is read, allowed, done and described in the OpenAPI document by the same schemas. */
export class Calls {
  readonly #app: FastifyInstance;
  readonly #register: Pick<Register, 'apiTokens' | 'apiAnswers'>;
  readonly #tokenOf: (request: FastifyRequest) => ApiToken;

  constructor(app: FastifyInstance, register: Pick<Register, 'apiTokens' | 'apiAnswers'>, tokenOf: (request: FastifyRequest) => ApiToken) {
    this.#app = app;
    this.#register = register;
    this.#tokenOf = tokenOf;
  }

  /** A call that changes nothing. */
  read<Params extends Shape = typeof nothing, Query extends Shape = typeof nothing, Answer extends z.ZodType = z.ZodType>(
    call: Reading<Params, Query, Answer>,
  ): void {
    const schema = {
      ...described(call, 200),
      ...(call.params ? { params: json(call.params) } : {}),
      ...(call.query ? { querystring: json(call.query) } : {}),
    };
    this.#app.get(call.path, { schema }, async (request) => {
      const token = this.#allowed(request, call.scope);
      return await call.handle({ token, params: take(call.params, request.params), query: take(call.query, request.query) });
    });
  }

  /** A call that changes something: once for each Idempotency-Key. */
  write<Params extends Shape = typeof nothing, Body extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType>(
    call: Writing<Params, Body, Answer>,
  ): void {
    const schema = {
      ...described(call, call.status),
      ...(call.params ? { params: json(call.params) } : {}),
      body: json(call.body),
      headers: json(z.object({ 'idempotency-key': z.string().min(1).max(255) })),
    };
    const { method = 'POST', path: url } = call;
    this.#app.route({
      method,
      url,
      schema,
      handler: async (request, reply) => {
        const token = this.#allowed(request, call.scope);
        const key = keyOf(request);
        const params = take(call.params, request.params);
        const body = take(call.body, request.body ?? {});
        const { apiAnswers, apiTokens } = this.#register;
        const begun = await apiAnswers.begin(token.id, key, JSON.stringify([request.method, request.url, request.body]));
        if (begun.kind === 'another') throw new Problem('key-reused');
        if (begun.kind === 'under-way') throw new Problem('under-way');
        reply.type('application/json; charset=utf-8');
        if (begun.kind === 'answered') return reply.status(begun.status).header('idempotency-replayed', 'true').send(begun.body);
        try {
          const answer = JSON.stringify(await call.handle({ token, id: `${token.id} ${key}`, params, body }));
          await apiTokens.used(token.id, { method: request.method, path: request.url, status: call.status });
          await apiAnswers.answered(token.id, key, call.status, answer);
          return reply.status(call.status).send(answer);
        } catch (error) {
          await apiAnswers.forget(token.id, key);
          throw error;
        }
      },
    });
  }

  #allowed(request: FastifyRequest, scope: ApiScope): ApiToken {
    const token = this.#tokenOf(request);
    if (!token.scopes.includes(scope)) throw new Problem('scope-missing', `It needs ${scope}.`);
    return token;
  }
}

function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) throw new Problem('key-missing');
  return key;
}

function take<Schema extends z.ZodType>(schema: Schema | undefined, given: unknown): z.output<Schema>;
function take(schema: z.ZodType | undefined, given: unknown): unknown {
  if (!schema) return {};
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Problem('invalid', z.prettifyError(parsed.error));
  return parsed.data;
}

function json(schema: z.ZodType, io: 'input' | 'output' = 'input'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

function described(call: Common<z.ZodType>, status: number): Record<string, unknown> {
  const refused = { description: 'A problem (RFC 9457)', content: { 'application/problem+json': { schema: json(problem) } } };
  const codes = [401, 403, 404, 409, 422, PROBLEMS['too-many'].status];
  return {
    summary: call.summary,
    description: `Needs the scope \`${call.scope}\`.`,
    tags: [call.tag],
    security: [{ token: [] }],
    response: {
      [status]: { description: 'Done', content: { 'application/json': { schema: json(call.answer, 'output') } } },
      ...Object.fromEntries(codes.map((code) => [code, refused])),
    },
  };
}
