import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { fillCanned } from '../bot/index.ts';
import { type Catalogue, productOf } from '../catalogue/index.ts';
import type { CannedScope, Colleague, ListedCase, Register } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import type { CannedList } from './protocol.ts';
import { read, typedText } from './read.ts';
import type { Sessions } from './session.ts';

interface CannedOptions {
  readonly register: Pick<Register, 'canned'>;
  readonly sessions: Sessions;
  readonly catalogue: () => Catalogue;
  readonly teamsOf: (colleague: Colleague) => readonly string[];
  readonly found: (id: string, colleague: Colleague) => Promise<ListedCase>;
}

const canned = z.object({ id: z.uuid(), team: z.string().max(100).nullable(), name: typedText(80), text: typedText(8_000) });

/** Texts that are written often: of the teams, which all of a team may change, and one's own. */
export async function cannedRoutes(app: FastifyInstance, { register, sessions, catalogue, teamsOf, found }: CannedOptions): Promise<void> {
  const scopeOf = (colleague: Colleague): CannedScope => ({ owner: colleague.id, teams: teamsOf(colleague) });
  const list = async (colleague: Colleague): Promise<CannedList> => ({ texts: await register.canned.list(scopeOf(colleague)) });

  app.get('/canned', async (request): Promise<CannedList> => list(await sessions.colleague(request)));

  app.post('/canned', async (request): Promise<CannedList> => {
    const colleague = await sessions.colleague(request);
    const it = read(canned, request.body);
    const scope = scopeOf(colleague);
    if (it.team !== null && !scope.teams.includes(it.team)) throw new WorkbenchError('not-allowed');
    if (!(await register.canned.save(it, scope))) throw new WorkbenchError('not-allowed');
    return list(colleague);
  });

  app.post<{ Params: { id: string } }>('/canned/:id/remove', async (request): Promise<CannedList> => {
    const colleague = await sessions.colleague(request);
    if (!z.uuid().safeParse(request.params.id).success) throw new WorkbenchError('not-found');
    if (!(await register.canned.remove(request.params.id, scopeOf(colleague)))) throw new WorkbenchError('not-found');
    return list(colleague);
  });

  app.get<{ Params: { id: string } }>('/cases/:id/canned', async (request): Promise<CannedList> => {
    const colleague = await sessions.colleague(request);
    const it = await found(request.params.id, colleague);
    const { texts } = await list(colleague);
    return { texts: texts.map((one) => ({ ...one, text: filledFor(one.text, it, colleague, catalogue()) })) };
  });
}

/** A text with what stands between braces filled in for a case. */
export function filledFor(text: string, { case: it, requester }: ListedCase, colleague: Colleague, catalogue: Catalogue): string {
  const product = (it.product && productOf(catalogue, it.product)?.name[it.language]) || null;
  return fillCanned(text, it, { name: requester, product, colleague: colleague.name });
}
