/** Why a language model did not help: what the desk knows by itself then stands. */
export const ASSIST_FAILURES = [
  /** It took longer than a turn may. */
  'timeout',
  /** It asked for patience, or had failed so often that it is left alone for a while. */
  'busy',
  /** It was not reached, or answered with an error. */
  'unavailable',
  /** It would not answer. */
  'refused',
  /** What it answered was not what it was asked for. */
  'invalid',
  /** What it wrote stands in no source. */
  'not-grounded',
  /** What it may cost in a day is spent. */
  'budget',
  /** Danger came in between. */
  'danger',
] as const;
export type AssistFailure = (typeof ASSIST_FAILURES)[number];

/** What a language model added to a decision, or why it did not: stored on the case. */
export interface Assisted {
  /** The model's name, as configured. */
  readonly model: string;
  /** The product that it chose among the nearest; null: none of them. */
  readonly chose?: string | null | undefined;
  /** Fields that it found in the text. */
  readonly fields?: readonly string[] | undefined;
  /** It put the answer in words that fit the question. */
  readonly phrased?: boolean | undefined;
  readonly failed?: AssistFailure | undefined;
}
