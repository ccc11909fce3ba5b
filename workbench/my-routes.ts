import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Catalogue } from '../catalogue/index.ts';
import { type Channel, newId, type Person, parseReference } from '../domain/index.ts';
import type { BearerSession, OwnCase, Register, TimelineEntry } from '../register/index.ts';
import { answerError, WorkbenchError } from './errors.ts';
import type { CatalogueByGroup, OwnCaseDetail, OwnCaseRow, OwnCases, OwnMessage, Session } from './my-protocol.ts';
import { bearerOf, requireOwnPage, Sessions } from './session.ts';

/** Somebody whom a way of signing in vouches for. */
export interface VouchedFor {
  readonly channel: Channel;
  readonly externalId: string;
  readonly name: string;
  readonly address: string | null;
  /** What the organisation's directory itself says is their id. */
  readonly directoryId: string | null;
}

/** Why a sign-in is not taken. */
export type SignInRefusal = 'bad-token' | 'tenant-refused' | 'login-unreachable';

/** Reads a token of one way of signing in. */
export type Vouch = (token: string) => Promise<VouchedFor | SignInRefusal>;

export interface MyOptions {
  readonly register: Register;
  readonly catalogue: () => Catalogue;
  readonly publicUrl: string;
  /** The ways of signing in that are switched on. */
  readonly vouch: { readonly teams: Vouch | null; readonly intranet: Vouch | null };
}

const MAX_TOKEN = 16_000;
const sessionRequest = z.union([
  z.strictObject({ teams: z.string().max(MAX_TOKEN) }),
  z.strictObject({ intranet: z.string().max(MAX_TOKEN) }),
  z.strictObject({}),
]);

/** The routes under `/api/my`: one's own cases, and the sessions that no cookie carries (`my-protocol.ts`). */
export async function myApi(app: FastifyInstance, options: MyOptions): Promise<void> {
  const { register } = options;
  const cookies = new Sessions(register, options.publicUrl);
  app.addHook('onSend', async (_, reply) => {
    reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));

  app.post('/session', async (request): Promise<Session> => {
    requireOwnPage(request);
    const parsed = sessionRequest.safeParse(request.body ?? {});
    if (!parsed.success) throw new WorkbenchError('invalid', undefined, z.prettifyError(parsed.error));
    const { data } = parsed;
    const { begun, directoryId } =
      'teams' in data
        ? await beginBy(options.vouch.teams, data.teams, register)
        : 'intranet' in data
          ? await beginBy(options.vouch.intranet, data.intranet, register)
          : { begun: await register.bearers.begin((await cookies.colleague(request)).id, null), directoryId: null };
    if (!begun) throw new WorkbenchError('not-allowed', 'You are no longer known at this desk.');
    const { session, expiresAt, person, colleague } = begun;
    return {
      session,
      expiresAt: expiresAt.toISOString(),
      name: person.name,
      organisation: options.catalogue().organisation.name,
      role: colleague?.role ?? null,
      directoryId,
    };
  });
  app.post('/sign-out', async (request) => {
    const bearer = bearerOf(request);
    if (bearer) await register.signIn.signOut(bearer);
    return {};
  });

  app.get('/cases', async (request): Promise<OwnCases> => {
    const person = await whose(request, register);
    return { cases: (await register.ownCases.list(person.id)).map(rowOf) };
  });
  app.get<{ Params: { reference: string } }>('/cases/:reference', async (request): Promise<OwnCaseDetail> => {
    const person = await whose(request, register);
    const reference = parseReference(request.params.reference);
    const found = reference && (await register.ownCases.byReference(person.id, reference));
    if (!found) throw new WorkbenchError('not-found');
    const messages = await register.conversations.ofCase(found.case.id);
    return { ...rowOf(found), text: found.case.text, messages: messages.map(messageOf) };
  });
  app.get('/catalogue', async (request): Promise<CatalogueByGroup> => {
    await whose(request, register);
    return byGroup(options.catalogue());
  });
}

async function beginBy(
  vouch: Vouch | null,
  token: string,
  register: Pick<Register, 'people' | 'bearers'>,
): Promise<{ readonly begun: BearerSession | null; readonly directoryId: string | null }> {
  if (!vouch) throw new WorkbenchError('bad-token');
  const vouched = await vouch(token);
  if (typeof vouched === 'string') throw new WorkbenchError(vouched);
  const { directoryId } = vouched;
  return { begun: await register.bearers.begin(await register.people.known(vouched, newId()), directoryId), directoryId };
}

/** @throws WorkbenchError `not-signed-in` */
async function whose(request: FastifyRequest, register: Pick<Register, 'bearers'>): Promise<Person> {
  const bearer = bearerOf(request);
  const person = bearer === null ? null : await register.bearers.person(bearer);
  if (!person) throw new WorkbenchError('not-signed-in');
  return person;
}

const UNFINISHED: ReadonlySet<string> = new Set(['open', 'queued', 'claimed', 'waiting']);

function rowOf({ case: it, worker }: OwnCase): OwnCaseRow {
  return {
    reference: it.reference,
    title: it.title,
    kind: it.kind,
    state: it.state,
    openedAt: it.openedAt.toISOString(),
    worker,
    due: UNFINISHED.has(it.state) ? (it.completeBy?.toISOString() ?? null) : null,
  };
}

function messageOf({ id, from, name, at, text, reply }: TimelineEntry): OwnMessage {
  return { id, from: from === 'requester' ? 'me' : from, name, at: at.toISOString(), text: reply?.text ?? text };
}

function byGroup({ groups, products }: Catalogue): CatalogueByGroup {
  return {
    groups: groups
      .map((group) => ({
        id: group.id,
        name: group.name,
        products: products.filter((product) => product.group === group.id).map(({ id, name, description }) => ({ id, name, description })),
      }))
      .filter(({ products: own }) => own.length > 0),
  };
}
