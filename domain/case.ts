import type { Assisted } from './assisted.ts';
import type { CaseId, ConversationId, DisruptionId, PersonId } from './ids.ts';
import type { Part } from './parts.ts';
import type { Reference } from './reference.ts';
import type { Candidate, Channel, Kind, Language, Priority, Weight } from './words.ts';

/**
 * The case: one registered question. Its row is the fold of its events; `TRANSITIONS` is the only place that says
 * which state may follow which.
 */
export const CASE_STATES = ['open', 'queued', 'claimed', 'waiting', 'ready', 'closed', 'withdrawn', 'merged'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Every event's name, the states it may happen in, and the state after it (`null`: it stays as it is). */
export const TRANSITIONS = {
  /** Registered; nobody has anything to do yet. */
  opened: { from: [], to: 'open' },
  /** The desk itself answered. */
  answered: { from: ['open'], to: 'ready' },
  queued: { from: ['open', 'ready'], to: 'queued' },
  claimed: { from: ['queued'], to: 'claimed' },
  /** The worker gave it back to the queue. */
  released: { from: ['claimed'], to: 'queued' },
  /** It costs more than its product allows without asking: it waits for the budget's holder and is in nobody's queue. */
  submitted: { from: ['open'], to: 'waiting' },
  /** Somebody who may approve it was asked, or reminded. */
  'approval-asked': { from: ['waiting'], to: null },
  approved: { from: ['waiting'], to: 'queued' },
  refused: { from: ['waiting'], to: 'withdrawn' },
  /** Nobody decided in time. */
  lapsed: { from: ['waiting'], to: 'withdrawn' },
  /** Waits for the requester or something else; `queued -> waiting` when nobody holds it. */
  waiting: { from: ['open', 'queued', 'claimed'], to: 'waiting' },
  /** The waiting is over and its worker goes on. */
  resumed: { from: ['waiting'], to: 'claimed' },
  /** The waiting is over and nobody held it. */
  requeued: { from: ['waiting'], to: 'queued' },
  /** To another product or team; back in a queue. */
  moved: { from: ['open', 'queued', 'claimed', 'waiting'], to: 'queued' },
  /** A worker corrected what kind of question it is; it stays where it is. */
  corrected: { from: ['open', 'queued', 'claimed', 'waiting'], to: null },
  ready: { from: ['claimed', 'waiting'], to: 'ready' },
  closed: { from: ['ready'], to: 'closed' },
  reopened: { from: ['ready', 'closed'], to: 'queued' },
  withdrawn: { from: ['open', 'queued', 'claimed', 'waiting'], to: 'withdrawn' },
  merged: { from: ['open', 'queued', 'claimed', 'waiting'], to: 'merged' },
  /** Two questions were in it: the second (`into`, its reference) became a case of its own. */
  split: { from: ['queued', 'claimed'], to: null },
  /** It is one of many reports of a known disruption, or asks what another case (`to`) asks: it waits for that. */
  linked: { from: ['open', 'queued', 'claimed'], to: 'waiting' },
  /** Other cases that ask the same are gathered on it. */
  gathered: { from: ['queued', 'claimed', 'waiting'], to: null },
  /** It is done in parts (`parts`: how many), each a case of its own: it waits for them. */
  divided: { from: ['queued', 'claimed'], to: 'waiting' },
  /** One of its parts (`part`, its reference) is ready. */
  'part-ready': { from: ['queued', 'claimed', 'waiting'], to: null },
  /** A worker chose a part (`part`, its reference) to be done again. */
  'part-reopened': { from: ['queued', 'claimed', 'waiting'], to: null },
  /** Given to the handler of its product: a system or a supplier. */
  handed: { from: ['queued', 'claimed'], to: 'waiting' },
  /** The handler's far side has it. */
  sent: { from: ['waiting'], to: null },
  /** The far side does not answer, or with errors; it is tried again. */
  faltered: { from: ['waiting'], to: null },
  /** The far side said something, also when people have taken over. */
  reported: { from: ['open', 'queued', 'claimed', 'waiting', 'ready', 'closed'], to: null },
  /** What it reports was declared a disruption. */
  declared: { from: ['queued', 'claimed', 'waiting'], to: null },
  /** It was asked for somebody else than who wrote: a worker named its requester. */
  'requester-set': { from: ['open', 'queued', 'claimed', 'waiting', 'ready'], to: null },
  /** A worker made it press more or less. */
  prioritised: { from: ['open', 'queued', 'claimed', 'waiting'], to: null },
  /** It takes longer than expected, and the requester was told until when. */
  delayed: { from: ['queued', 'claimed', 'waiting'], to: null },
  /** Somebody was reminded that its time is nearly up, is up, or that nothing happens with it. */
  reminded: { from: ['queued', 'claimed', 'waiting'], to: null },
  /** A colleague talks with the requester in the chat, and the desk is silent. */
  'taken-over': { from: ['queued', 'claimed', 'waiting'], to: null },
  /** The desk is there again. */
  'handed-back': { from: ['open', 'queued', 'claimed', 'waiting', 'ready', 'closed'], to: null },
  /** The requester added something, or a field was filled in later. */
  added: { from: ['open', 'queued', 'claimed', 'waiting', 'ready'], to: null },
  /** A colleague called its requester back to tell the news (`reached` 1), or nobody answered (0). */
  called: { from: ['open', 'queued', 'claimed', 'waiting', 'ready', 'closed'], to: null },
  /** A colleague took back what he had done (`act`), or it was no longer possible when it was to happen (`late` 1). */
  undone: { from: ['open', 'queued', 'claimed', 'waiting', 'ready', 'closed'], to: null },
  /** Something that was said about it did not reach the requester. */
  undelivered: { from: ['open', 'queued', 'claimed', 'waiting', 'ready', 'closed'], to: null },
} as const satisfies Record<string, { from: readonly CaseState[]; to: CaseState | null }>;

export type CaseEventName = keyof typeof TRANSITIONS;

/** Who did something: the requester, the desk (Loket itself), a worker, whoever approves what it costs, or the handler that the event's data names. */
export type Actor =
  | { readonly kind: 'requester' }
  | { readonly kind: 'desk' }
  | { readonly kind: 'worker'; readonly id: PersonId }
  | { readonly kind: 'approver'; readonly id: PersonId }
  | { readonly kind: 'handler' };

/** One event. `data` holds ids and codes only: texts live in messages and notes, so that a person can be erased. */
export interface CaseEvent {
  readonly name: CaseEventName;
  readonly actor: Actor;
  readonly at: Date;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** Why the desk took the question for this product: stored on the case. */
export interface Why {
  readonly rule: 'classified' | 'chosen' | 'person' | 'moved' | 'desk' | 'danger';
  readonly confidence: number;
  readonly runnersUp: readonly Candidate[];
  readonly words: readonly Weight[];
  readonly catalogue: string;
  readonly model: string;
  /** What a language model did, where one is configured and was asked. */
  readonly assisted?: Assisted | undefined;
}

export interface Case {
  readonly id: CaseId;
  readonly reference: Reference;
  /** Where its requester last wrote about it, at first the one in which it was opened: news about it goes there. */
  readonly conversation: ConversationId;
  readonly person: PersonId | null;
  readonly channel: Channel;
  readonly language: Language;
  /** Null: no product fits; the desk's own queue. */
  readonly product: string | null;
  readonly kind: Kind;
  readonly team: string;
  readonly state: CaseState;
  /** How often it was queued; a ticket carries it, so that an old ticket is recognised. */
  readonly round: number;
  /** How many events it has. */
  readonly events: number;
  readonly title: string;
  /** The question in the asker's words. */
  readonly text: string;
  /** Form answers by field id. */
  readonly values: Readonly<Record<string, string>>;
  readonly why: Why;
  readonly restricted: boolean;
  /** Danger: before everything else in every list and queue. */
  readonly urgent: boolean;
  readonly priority: Priority;
  /** The known disruption that it is one of many reports of. */
  readonly disruption: DisruptionId | null;
  /** What makes it a part of another case; null: it is nobody's. */
  readonly part: Part | null;
  /** It is done in parts. */
  readonly divided: boolean;
  /** What the budget's holder has to agree to: asked or given; null: nothing, or it was not given. */
  readonly approval: 'asked' | 'given' | null;
  /** The handler that has it, and the round of its run; null when none has. */
  readonly handler: { readonly id: string; readonly round: number } | null;
  readonly worker: PersonId | null;
  readonly openedAt: Date;
  readonly respondBy: Date | null;
  readonly completeBy: Date | null;
  /** The later moment that the requester was told; null while the agreement's holds. */
  readonly expectedBy: Date | null;
  readonly readyAt: Date | null;
  readonly closedAt: Date | null;
}

/** What an event changes besides the state. */
export type CasePatch = Partial<
  Pick<
    Case,
    | 'product'
    | 'kind'
    | 'team'
    | 'title'
    | 'values'
    | 'why'
    | 'restricted'
    | 'person'
    | 'priority'
    | 'disruption'
    | 'divided'
    | 'handler'
    | 'respondBy'
    | 'completeBy'
    | 'expectedBy'
  >
>;

/** Whether an event may happen to a case in this state. What waits for approval comes in no queue by another way. */
export function mayHappen(name: CaseEventName, { state, approval }: Pick<Case, 'state' | 'approval'>): boolean {
  const from: readonly CaseState[] = TRANSITIONS[name].from;
  const settles = SETTLES.has(name);
  if (approval === 'asked' ? !settles && !WHILE_ASKED.has(name) : settles) return false;
  return from.includes(state);
}

const SETTLES: ReadonlySet<CaseEventName> = new Set(['approval-asked', 'approved', 'refused', 'lapsed']);
const WHILE_ASKED: ReadonlySet<CaseEventName> = new Set(['added', 'undelivered', 'undone', 'withdrawn', 'merged']);

/** Thrown when an event is not allowed in the case's state: the caller decided on an old view of it. */
export class TransitionError extends Error {
  readonly code = 'CASE_TRANSITION';
  readonly state: CaseState;
  constructor(event: CaseEventName, state: CaseState) {
    super(`"${event}" may not happen to a case that is ${state}`);
    this.state = state;
  }
}

/**
 * The case after an event: the fold's one step.
 * @throws TransitionError when the event may not happen in the case's state
 */
export function applyEvent(before: Case, event: CaseEvent, patch: CasePatch = {}): Case {
  if (!mayHappen(event.name, before)) throw new TransitionError(event.name, before.state);
  const state = TRANSITIONS[event.name].to ?? before.state;
  // What is added to a case that waits in its queue leaves it there: its ticket still counts.
  // What presses more or less gets another place in it, so another ticket.
  const queuedAnew = TRANSITIONS[event.name].to === 'queued' || (event.name === 'prioritised' && state === 'queued');
  return {
    ...before,
    ...patch,
    state,
    events: before.events + 1,
    round: queuedAnew ? before.round + 1 : before.round,
    approval: approvalAfter(before, event.name),
    worker: workerAfter(before, event, state),
    handler: state === 'waiting' ? (patch.handler ?? before.handler) : null,
    readyAt: state === 'ready' ? (before.state === 'ready' ? before.readyAt : event.at) : queuedAnew ? null : before.readyAt,
    closedAt: ENDED.has(state) ? event.at : null,
  };
}

/** Nothing more happens to a case in these states, unless it is reopened. */
const ENDED: ReadonlySet<CaseState> = new Set(['closed', 'withdrawn', 'merged']);

function approvalAfter({ approval }: Case, name: CaseEventName): Case['approval'] {
  if (name === 'submitted') return 'asked';
  if (name === 'approved') return 'given';
  return approval === 'asked' && TRANSITIONS[name].to !== null ? null : approval;
}

/** It waits for others than its worker. */
const LET_GO: ReadonlySet<CaseEventName> = new Set(['handed', 'divided', 'linked']);

/** While a case waits its worker keeps it; back in a queue nobody does. */
function workerAfter(before: Case, event: CaseEvent, state: CaseState): PersonId | null {
  if (event.name === 'claimed' && event.actor.kind === 'worker') return event.actor.id;
  return state === 'queued' || LET_GO.has(event.name) ? null : before.worker;
}
