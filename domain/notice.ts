import type { CaseId, PersonId } from './ids.ts';
import type { Reference } from './reference.ts';
import type { Language } from './words.ts';

/** A word of the desk to a colleague about a case: its time is nearly up or is up, nothing happens with it, it is urgent, nobody approves it, its
 * requester wrote in the chat that the colleague has taken over, or what he did could not be done any more when it was to happen. */
export const NOTICE_KINDS = [
  'respond-soon',
  'respond-late',
  'complete-soon',
  'complete-late',
  'stays-late',
  'promise-late',
  'idle',
  'taken-back',
  'urgent',
  'approval-nobody',
  'approval-lapsed',
  'chat',
  'not-done',
  'handler-falters',
  'handler-failed',
  'handler-late',
  'handler-word',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Whom it is for: who holds the case, everybody in its team, or whom the organisation named for the team. */
export type NoticeTo =
  | { readonly role: 'worker'; readonly person: PersonId }
  | { readonly role: 'team' }
  | { readonly role: 'coordinator' | 'manager' | 'standby'; readonly address: string };
export type NoticeRole = NoticeTo['role'];

export interface Notice {
  readonly id: string;
  readonly case: CaseId;
  readonly kind: NoticeKind;
  readonly team: string;
  readonly to: NoticeTo;
}

/** A word to a colleague about a case, on its way to him. */
export interface OutgoingNotice {
  readonly id: string;
  readonly case: CaseId;
  readonly reference: Reference;
  /** Null for what is restricted: it does not travel. */
  readonly title: string | null;
  readonly kind: NoticeKind;
  readonly role: NoticeRole;
  readonly team: string;
  readonly person: PersonId | null;
  readonly address: string | null;
  readonly language: Language;
  readonly at: Date;
  /** 1 for the first. */
  readonly attempt: number;
}
