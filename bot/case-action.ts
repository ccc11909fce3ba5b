import type { AttachmentId, Case, CaseId, Conversation, DisruptionId, Effect, Kind, Person, PersonId, Priority } from '../domain/index.ts';
import type { Facts, Ids } from './facts.ts';
import type { Split } from './split.ts';

export interface WithFiles {
  /** Files that go with it: to the requester, but with a note to nobody outside. */
  readonly attachments?: readonly AttachmentId[] | undefined;
}

/** What a worker can do with a case. */
export type CaseAction =
  /** `next`: the queue gives it, so that skills count; `beyond`: also above what one may have at a time. */
  | { readonly action: 'claim'; readonly next?: true | undefined; readonly beyond?: true | undefined }
  | { readonly action: 'release' }
  | ({ readonly action: 'ask'; readonly text: string } & WithFiles)
  | ({ readonly action: 'reply'; readonly text: string } & WithFiles)
  /** Says something in the requester's chat as oneself; from the first on the desk is silent. `from`: who is talking there and is relieved. */
  | ({ readonly action: 'chat'; readonly text: string; readonly from?: PersonId | undefined } & WithFiles)
  /** The desk may answer again. */
  | { readonly action: 'hand-back' }
  | { readonly action: 'wait'; readonly reason: string }
  | { readonly action: 'resume' }
  | ({ readonly action: 'ready'; readonly text: string } & WithFiles)
  | { readonly action: 'move'; readonly team?: string | undefined; readonly product?: string | undefined; readonly kind?: Kind | undefined }
  | Split
  /** It was asked for somebody else than who wrote: he is the requester from now on. Who wrote goes on being answered. */
  | { readonly action: 'set-requester'; readonly person: PersonId; readonly name: string }
  /** It takes longer: the requester is told why, and until when. */
  | { readonly action: 'delay'; readonly reason: string; readonly until: Date }
  | { readonly action: 'prioritise'; readonly priority: Priority }
  /** Many report the same: later reporters are told and linked. */
  | { readonly action: 'declare'; readonly title: string; readonly place: string | null; readonly until: Date | null }
  /** It is one of many reports of this disruption. */
  | { readonly action: 'link'; readonly disruption: DisruptionId }
  /** Cases that ask the same are to be merged into it. */
  | { readonly action: 'gather' }
  /** It asks the same as this case, on which such cases are gathered. */
  | { readonly action: 'merge'; readonly into: CaseId }
  /** Gives it to its product's handler, again when that failed. */
  | { readonly action: 'to-handler' }
  /** Takes it from the handler that has it. */
  | { readonly action: 'by-hand' }
  /** Some of its parts are done again. */
  | { readonly action: 'reopen-parts'; readonly parts: readonly CaseId[] }
  /** It is something else after all. */
  | { readonly action: 'unlink' }
  | ({ readonly action: 'note'; readonly text: string } & WithFiles);

export interface ActionInput {
  readonly conversation: Conversation;
  readonly case: Case;
  readonly action: CaseAction;
  readonly worker: Pick<Person, 'id' | 'name'>;
  /** For how many milliseconds it can be taken back, where it is of that kind; left out: it happens at once. */
  readonly hold?: number | undefined;
  readonly facts: Facts;
  readonly now: Date;
  readonly ids: Ids;
}

/** Why an action was not done. `by` is who was first. */
export type ActionResult =
  | { readonly kind: 'done'; readonly effects: readonly Effect[] }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'already-claimed'
        | 'not-yours'
        | 'not-now'
        | 'taken-over'
        | 'unknown-product'
        | 'unknown-team'
        | 'unknown-disruption'
        | 'too-early'
        /** What was to be taken back has happened, or was taken back. */
        | 'too-late'
        /** It asks for a skill that he lacks, or is for others to read. */
        | 'not-for-you';
      readonly by: PersonId | null;
    }
  /** He has as many claims as he may have. */
  | { readonly kind: 'refused'; readonly code: 'too-many'; readonly by: null; readonly holds: number; readonly most: number };
