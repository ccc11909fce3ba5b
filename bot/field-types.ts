import type { Building } from '../catalogue/index.ts';
import type { Language, ListedPerson, Room } from '../domain/index.ts';

/** Why an answer was not taken; every one has its sentence in `texts.ts`. */
export const FIELD_PROBLEMS = [
  'not-a-number',
  'too-small',
  'too-large',
  'not-a-date',
  'in-the-past',
  'not-a-time',
  'not-a-choice',
  'unknown-budget',
  'closed-budget',
  'not-an-amount',
  'not-yes-or-no',
  'unknown-room',
  'which-building',
  'no-file',
  'unknown-person',
  'which-person',
  'no-budget-holder',
  'too-long',
  'empty',
] as const;
export type FieldProblem = (typeof FIELD_PROBLEMS)[number];

/** What was made of a text for one field. A taken value is canonical: it is what the case keeps. */
export type Reading =
  | { readonly kind: 'taken'; readonly value: string }
  /** `among`: those of whom one may be meant. */
  | { readonly kind: 'refused'; readonly reason: FieldProblem; readonly among?: readonly ListedPerson[] }
  | { readonly kind: 'absent' };

/** What reading depends on besides the text. */
export interface ReadContext {
  readonly language: Language;
  readonly now: Date;
  readonly timeZone: string;
  /** The known ones among the text's `budgetTokens`, by that normalised number. */
  readonly budgets: ReadonlyMap<string, { readonly number: string; readonly open: boolean }>;
  /** The known ones among the text's `roomTokens`; null while there is no list of rooms. */
  readonly rooms: ReadonlyMap<string, readonly Room[]> | null;
  /** Those whom the text's `peopleWanted` found; null while there is no list of people, or whoever writes is not known for sure. */
  readonly people: readonly ListedPerson[] | null;
  readonly buildings: readonly Building[];
  /** The names of the files that came with the message. */
  readonly files: readonly string[];
}

export const ABSENT: Reading = { kind: 'absent' };

export function taken(value: string): Reading {
  return { kind: 'taken', value };
}

export function refused(reason: FieldProblem, among?: readonly ListedPerson[]): Reading {
  return { kind: 'refused', reason, ...(among ? { among } : {}) };
}
