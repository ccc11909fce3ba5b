import {
  type CaseId,
  type ConversationId,
  type DisruptionId,
  type IntakeId,
  type MessageId,
  newReference,
  type PersonId,
  parseId,
  type QuestionId,
} from '../../domain/index.ts';
import type { Ids } from '../decision.ts';

type AnyId = CaseId | ConversationId | DisruptionId | IntakeId | MessageId | PersonId | QuestionId;

/** The n-th id of a row: the same for every run. */
export function idOf<Id extends AnyId>(row: number, n: number): Id {
  const id = parseId<Id>(`${String(row).padStart(8, '0')}-0000-7000-8000-${String(n).padStart(12, '0')}`);
  if (id === null) throw new RangeError(`no id can be made of ${row} and ${n}`);
  return id;
}

const ROWS = { case: 1, message: 2, question: 3, person: 4, note: 5, reference: 6, notice: 8, disruption: 9 } as const;

/** Ids that count: a decision made twice with the same start gets the same ids. */
export function countedIds(start = 0): Ids & { readonly count: () => number } {
  let n = start;
  const next = (): number => {
    n += 1;
    return n;
  };
  return {
    case: () => idOf(ROWS.case, next()),
    message: () => idOf(ROWS.message, next()),
    question: () => idOf(ROWS.question, next()),
    person: () => idOf(ROWS.person, next()),
    note: () => idOf<MessageId>(ROWS.note, next()),
    notice: () => idOf<MessageId>(ROWS.notice, next()),
    disruption: () => idOf<DisruptionId>(ROWS.disruption, next()),
    reference: () => {
      // A small congruential generator: references differ, and are the same in every run.
      let seed = next() * 2_654_435_761;
      return newReference((below) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        return Math.floor(seed / 65_536) % below;
      });
    },
    count: () => n,
  };
}
