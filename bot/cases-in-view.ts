import type { Case, CaseEvent, CaseId, ClockEvent } from '../domain/index.ts';
import type { Facts } from './facts.ts';

/** The cases that a decision may speak of, as they are by now, with what happened to them. */
export class CasesInView {
  readonly #cases: Map<CaseId, Case>;
  readonly #histories: Map<CaseId, readonly ClockEvent[]>;
  /** Those to which something happened. */
  readonly #changed = new Set<CaseId>();

  constructor({ cases, histories }: Pick<Facts, 'cases' | 'histories'>) {
    this.#cases = new Map(cases.map((it) => [it.id, it]));
    this.#histories = new Map(histories);
  }

  find(id: CaseId): Case | null {
    return this.#cases.get(id) ?? null;
  }

  /** Those that are no part, newest first. */
  wholes(): Case[] {
    return [...this.#cases.values()].filter(({ part }) => part === null).sort((a, b) => b.openedAt.getTime() - a.openedAt.getTime());
  }

  /** The parts of a case, in the order in which they were opened. */
  partsOf(id: CaseId): Case[] {
    return [...this.#cases.values()].filter(({ part }) => part?.of === id).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The wholes to which, or to a part of which, something happened. */
  changedWholes(): CaseId[] {
    return [...new Set([...this.#changed].map((id) => this.#cases.get(id)?.part?.of ?? id))];
  }

  /** The whole of a part, as its requester knows it; any other case itself. */
  known(it: Case): Case {
    return (it.part && this.#cases.get(it.part.of)) ?? it;
  }

  /** @throws Error when the view does not hold it */
  history(id: CaseId): readonly ClockEvent[] {
    const known = this.#histories.get(id);
    if (!known) throw new Error(`the history of case ${id} was not read`);
    return known;
  }

  opened(it: Case, event: CaseEvent): void {
    this.became(it);
    this.#histories.set(it.id, [event]);
  }

  /** @returns what happened to it before; empty where that was not read */
  happens(id: CaseId, event: CaseEvent): readonly ClockEvent[] {
    const earlier = this.#histories.get(id);
    if (earlier || event.name === 'reopened') this.#histories.set(id, [...(earlier ?? []), event]);
    return earlier ?? [];
  }

  became(it: Case): void {
    this.#cases.set(it.id, it);
    this.#changed.add(it.id);
  }
}
