import type { CaseFilter, CaseRow, SavedViewList, SavedViewRequest } from '../../protocol.ts';
import { SANNE } from './fake-data.ts';

/** The lists that are kept under a name. */
export class FakeViews {
  readonly #views = new Map<string, SavedViewRequest>();

  /** @param count how many cases a view has now */
  list(count: (view: SavedViewRequest) => number): SavedViewList {
    const views = [...this.#views.values()].sort((a, b) => a.name.localeCompare(b.name));
    return {
      views: views.map((view) => ({
        ...view,
        mayChange: view.team === null || SANNE.sharesViews.includes(view.team),
        count: view.search === '' && view.place !== 'all' ? count(view) : null,
      })),
    };
  }

  save(view: SavedViewRequest): void {
    this.#views.set(view.id, view);
  }

  remove(id: string): void {
    this.#views.delete(id);
  }
}

/** Whether a case is one of those that a list is narrowed to. */
export function fits(one: CaseRow, filter: CaseFilter): boolean {
  const { kind, state, product, priority, team, worker, due } = filter;
  const same = [
    [kind, one.kind],
    [state, one.state],
    [product, one.product],
    [priority, one.priority],
    [team, one.team],
  ].every(([wanted, is]) => wanted === undefined || wanted === is);
  const held = worker === undefined || (worker === 'me' ? one.worker?.id === SANNE.id : one.worker === null);
  return same && held && (due === undefined || (one.due !== null && Date.parse(one.due) < Date.now()));
}
