import type { AttachmentId, CaseId, PersonId } from './ids.ts';
import type { Kind } from './words.ts';

interface WithFiles {
  readonly attachments?: readonly AttachmentId[] | undefined;
}

/** Acts on a case that leave the house or its team, and so can be taken back for a while. */
export type HeldAction =
  | ({ readonly action: 'reply' | 'ask' | 'ready'; readonly text: string } & WithFiles)
  | { readonly action: 'wait'; readonly reason: string }
  /** `until`: ISO 8601. */
  | { readonly action: 'delay'; readonly reason: string; readonly until: string }
  | { readonly action: 'move'; readonly team?: string | undefined; readonly product?: string | undefined; readonly kind?: Kind | undefined }
  | { readonly action: 'to-handler' };

/** What a colleague did with a case and can still take back: nothing of it has happened yet. A case has one at most. */
export interface HeldAct {
  readonly case: CaseId;
  readonly by: PersonId;
  readonly name: string;
  readonly act: HeldAction;
  /** When it was done; with the case it tells one from another. */
  readonly since: Date;
  /** When it happens. */
  readonly until: Date;
}
