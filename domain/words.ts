import type { Assisted } from './assisted.ts';

/** The field's words as closed sets. Lists are `as const` arrays, because type stripping knows no enums. */

/** The languages the desk speaks; what people read comes in each of them. */
export const LANGUAGES = ['nl', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Something written once per language. */
export type Localised = Readonly<Record<Language, string>>;

/** What sort of question it is: KWIS (klacht, wens, informatie, storing) and the request. */
export const KINDS = ['complaint', 'wish', 'information', 'fault', 'request'] as const;
export type Kind = (typeof KINDS)[number];

/** How much a question presses; danger stands before all of them. */
export const PRIORITIES = ['high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** How a question reached the desk. */
export const CHANNELS = ['web', 'email', 'teams', 'desk'] as const;
export type Channel = (typeof CHANNELS)[number];

/** How somebody reached the colleague who registers his question: by phone, at the counter, by post, or through an account manager's visit. */
export const MEANS = ['phone', 'counter', 'post', 'visit'] as const;
export type Means = (typeof MEANS)[number];

/** How a question came that somebody else registers: by a colleague, or by a program with a token of the API. */
export type RegisteredBy = Means | 'api';

/** What a message does in a conversation besides asking something. */
export const MOVES = ['greeting', 'thanks', 'goodbye', 'yes', 'no', 'human', 'status', 'cancel', 'help'] as const;
export type Move = (typeof MOVES)[number];

/** A part of the intent decision that people can check: a word or phrase and how much it weighed. */
export interface Weight {
  readonly word: string;
  readonly weight: number;
}

/** One product the text may be about; confidence is calibrated, 0 to 1. */
export interface Candidate {
  readonly product: string;
  readonly confidence: number;
}

/** What the desk made of one question in a message. */
export interface Question {
  /** The part of the message that asks it. */
  readonly text: string;
  /** The product that fits best, or null when none fits well enough. */
  readonly product: string | null;
  readonly kind: Kind;
  readonly confidence: number;
  /** The best five, best first, also when it abstained. */
  readonly top: readonly Candidate[];
  /** The words that weighed most for the best candidate. */
  readonly why: readonly Weight[];
  /** What a language model made of it, and the pieces of the text that it took for a field's value. */
  readonly help?: { readonly assisted: Assisted; readonly pieces: Readonly<Record<string, string>> } | undefined;
}

/** What the desk made of a whole message. */
export interface Understanding {
  readonly language: Language;
  /** How sure the language is, 0 to 1: a short message may not tell. */
  readonly languageConfidence: number;
  readonly move: Move | null;
  /** Empty when the message is only a move. */
  readonly questions: readonly Question[];
  /** The model that decided, e.g. `local-3f2a9c`. */
  readonly model: string;
}

/** Why a case may be the same question as another, the strongest first: the same requester, the same place, nearly the same words. */
export const DUPLICATE_REASONS = ['requester', 'place', 'words'] as const;
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number];
