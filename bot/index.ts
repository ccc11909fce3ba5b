/**
 * The conversation: the turn (`Desk`), the pure decision behind it, forms, workers' acts on a case, and everything the desk says
 * (NL and EN). It knows no channel, no SQL and no queue: what it needs of them it is handed as ports.
 */
export { approvalSummary, approverIn } from './approval.ts';
export type { ApprovalResult } from './approval-turn.ts';
export { speaksOfRestricted } from './assist.ts';
export { fillCanned, leavesOpen, ownWords } from './canned.ts';
export type { ActionResult, CaseAction } from './case-action.ts';
export { caseCard } from './case-card.ts';
export { dangerIn, type FoundDanger } from './danger.ts';
export type { DecisionInput } from './decide.ts';
export { suggestDisruptions } from './disruptions.ts';
export { likelyDuplicates } from './duplicates.ts';
export type { Facts, Ids } from './facts.ts';
export { roomTokens, showValue } from './fields.ts';
export { handlerFor } from './give-to-handler.ts';
export { agreedFor } from './guard.ts';
export { type NoticeText, noticeText } from './notice-text.ts';
export type { Outcome } from './outcome.ts';
export type { AfterCommit, Arrival, AssistantPort, Published, TurnPorts, TurnRegister, Understand } from './ports.ts';
export { possibleActions } from './possible-actions.ts';
export type { Proposal, StorySoFar } from './propose.ts';
export { Desk, type Handled, type Said } from './turn.ts';
export { within } from './within.ts';
