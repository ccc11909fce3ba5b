import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Catalogue, groupSkill, isPlace, isSkill, productOf } from '../catalogue/index.ts';
import { isAllowed, MOST_CLAIMS, scopeOf } from '../domain/index.ts';
import type { Colleague, ProfiledWorker, Register } from '../register/index.ts';
import { WorkbenchError } from './errors.ts';
import { readPerson } from './people-routes.ts';
import type { WorkerList } from './protocol-workers.ts';
import { read } from './read.ts';
import type { Sessions } from './session.ts';

interface WorkerOptions {
  readonly register: Pick<Register, 'workProfiles'>;
  readonly sessions: Sessions;
  readonly catalogue: () => Catalogue;
}

const names = z.array(z.string().max(200)).max(200);
const profile = z.object({
  skills: names,
  places: names,
  products: names,
  most: z.number().int().min(1).max(MOST_CLAIMS).nullable(),
});

/** What workers are given and would rather have, and how much at a time: said by who coordinates a team of theirs, shown to themselves. */
export async function workerRoutes(app: FastifyInstance, { register, sessions, catalogue }: WorkerOptions): Promise<void> {
  const list = async (colleague: Colleague): Promise<WorkerList> => {
    const scope = scopeOf(colleague.role, 'take-over');
    const own = await register.workProfiles.find(colleague.id);
    const workers = scope === 'none' ? (own ? [own] : []) : await register.workProfiles.list(scope === 'all' ? null : colleague.teams);
    const { groups, products, organisation } = catalogue();
    return {
      workers: workers.map((it) => ({ ...it, mayChange: mayChange(colleague, it) })),
      teams: organisation.teams.map(({ id, maxClaims = null }) => ({ id, maxClaims })),
      groups: groups.map(({ id, name }) => ({
        id: groupSkill(id),
        name,
        products: products.filter(({ group }) => group === id).map((product) => product.id),
      })),
      places: organisation.sites.flatMap(({ id, name, buildings }) => [
        { id, name },
        ...buildings.map((building) => ({ id: `${id}/${building.id}`, name: building.name })),
      ]),
    };
  };

  app.get('/workers', async (request): Promise<WorkerList> => list(await sessions.colleague(request)));

  app.post<{ Params: { id: string } }>('/workers/:id/profile', async (request): Promise<WorkerList> => {
    const colleague = await sessions.colleague(request);
    const worker = await register.workProfiles.find(readPerson(request.params.id));
    if (!worker) throw new WorkbenchError('unknown-person');
    if (!mayChange(colleague, worker)) throw new WorkbenchError('not-allowed');
    const { most, ...given } = read(profile, request.body);
    const known = {
      skills: knownOf(given.skills, (skill) => isSkill(catalogue(), skill)),
      places: knownOf(given.places, (place) => isPlace(catalogue().organisation.sites, place)),
      products: knownOf(given.products, (product) => productOf(catalogue(), product) !== null),
    };
    await register.workProfiles.save(worker.id, { ...known, most }, colleague.id);
    return list(colleague);
  });
}

/** Nobody says this of himself alone because he is in a team: it takes who may take its work over. */
function mayChange(colleague: Colleague, worker: ProfiledWorker): boolean {
  if (!isAllowed(colleague.role, 'take-over')) return false;
  return scopeOf(colleague.role, 'take-over') === 'all' || worker.teams.some((team) => colleague.teams.includes(team));
}

/** What the catalogue has lost meanwhile is forgotten with the next change. */
function knownOf(given: readonly string[], isKnown: (name: string) => boolean): string[] {
  return [...new Set(given)].filter(isKnown);
}
