import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Register } from '../register/index.ts';
import { Calls } from './call.ts';
import { type CaseCallOptions, caseCalls } from './case-calls.ts';
import { type DirectoryCallOptions, directoryCalls } from './directory-calls.ts';
import { guard } from './guard.ts';
import { answerProblem, Problem } from './problems.ts';
import { type WebhookCallOptions, webhookCalls } from './webhook-calls.ts';

export type { IntakePort } from './case-calls.ts';

export interface RestApiOptions extends CaseCallOptions, DirectoryCallOptions, WebhookCallOptions {
  readonly register: CaseCallOptions['register'] &
    DirectoryCallOptions['register'] &
    WebhookCallOptions['register'] &
    Pick<Register, 'apiTokens' | 'apiAnswers'>;
  readonly publicUrl: string;
}

const CALLS_PER_MINUTE = 600;
/** The page to try it writes styles into itself as it runs; its scripts are files of its own. */
const PAGE_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The API, its OpenAPI document (`openapi.json`) and the page to try it (`docs`). */
export async function restApi(app: FastifyInstance, options: RestApiOptions): Promise<void> {
  // The schemas that requests are read by are zod's; those that Fastify sees describe them.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.setErrorHandler(answerProblem);
  app.removeContentTypeParser('text/plain');
  app.addHook('onSend', async (_, reply) => {
    reply.header('cache-control', 'no-store');
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Loket', description: 'The service desk for other systems. See docs/api.md.', version: '1' },
      servers: [{ url: options.publicUrl }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(async (pages) => {
    pages.addHook('onSend', async (_, reply) => {
      reply.header('content-security-policy', PAGE_POLICY);
    });
    await pages.register(swaggerUi, { routePrefix: '/docs', uiConfig: { persistAuthorization: false } });
  });
  await app.register(async (guarded) => await calls(guarded, options));
}

async function calls(app: FastifyInstance, options: RestApiOptions): Promise<void> {
  const tokenOf = guard(app, options.register.apiTokens, CALLS_PER_MINUTE, (why) => {
    if (why.kind === 'too-many') return new Problem('too-many', `Try again in ${why.seconds} seconds.`);
    return new Problem(why.kind);
  });
  const laid = new Calls(app, options.register, tokenOf);
  caseCalls(laid, options);
  directoryCalls(laid, options);
  webhookCalls(laid, options);
}
