import { type CaseId, type Effect, type RunChange, runKey, type TimerKind } from '../domain/index.ts';

/** What may be said several times in one decision, of which the last counts: timers, and a case's runs at a handler. */
export class LastCounts {
  readonly #runs = new Map<string, RunChange>();
  readonly #timers = new Map<string, { readonly case: CaseId; readonly timer: TimerKind; readonly due: Date | null }>();

  /** What a later word leaves out stays as it was said. */
  run(run: RunChange): void {
    const key = runKey(run);
    const { due, externalId, said } = run;
    const known = this.#runs.get(key);
    this.#runs.set(key, {
      ...run,
      due: due ?? known?.due,
      externalId: externalId ?? known?.externalId,
      said: said ?? known?.said,
    });
  }

  /** @param due null: it is done */
  timer(about: CaseId, timer: TimerKind, due: Date | null): void {
    this.#timers.set(`${about} ${timer}`, { case: about, timer, due });
  }

  effects(): Effect[] {
    const timers: Effect[] = [...this.#timers.values()].map(({ case: it, timer, due }) =>
      due ? { kind: 'timer', case: it, timer, due } : { kind: 'timer-done', case: it, timer },
    );
    const runs: Effect[] = [...this.#runs.values()].map((run) => ({ kind: 'run', run }));
    return [...runs, ...timers];
  }
}
