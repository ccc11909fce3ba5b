import type { WorkerList, WorkerRow, WorkProfileRequest } from '../../protocol-workers.ts';
import { SANNE } from './fake-data.ts';

/** Who is given what. */
export class FakeWorkers {
  #workers: readonly WorkerRow[] = [
    { ...SANNE, skills: [], places: [], products: [], most: null, holds: 1, mayChange: true },
    {
      ...{ id: 'person-omar', name: 'Omar Haddad', role: 'worker', teams: ['facilities'], holds: 2, mayChange: true },
      ...{ skills: ['lift'], places: ['town-hall/A'], products: [], most: 3 },
    },
  ];

  list(): WorkerList {
    return {
      workers: this.#workers,
      teams: [{ id: 'facilities', maxClaims: 6 }],
      groups: [
        {
          id: 'group:building-comfort',
          name: { nl: 'Gebouw', en: 'Building' },
          products: ['heating-cooling', 'lift', 'doors-windows'],
        },
      ],
      places: [
        { id: 'town-hall', name: { nl: 'het stadhuis', en: 'the town hall' } },
        { id: 'town-hall/A', name: { nl: 'gebouw A', en: 'building A' } },
      ],
    };
  }

  save(id: string, profile: WorkProfileRequest): void {
    this.#workers = this.#workers.map((worker) => (worker.id === id ? { ...worker, ...profile } : worker));
  }
}
