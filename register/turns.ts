import type {
  AttachmentId,
  Case,
  CaseId,
  Change,
  Claimant,
  ClockEvent,
  Committed,
  Conversation,
  ConversationId,
  ConversationState,
  Effect,
  HeldAct,
  Incoming,
  IntakeId,
  MessageId,
  Notice,
  OutboxEntry,
  OutMessage,
  Person,
  PersonId,
  RunChange,
  TurnView,
} from '../domain/index.ts';
import { type CaseJson, caseFromJson, caseToJson, firstName } from './case-row.ts';
import { type OpenDatabase, SQLSTATE, sqlState, violatedConstraint } from './database.ts';
import type { IntakeStatus } from './schema.ts';
import { Together } from './together.ts';

/** A message as it is stored: which channel and source it came by, and the id that makes it one message however often it is delivered. */
export interface Arrival {
  readonly id: IntakeId;
  readonly channel: string;
  readonly source: string;
  readonly externalId: string;
  readonly conversation: ConversationId;
  readonly payload: Incoming;
}

export interface Received {
  readonly id: IntakeId;
  readonly status: IntakeStatus;
  /** It had arrived before. */
  readonly duplicate: boolean;
  /** What a turn finds that begins now; null when it had arrived before. */
  readonly view: TurnView | null;
}

/** The statements of a turn. Each is one round trip: on this path the trips cost more than the work. */
export class Turns {
  readonly #arrivals: Together;
  readonly #looks: Together;
  readonly #changes: Together;

  constructor({ pool }: Pick<OpenDatabase, 'pool'>) {
    this.#arrivals = new Together(pool, 'receive', 'select receive_messages($1) as value');
    this.#looks = new Together(pool, 'look', 'select turn_views($1) as value');
    this.#changes = new Together(pool, 'commit', 'select commit_turns($1) as value');
  }

  /** Stores a message. Once this returns, the message may be acknowledged. */
  async receive(arrival: Arrival): Promise<Received> {
    const value = await this.#arrivals.call(JSON.stringify(arrival));
    const { view, ...received } = value as Omit<Received, 'view'> & { readonly view: TurnJson | null };
    return { ...received, view: view && viewFromJson(view) };
  }

  /** @returns null when there is no such conversation */
  next(conversation: ConversationId): Promise<TurnView | null> {
    return this.#view({ conversation });
  }

  /** The same view for a case, with who would claim it; null when there is no such case. */
  viewOfCase(id: CaseId, claimant?: PersonId): Promise<TurnView | null> {
    return this.#view({ case: id, claimant });
  }

