import type { Case, CaseId, OpenQuestion } from '../domain/index.ts';

/** Questions that are no more than an offer: they make way when something else is open. */
const OFFERS: ReadonlySet<OpenQuestion['kind']> = new Set(['helped', 'undo']);
/** More open questions than this nobody remembers: the oldest offers lapse. */
const MAX_OPEN = 12;

/** In these states nobody works on a case any more. */
export const ENDS: ReadonlySet<Case['state']> = new Set(['ready', 'closed', 'withdrawn', 'merged']);

/** What the desk has asked in a conversation and waits for, oldest first. */
export class OpenQuestions {
  #open: OpenQuestion[];

  /** @param cases those in view: what was asked about one may have been answered elsewhere meanwhile */
  constructor(open: readonly OpenQuestion[], cases: readonly Case[]) {
    this.#open = open.filter(
      (it) =>
        !('case' in it) ||
        stillAsks(
          it,
          cases.find(({ id }) => id === it.case),
        ),
    );
  }

  get all(): readonly OpenQuestion[] {
    return this.#open;
  }

  /** A new one; where there are too many the oldest offer makes way. */
  add(question: OpenQuestion): void {
    this.#open.push(question);
    while (this.#open.length > MAX_OPEN) {
      const offer = this.#open.findIndex((it) => OFFERS.has(it.kind));
      this.#open.splice(Math.max(offer, 0), 1);
    }
  }

  /** One that stays open as it was. */
  keep(question: OpenQuestion): void {
    this.#open.push(question);
  }

  find(id: string): OpenQuestion | null {
    return this.#open.find((it) => it.id === id) ?? null;
  }

  /** It is answered, or does not matter any more. */
  settle(id: string): void {
    this.#open = this.#open.filter((it) => it.id !== id);
  }

  /** No question about a case matters any more. */
  settleCase(id: CaseId): void {
    this.#open = this.#open.filter((it) => !('case' in it) || it.case !== id);
  }
}

/** Whether a question about a case still waits: its requester may have answered it in another conversation meanwhile. */
function stillAsks({ kind }: OpenQuestion, it: Case | undefined): boolean {
  if (!it) return true;
  if (kind === 'confirm-ready') return it.state === 'ready';
  return (kind !== 'worker-question' && kind !== 'reopen-reason') || !ENDS.has(it.state);
}
