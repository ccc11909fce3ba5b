import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Catalogue, productOf } from '../catalogue/index.ts';
import { isAllowedWith, type SavedView, scopeOf } from '../domain/index.ts';
import type { Colleague, Register, ViewScope } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import { caseFilter, caseOrder, readView } from './list-query.ts';
import type { SavedViewList, SavedView as ShownView } from './protocol-views.ts';
import { read, typedText } from './read.ts';
import type { Sessions } from './session.ts';

/** Beyond this the number is no news. */
const COUNTED = 100;
/** Of more views than this the counts are left out. */
const MOST_COUNTED = 20;

const view = z.object({
  id: z.uuid(),
  team: z.string().max(100).nullable(),
  name: typedText(60),
  place: z.string().max(110),
  filter: caseFilter,
  search: typedText(200, 0),
  order: caseOrder,
});

interface ViewOptions {
  readonly register: Pick<Register, 'savedViews' | 'cases'>;
  readonly sessions: Sessions;
  readonly catalogue: () => Catalogue;
}

/** Lists that are kept under a name: one's own, and those that a coordinator or manager keeps for a team. */
export async function viewRoutes(app: FastifyInstance, { register, sessions, catalogue }: ViewOptions): Promise<void> {
  const scopeOfViews = (colleague: Colleague): ViewScope => ({
    owner: colleague.id,
    teams: sharedViewsOf(colleague, catalogue()),
  });

  const list = async (colleague: Colleague): Promise<SavedViewList> => {
    const { teams } = scopeOfViews(colleague);
    const views = await register.savedViews.list(colleague, [...new Set([...colleague.teams, ...teams])]);
    const shown = views.filter(({ filter }) => mayName(colleague, filter.product, catalogue()));
    const counts = await Promise.all(shown.map(async (it, i) => (i < MOST_COUNTED ? await countOf(it, colleague) : null)));
    return {
      views: shown.map((it, i): ShownView => ({ ...it, mayChange: it.team === null || teams.includes(it.team), count: counts[i] ?? null })),
    };
  };

  /** Of one team or person the index knows the cases; what is searched for, or done, may be anywhere. */
  const countOf = async ({ place, filter, search }: SavedView, colleague: Colleague): Promise<number | null> => {
    const narrowed = { view: readView(place), filter };
    const { kind } = narrowed.view;
    if (search !== '' || kind === 'all' || kind === 'done') return null;
    return await register.cases.countOf(narrowed, colleague, COUNTED);
  };

  app.get('/views', async (request): Promise<SavedViewList> => list(await sessions.colleague(request)));

  app.post('/views', async (request): Promise<SavedViewList> => {
    const colleague = await sessions.colleague(request);
    const it = read(view, request.body);
    readView(it.place);
    const scope = scopeOfViews(colleague);
    if (it.team !== null && !scope.teams.includes(it.team)) throw new WorkbenchError('not-allowed');
    if (!(await register.savedViews.save(it, scope))) throw new WorkbenchError('not-allowed');
    return await list(colleague);
  });

  app.post<{ Params: { id: string } }>('/views/:id/remove', async (request): Promise<SavedViewList> => {
    const colleague = await sessions.colleague(request);
    if (!z.uuid().safeParse(request.params.id).success) throw new WorkbenchError('not-found');
    if (!(await register.savedViews.remove(request.params.id, scopeOfViews(colleague)))) throw new WorkbenchError('not-found');
    return await list(colleague);
  });
}

/** The teams for which somebody keeps views. */
export function sharedViewsOf(colleague: Colleague, { organisation }: Catalogue): string[] {
  return organisation.teams.map(({ id }) => id).filter((team) => isAllowedWith(colleague, 'share-views', { team, worker: null }));
}

/** Whether somebody may see that there is a view of this product: of what is restricted only who may read its cases. Named readers are the register's to know. */
function mayName(colleague: Colleague, product: string | undefined, catalogue: Catalogue): boolean {
  const known = product === undefined ? null : productOf(catalogue, product);
  if (!known?.restricted || known.readers !== undefined) return true;
  const scope = scopeOf(colleague.role, 'read-restricted');
  return scope === 'all' || (scope === 'own' && colleague.teams.includes(known.team));
}
