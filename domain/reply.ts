import type { CaseState } from './case.ts';
import type { AttachmentId, QuestionId } from './ids.ts';
import type { Reference } from './reference.ts';

/**
 * What the desk says, as data that every channel renders in its own way (web DOM, Adaptive Card, mail).
 * `text` alone always suffices: plain text, paragraphs separated by an empty line.
 */
export interface Reply {
  readonly text: string;
  /** Danger: its first line says what to do now. */
  readonly alarm?: boolean | undefined;
  /** What was understood, so that a mistake is seen. */
  readonly summary?: readonly SummaryLine[] | undefined;
  readonly sources?: readonly Source[] | undefined;
  /** The case that it is about, as it stood when this was said. */
  readonly card?: CaseCard | undefined;
  /** What the asker can answer now. */
  readonly ask?: Ask | undefined;
  /**
   * Files that a colleague sends along. A channel looks them up (`register.attachments.named`), opens them through the `AttachmentStore` when it
   * sends, and puts its sending off while one is `held`; an infected one is never sent.
   */
  readonly attachments?: readonly AttachmentId[] | undefined;
  /** From here a colleague of this first name talks in the chat; null: from here the desk is there again. */
  readonly colleague?: string | null | undefined;
}

export interface SummaryLine {
  readonly label: string;
  readonly value: string;
}

export interface Source {
  readonly title: string;
  readonly url?: string | undefined;
}

export interface CaseCard {
  readonly reference: Reference;
  readonly title: string;
  readonly state: CaseState;
  /** The team's name in the asker's language. */
  readonly team: string;
  /** First name of who works on it. */
  readonly worker?: string | undefined;
  /** When the team reacts at the latest, ISO 8601. */
  readonly due?: string | undefined;
}

/** An open question with the id that its answer carries. */
export type Ask =
  | { readonly kind: 'choices'; readonly id: QuestionId; readonly choices: readonly Choice[] }
  | { readonly kind: 'form'; readonly id: QuestionId; readonly fields: readonly FormField[]; readonly submit: string }
  | { readonly kind: 'text'; readonly id: QuestionId };

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** The one most people will press. */
  readonly primary?: boolean | undefined;
}

/** How a form field is asked for on a screen. */
export interface FormField {
  readonly id: string;
  readonly label: string;
  /** `person`: somebody's name; of the house, or of somebody whom nobody here knows. */
  readonly input: 'text' | 'long-text' | 'number' | 'date' | 'time' | 'email' | 'choice' | 'person';
  readonly required: boolean;
  readonly value?: string | undefined;
  /** Why the value given was not taken. */
  readonly error?: string | undefined;
  readonly choices?: readonly Choice[] | undefined;
}
