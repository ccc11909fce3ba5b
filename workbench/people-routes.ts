import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type PersonId, parseId } from '../domain/index.ts';
import type { Colleague, JoinRefusal, Register } from '../register/index.ts';
import { WorkbenchError, type WorkbenchErrorCode } from './errors.ts';
import { requireAgent } from './may-register.ts';
import type { PersonDetail, PersonList } from './protocol.ts';
import { read } from './read.ts';
import { renderRow } from './render.ts';
import type { Sessions } from './session.ts';

const CASES = 50;
const joinRequest = z.object({ with: z.uuid().transform(readPerson) });

interface PersonRoute {
  Params: { id: string };
}

/** Looking people up, and saying that two are one. */
export async function peopleRoutes(
  app: FastifyInstance,
  { register, sessions }: { readonly register: Register; readonly sessions: Sessions },
): Promise<void> {
  const detail = async (id: PersonId, colleague: Colleague): Promise<PersonDetail> => {
    const [page, cases] = await Promise.all([register.peoplePages.page(id), register.cases.ofPerson(id, colleague, CASES)]);
    if (!page) throw new WorkbenchError('unknown-person');
    return {
      ...page,
      identities: page.identities.map((identity) => ({ ...identity, since: identity.since.toISOString() })),
      joins: page.joins.map((join) => ({ ...join, at: join.at.toISOString() })),
      cases: cases.map(renderRow),
    };
  };

  app.get<{ Querystring: { search?: string } }>('/people', async (request): Promise<PersonList> => {
    requireAgent(await sessions.colleague(request));
    return { people: await register.peoplePages.search(request.query.search ?? '') };
  });
  app.get<PersonRoute>('/people/:id', async (request): Promise<PersonDetail> => {
    const colleague = requireAgent(await sessions.colleague(request));
    return await detail(readPerson(request.params.id), colleague);
  });
  app.post<PersonRoute>('/people/:id/join', async (request): Promise<PersonDetail> => {
    const colleague = requireAgent(await sessions.colleague(request));
    const id = readPerson(request.params.id);
    const refused = await register.peoplePages.join(id, read(joinRequest, request.body).with, colleague.id);
    if (refused) throw new WorkbenchError(REFUSALS[refused]);
    return await detail(id, colleague);
  });
  app.post<PersonRoute>('/people/joins/:id/undo', async (request): Promise<Record<string, never>> => {
    const colleague = requireAgent(await sessions.colleague(request));
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success || !(await register.peoplePages.undo(id.data, colleague.id))) throw new WorkbenchError('not-now');
    return {};
  });
}

const REFUSALS: Readonly<Record<JoinRefusal, WorkbenchErrorCode>> = {
  same: 'not-two',
  unknown: 'unknown-person',
  'two-in-directory': 'two-in-directory',
  colleague: 'is-colleague',
};

/** @throws WorkbenchError `unknown-person` */
export function readPerson(text: string): PersonId {
  const id = parseId<PersonId>(text);
  if (!id) throw new WorkbenchError('unknown-person');
  return id;
}
