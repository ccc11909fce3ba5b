import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DirectoryGroup, Register } from '../../register/index.ts';
import { guard } from '../guard.ts';
import { resourceTypes, schemas, serviceProviderConfig } from './discovery.ts';
import type { Document } from './document.ts';
import { answerScimError, bad, ScimError } from './errors.ts';
import { groupRoutes } from './group-routes.ts';
import { listOf } from './requests.ts';
import { userRoutes } from './user-routes.ts';

export interface ScimOptions {
  readonly register: Pick<Register, 'apiTokens' | 'scimUsers' | 'scimGroups'>;
  /** What the directory's groups are at this desk. */
  readonly groups: () => readonly DirectoryGroup[];
  readonly publicUrl: string;
}

/** Entra asks for 25 requests a second; the first time a whole organisation comes at once. */
const CALLS_PER_MINUTE = 3_000;
const LARGEST_BODY = 5 * 1024 * 1024;

/** People and groups from the organisation's directory, by SCIM 2.0 (RFC 7643, RFC 7644). */
export async function scimApi(app: FastifyInstance, options: ScimOptions): Promise<void> {
  const { apiTokens } = options.register;
  app.setErrorHandler(answerScimError);
  app.setNotFoundHandler((request, reply) => answerScimError(new ScimError(404, 'There is no such thing here.'), request, reply));
  app.removeAllContentTypeParsers();
  const body = { parseAs: 'string', bodyLimit: LARGEST_BODY } as const;
  app.addContentTypeParser(['application/scim+json', 'application/json'], body, async (_: FastifyRequest, text: string) => readJson(text));
  const tokenOf = guard(app, apiTokens, CALLS_PER_MINUTE, (why) => {
    if (why.kind === 'too-many') return new ScimError(429, `Try again in ${why.seconds} seconds.`);
    return new ScimError(401, why.kind === 'no-token' ? 'A token is needed.' : 'This token is unknown, withdrawn or expired.');
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.type('application/scim+json; charset=utf-8').header('cache-control', 'no-store');
    if (!tokenOf(request).scopes.includes('people:write')) throw new ScimError(403, 'This token has not the scope people:write.');
  });
  app.addHook('onResponse', async (request, reply) => {
    if (request.method === 'GET' || reply.statusCode >= 400) return;
    await apiTokens.used(tokenOf(request).id, { method: request.method, path: request.url, status: reply.statusCode });
  });

  const base = `${options.publicUrl}/scim/v2`;
  app.get('/ServiceProviderConfig', async () => serviceProviderConfig(base));
  discovery(app, '/ResourceTypes', resourceTypes(base));
  discovery(app, '/Schemas', schemas(base));
  app.all('/Me', async () => {
    throw new ScimError(501, 'A token is nobody.');
  });
  userRoutes(app, options.register, base);
  groupRoutes(app, options.register, options.groups, base);
}

function discovery(app: FastifyInstance, path: string, all: readonly Document[]): void {
  app.get(path, async () => listOf(all, all.length, 1));
  app.get<{ Params: { id: string } }>(`${path}/:id`, async ({ params }) => {
    const found = all.find((it) => typeof it.id === 'string' && it.id.toLowerCase() === params.id.toLowerCase());
    if (!found) throw new ScimError(404, 'There is no such thing here.');
    return found;
  });
}

function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw bad('invalidSyntax', 'This request is not JSON.');
  }
}