  async #view(
    look: { readonly conversation: ConversationId } | { readonly case: CaseId; readonly claimant: PersonId | undefined },
  ): Promise<TurnView | null> {
    const view = (await this.#looks.call(JSON.stringify(look))) as TurnJson | null;
    return view && viewFromJson(view);
  }

  /** Carries a decision out in one transaction. */
  async commit(change: Change): Promise<Committed> {
    try {
      const value = (await this.#changes.call(JSON.stringify(toJson(change)))) as CommittedJson;
      return {
        kind: 'committed',
        messages: value.messages,
        outbox: value.outbox.map((row) => ({
          id: row.id,
          kind: row.kind,
          conversation: row.conversation_id,
          case: row.case_id,
          message: row.message_id,
          data: row.data,
        })),
        more: value.more,
      };
    } catch (error) {
      const state = sqlState(error);
      // A case may be spoken of in several conversations: then its events are what two decisions meet at.
      const taken = state === SQLSTATE.uniqueViolation && MET_AT.has(violatedConstraint(error) ?? '');
      if (state === SQLSTATE.conflict || taken) return { kind: 'conflict' };
      throw error;
    }
  }
}

/** Somebody else was first with a reference, or with the next event of a case. */
const MET_AT: ReadonlySet<string> = new Set(['cases_reference_key', 'case_events_pkey']);

/** A turn's view as `turn_views` gives it. */
export interface TurnJson {
  readonly conversation: Omit<Conversation, 'person'> & { readonly state: ConversationState };
  readonly person: Person | null;
  readonly intake: { readonly id: IntakeId; readonly payload: Incoming; readonly attempts: number } | null;
  readonly cases: readonly (CaseJson & {
    readonly worker_name: string | null;
    readonly history: readonly EventJson[] | null;
    readonly held?: HeldJson | null;
  })[];
  readonly claimant?: Claimant | null;
}

type HeldJson = Omit<HeldAct, 'since' | 'until'> & { readonly since: string; readonly until: string };
type EventJson = Omit<ClockEvent, 'at'> & { readonly at: string };

interface CommittedJson {
  readonly messages: readonly { readonly id: MessageId; readonly seq: number }[];
  readonly outbox: readonly {
    readonly id: number;
    readonly kind: OutboxEntry['kind'];
    readonly conversation_id: ConversationId | null;
    readonly case_id: CaseId | null;
    readonly message_id: MessageId | null;
    readonly data: OutboxEntry['data'];
  }[];
  readonly more: boolean;
}

export function viewFromJson({ conversation, person, intake, cases, claimant }: TurnJson): TurnView {
  const workers = new Map<CaseId, string>();
  const histories = new Map<CaseId, readonly ClockEvent[]>();
  let held: HeldAct | null = null;
  for (const { id, worker_name, history, held: ofCase } of cases) {
    if (ofCase) held = { ...ofCase, since: new Date(ofCase.since), until: new Date(ofCase.until) };
    if (worker_name) workers.set(id, firstName(worker_name));
    if (history)
      histories.set(
        id,
        history.map((event) => ({ ...event, at: new Date(event.at) })),
      );
  }
  return { conversation: { ...conversation, person }, intake, cases: cases.map(caseFromJson), workers, histories, held, claimant };
}

/** Effects as the argument of `commit_turns`: of one case the last state counts, with all its events. */
function toJson(change: Change): object {
  const messages: object[] = [];
  const spoken: CaseId[] = [];
  const links: { case: CaseId; message: MessageId }[] = [];
  const cases = new Map<CaseId, Case>();
  const events: object[] = [];
  const notes: object[] = [];
  const timers: object[] = [];
  const timersDone: object[] = [];
  const attached: { id: AttachmentId; message?: MessageId; note?: string; intake?: IntakeId }[] = [];
  const notices: object[] = [];
  const runs: object[] = [];
  const calledBack: IntakeId[] = [];
  const held: object[] = [];
  const heldOver: object[] = [];
  const disruptions: object[] = [];
  const claimants: object[] = [];
  const approvals: object[] = [];
  const verdicts: object[] = [];
  const disruptionsOver: object[] = [];
  let state: ConversationState | null = null;
  let introduce: object | null = null;

  const { incoming } = change;
  if (incoming)
    messages.push({
      id: incoming.message,
      direction: 'in',
      author: incoming.author ?? null,
      text: incoming.text,
      reply: null,
      intake: incoming.intake,
    });

  if (incoming) for (const id of incoming.attachments ?? []) attached.push({ id, message: incoming.message, intake: incoming.intake });

  for (const effect of change.effects) {
    switch (effect.kind) {
      case 'say':
        messages.push({ ...outgoing(effect.message), intake: incoming?.intake ?? null });
        for (const id of effect.message.cases) links.push({ case: id, message: effect.message.id });
        for (const id of effect.message.reply.attachments ?? []) attached.push({ id, message: effect.message.id });
        break;
      case 'case':
        cases.set(effect.case.id, effect.case);
        events.push(eventRow(effect));
        break;
      case 'link':
        if (effect.message) links.push({ case: effect.case, message: effect.message });
        else if (incoming) links.push({ case: effect.case, message: incoming.message });
        break;
      case 'spoken-here':
        spoken.push(effect.case);
        break;
      case 'introduce':
        introduce = { person: effect.person, name: effect.name, address: effect.address };
        break;
      case 'state':
        state = effect.state;
        break;
      case 'note':
        notes.push(noteRow(effect));
        for (const id of effect.attachments ?? []) attached.push({ id, note: effect.id });
        break;
      case 'timer':
        timers.push({ case_id: effect.case, kind: effect.timer, due: effect.due });
        break;
      case 'timer-done':
        timersDone.push({ case_id: effect.case, kind: effect.timer });
        break;
      case 'hold':
        held.push(heldRow(effect.held));
        break;
      case 'held-over':
        heldOver.push(heldRow(effect.held));
        break;
      case 'disruption':
        disruptions.push(disruptionRow(effect));
        break;
      case 'disruption-over':
        disruptionsOver.push({ id: effect.id, outcome: effect.end.kind === 'solved' ? effect.end.text : null });
        break;
      case 'claims-at-most':
        claimants.push({ worker_id: effect.worker, most: effect.most });
        break;
      case 'approval':
        approvals.push({ case_id: effect.case, budget: effect.budget, amount: effect.amount });
        break;
      case 'approval-decided':
        verdicts.push(verdictRow(effect));
        break;
      case 'run':
        runs.push(runRow(effect.run));
        break;
      case 'called-back':
        calledBack.push(effect.intake);
        break;
      case 'notice':
        notices.push(noticeRow(effect.notice));
        break;
      default:
        effect satisfies never;
    }
  }
  return {
    conversation: change.conversation,
    version: change.version,
    intake: incoming?.intake ?? null,
    at: change.at,
    state,
    introduce,
    messages,
    links,
    spoken,
    cases: [...cases.values()].map(caseToJson),
    events,
    notes,
    timers,
    timers_done: timersDone,
    attached,
    notices,
    runs,
    called_back: calledBack,
    held,
    held_over: heldOver,
    disruptions,
    disruptions_over: disruptionsOver,
    claimants,
    approvals,
    verdicts,
  };
}

function outgoing({ id, author, reply }: OutMessage): object {
  return { id, direction: 'out', author, text: reply.text, reply };
}

function noticeRow({ id, case: it, kind, team, to }: Notice): object {
  const row = { id, case_id: it, kind, role: to.role, team, person_id: null, address: null };
  if (to.role === 'worker') return { ...row, person_id: to.person };
  return to.role === 'team' ? row : { ...row, address: to.address };
}

function heldRow({ case: of, by, ...held }: HeldAct): object {
  return { ...held, case_id: of, by_id: by };
}

function noteRow({ id, case: it, author, text }: Extract<Effect, { kind: 'note' }>): object {
  const by = typeof author === 'string' ? { author_id: author, handler: null } : { author_id: null, handler: author.handler };
  return { id, case_id: it, text, ...by };
}

function runRow({ case: it, round, handler, state, due, externalId, said }: RunChange): object {
  return { case_id: it, round, handler, state, due_at: due ?? null, external_id: externalId ?? null, said: said ?? null };
}

function disruptionRow({ disruption: it, by }: Extract<Effect, { kind: 'disruption' }>): object {
  const { id, product, announced, place, title } = it;
  return { id, case_id: it.case, product, announced, place, title, expected_by: it.expectedBy, declared_by: by };
}

function verdictRow({ case: of, decision: { verdict, by, way, reason } }: Extract<Effect, { kind: 'approval-decided' }>): object {
  return { case_id: of, verdict, decided_by: by?.id ?? null, way, reason };
}

function eventRow({ case: after, event }: Extract<Effect, { kind: 'case' }>): object {
  const { actor } = event;
  const actorId = 'id' in actor ? actor.id : null;
  return {
    case_id: after.id,
    n: after.events,
    name: event.name,
    actor_kind: actor.kind,
    actor_id: actorId,
    at: event.at,
    data: event.data,
  };
}
