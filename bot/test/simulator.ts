import type {
  Approval,
  AttachmentId,
  Case,
  CaseId,
  Choice,
  ClockEvent,
  Conversation,
  Disruption,
  DisruptionEnd,
  DisruptionId,
  Effect,
  HandlerNews,
  HeldAct,
  Incoming,
  IncomingAnswer,
  Language,
  MessageId,
  Notice,
  OpenQuestion,
  Pace,
  Person,
  PersonId,
  QuestionId,
  Reply,
  RunChange,
  TimerKind,
} from '../../domain/index.ts';
import type { ActionResult, CaseAction } from '../case-action.ts';
import { decideAction, decideUndelivered, decideUndo } from '../case-actions.ts';
import { decideTimer } from '../case-timers.ts';
import { decide } from '../decide.ts';
import type { Facts } from '../decision.ts';
import { decideLinked } from '../disruptions.ts';
import { budgetTokens } from '../fields.ts';
import { decideHandler } from '../handlers.ts';
import { decideLeft } from '../left.ts';
import { countedIds, idOf } from './ids.ts';
import { brokenRules } from './rules.ts';
import { NOW, type World } from './world.ts';

/** What became of one message, act or timer. */
export interface Turn {
  readonly effects: readonly Effect[];
  readonly replies: readonly Reply[];
  /** All that was said, one text after the other. */
  readonly text: string;
  /** The cases that the turn opened or changed, as it left them, in the order in which they were first touched. */
  readonly cases: readonly Case[];
  /** The cases that it opened. */
  readonly opened: readonly Case[];
}

/** A line of what happened to a case: which event, by whom, with what. */
export interface CaseLine {
  readonly case: CaseId;
  readonly name: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

export interface Setting {
  readonly person?: Person | null;
  readonly language?: Language;
  /** Cases that were there before: this person's or this conversation's. */
  readonly cases?: readonly Case[];
  readonly now?: Date;
  /** The pace of every message. */
  readonly pace?: Pace;
}

export const SANNE = { id: idOf<PersonId>(9, 1), name: 'Sanne Bakker' } as const;
export const OMAR = { id: idOf<PersonId>(9, 2), name: 'Omar Yilmaz' } as const;
export const EVA: Person = { id: idOf<PersonId>(9, 3), name: 'Eva Jansen', address: 'eva@example.org', verified: true };

/**
 * A conversation in memory: what the register does with effects, and no more. After every turn the rules that every decision
 * must keep are checked, so that each dialogue is a test of them too.
 */
export class Simulator {
  now: Date;
  conversation: Conversation;
  readonly lines: CaseLine[] = [];
  /** The messages that each case is linked to. */
  readonly links = new Map<CaseId, Set<MessageId>>();
  /** When a silent case closes. */
  readonly timers = new Map<CaseId, Date>();
  /** When the guard looks again. */
  readonly guards = new Map<CaseId, Date>();
  /** When it is looked whether the colleague is still there. */
  readonly takeOvers = new Map<CaseId, Date>();
  readonly notices: Notice[] = [];
  readonly runs: RunChange[] = [];
  /** Those that run, of this conversation's cases or of others'. */
  disruptions: readonly Disruption[] = [];
  /** What this conversation was asked to approve. */
  approvals: readonly Approval[] = [];
  /** What files are called, by id; the others are `foto.jpg`. */
  readonly fileNames = new Map<AttachmentId, string>();
  readonly ended = new Map<DisruptionId, DisruptionEnd>();
  readonly #histories = new Map<CaseId, readonly ClockEvent[]>();
  readonly #active = new Map<CaseId, Date>();
  readonly notes: { readonly case: CaseId; readonly text: string }[] = [];
  readonly #world: World;
  readonly #pace: Pace;
  readonly #ids = countedIds();
  readonly #cases = new Map<CaseId, Case>();
  readonly #workers = new Map<CaseId, string>();
  readonly #asked = new Map<QuestionId, Reply>();

  constructor(world: World, setting: Setting = {}) {
    this.#world = world;
    this.#pace = setting.pace ?? 'quick';
    this.now = setting.now ?? NOW;
    const person = setting.person === undefined ? EVA : setting.person;
    const state = { language: setting.language ?? 'nl', open: [], lastProduct: null };
    this.conversation = { id: idOf(7, 1), channel: 'web', person, state, version: 0 };
    for (const it of setting.cases ?? []) this.#cases.set(it.id, it);
  }

  get open(): readonly OpenQuestion[] {
    return this.conversation.state.open;
  }

  get language(): Language {
    return this.conversation.state.language;
  }

  /** The kinds of the open questions, oldest first. */
  get waitsFor(): readonly OpenQuestion['kind'][] {
    return this.open.map(({ kind }) => kind);
  }

  cases(): Case[] {
    return [...this.#cases.values()];
  }

  case(id: CaseId): Case {
    const it = this.#cases.get(id);
    if (!it) throw new Error(`there is no case ${id}`);
    return it;
  }

  /** The only case. */
  only(): Case {
    const [it, ...more] = this.cases();
    if (!it || more.length > 0) throw new Error(`there are ${this.#cases.size} cases`);
    return it;
  }

  /** The names of what happened to a case. */
  history(id: CaseId): string[] {
    return this.lines.filter((line) => line.case === id).map(({ name }) => name);
  }

  say(text: string): Turn {
    return this.message({ text, answer: null });
  }

  /** Presses the choice with this value or label: in the latest question that has it. */
  press(valueOrLabel: string): Turn {
    for (const { id } of [...this.open].reverse()) {
      const choice = this.choices(id).find((it) => it.value === valueOrLabel || it.label === valueOrLabel);
      if (choice) return this.message({ text: choice.label, answer: { question: id, value: choice.value } });
    }
    throw new Error(`"${valueOrLabel}" can not be pressed; open: ${this.waitsFor.join(', ')}`);
  }

  /** Fills in the form that is open. */
  fill(values: Readonly<Record<string, string>>): Turn {
    const form = this.open.findLast((it) => it.kind === 'form');
    if (!form) throw new Error(`no form is open, but ${this.waitsFor.join(', ')}`);
    const shown = this.fields(form.id);
    for (const id of Object.keys(values)) if (!shown.includes(id)) throw new Error(`the form asks ${shown.join(', ')}, not ${id}`);
    return this.answer({ question: form.id, value: values });
  }

  answer(answer: IncomingAnswer, text = ''): Turn {
    return this.message({ text, answer });
  }

  /** What can be pressed at a question. */
  choices(question: QuestionId): readonly Choice[] {
    const ask = this.#asked.get(question)?.ask;
    return ask?.kind === 'choices' ? ask.choices : [];
  }

  /** The fields that a form shows. */
  fields(form: QuestionId): readonly string[] {
    const ask = this.#asked.get(form)?.ask;
    return ask?.kind === 'form' ? ask.fields.map(({ id }) => id) : [];
  }

  message(given: Incoming): Turn {
    const message = { ...given, pace: this.#pace };
    const { language, lastProduct } = this.conversation.state;
    const understanding = message.answer ? null : this.#world.understand(message.text, { language, lastProduct });
    const facts = this.#facts(message);
    const messageId = this.#ids.message();
    const effects = decide({ conversation: this.conversation, message, messageId, understanding, facts, now: this.now, ids: this.#ids });
    const questions = understanding ? understanding.questions.length : 0;
    const stranger =
      message.sender?.kind === 'other' ||
      (message.sender?.kind === 'requester' && !message.sender.proven && this.conversation.person?.verified);
    const silent = this.conversation.state.takeOver !== undefined;
    return this.#carryOut(effects, messageId, message.answer ? null : questions, !stranger && !silent);
  }

  /** A worker does something; what is refused is an error. */
  act(it: Case, action: CaseAction, worker: Pick<Person, 'id' | 'name'> = SANNE, hold = 0): Turn {
    const result = this.tryAct(it, action, worker, hold);
    if (result.kind !== 'done') throw new Error(`${action.action} was refused: ${result.code}`);
    return this.#carryOut(result.effects, null, null);
  }

  tryAct(it: Case, action: CaseAction, worker: Pick<Person, 'id' | 'name'> = SANNE, hold = 0): ActionResult {
    const { conversation, now } = this;
    return decideAction({ conversation, case: this.case(it.id), action, worker, hold, facts: this.#facts(null), now, ids: this.#ids });
  }

  /** Something happened to a case's run at the handler that it was given to. */
  handled(given: Case, news: HandlerNews): Turn {
    const { conversation, now } = this;
    const { id: handler = '', round = 0 } = given.handler ?? {};
    const run = { case: given.id, round };
    const of = { conversation, case: this.case(given.id), run, handler, news, facts: this.#facts(null), now, ids: this.#ids };
    return this.#carryOut(decideHandler(of), null, null);
  }

  timer(it: Case, timer: TimerKind = 'close-when-silent'): Turn {
    const { conversation, now } = this;
    const active = this.#active.get(it.id) ?? now;
    const effects = decideTimer({ conversation, case: this.case(it.id), timer, active, facts: this.#facts(null), now, ids: this.#ids });
    return this.#carryOut(effects, null, null);
  }

  /** Who has the case in hand is no longer at the desk. */
  left(it: Case): Turn {
    const { conversation, now } = this;
    const effects = decideLeft({ conversation, case: this.case(it.id), facts: this.#facts(null), now, ids: this.#ids });
    return effects.length === 0 ? turnOf(effects) : this.#carryOut(effects, null, null);
  }

  /** What became of the disruption that a case is linked to reaches it. */
  hears(it: Case, disruption: Disruption, end: DisruptionEnd | null = null): Turn {
    const { conversation, now } = this;
    const effects = decideLinked({ conversation, case: this.case(it.id), disruption, end, facts: this.#facts(null), now, ids: this.#ids });
    return effects.length === 0 ? turnOf(effects) : this.#carryOut(effects, null, null);
  }

  /** The replies of what was said without a message of this conversation. */
  readonly heard: Reply[] = [];

  /** Something is said or asked here that began elsewhere. */
  hear(effects: readonly Effect[]): Turn {
    const turn = this.#carryOut(effects, null, null);
    this.heard.push(...turn.replies);
    return turn;
  }

  /** What was said with this message did not arrive. */
  undelivered(it: Case, message: MessageId): Turn {
    const { conversation, now } = this;
    const effects = decideUndelivered({ conversation, case: this.case(it.id), message, facts: this.#facts(null), now, ids: this.#ids });
    return effects.length === 0 ? turnOf(effects) : this.#carryOut(effects, null, null);
  }

  /** Time passes. */
  later(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
  }

  /** What can still be taken back of a case. */
  held: HeldAct | null = null;

  undo(it: Case, since: Date, worker: Pick<Person, 'id' | 'name'> = SANNE): ActionResult {
    const { conversation, now } = this;
    const result = decideUndo({ conversation, case: this.case(it.id), since, worker, facts: this.#facts(null), now, ids: this.#ids });
    if (result.kind === 'done') this.#carryOut(result.effects, null, null);
    return result;
  }

  #facts(message: Incoming | null): Facts {
    const { catalogue, budgets } = this.#world;
    const tokens = message ? budgetTokens(textOf(message)) : [];
    return {
      cases: this.cases(),
      workers: this.#workers,
      histories: this.#histories,
      held: this.held,
      disruptions: this.disruptions,
      approvals: new Map(this.approvals.map((it) => [it.case, it])),
      budgets: new Map(
        tokens.flatMap((token) => {
          const budget = budgets.get(token);
          return budget ? [[token, budget]] : [];
        }),
      ),
      catalogue,
      rooms: this.#world.rooms ?? null,
      people: this.#world.people ?? null,
      files: (message?.attachments ?? []).map((id) => this.fileNames.get(id) ?? 'foto.jpg'),
      catalogueAt: () => catalogue,
    };
  }

  /** @param heard whether somebody waits for a word in return */
  #carryOut(effects: readonly Effect[], message: MessageId | null, questions: number | null, heard = message !== null): Turn {
    const before = { open: this.open, cases: new Map(this.#cases), conversation: this.conversation };
    const broken = brokenRules(effects, before, { message: message !== null, heard, questions });
    if (broken.length > 0) throw new Error(`a decision broke a rule: ${broken.join('; ')}`);
    const turn = turnOf(effects);
    for (const effect of effects) this.#apply(effect, message);
    for (const it of turn.cases) if (it.worker) this.#workers.set(it.id, it.worker === OMAR.id ? 'Omar' : 'Sanne');
    this.conversation = { ...this.conversation, version: this.conversation.version + 1 };
    return turn;
  }

  #apply(effect: Effect, message: MessageId | null): void {
    switch (effect.kind) {
      case 'say':
        if (effect.message.reply.ask) this.#asked.set(effect.message.reply.ask.id, effect.message.reply);
        for (const id of effect.message.cases) this.#link(id, effect.message.id);
        if (effect.message.author) for (const id of effect.message.cases) this.#active.set(id, this.now);
        return;
      case 'case': {
        const { case: after, event } = effect;
        this.#cases.set(after.id, after);
        this.lines.push({ case: after.id, name: event.name, actor: event.actor.kind, data: event.data });
        this.#histories.set(after.id, [...(this.#histories.get(after.id) ?? []), event]);
        if (event.name !== 'reminded') this.#active.set(after.id, event.at);
        return;
      }
      case 'link':
        this.#linkTo(effect.case, effect.message ?? message);
        return;
      case 'spoken-here': {
        const it = this.#cases.get(effect.case);
        if (it) this.#cases.set(it.id, { ...it, conversation: this.conversation.id });
        return;
      }
      case 'introduce': {
        const person = { id: effect.person, name: effect.name, address: effect.address, verified: false };
        this.conversation = { ...this.conversation, person };
        return;
      }
      case 'state':
        this.conversation = { ...this.conversation, state: effect.state };
        return;
      case 'note':
        this.notes.push({ case: effect.case, text: effect.text });
        this.#active.set(effect.case, this.now);
        return;
      case 'hold':
        this.held = effect.held;
        return;
      case 'held-over':
        this.held = null;
        return;
      case 'disruption':
        this.disruptions = [...this.disruptions.filter(({ id }) => id !== effect.disruption.id), effect.disruption];
        return;
      case 'disruption-over':
        this.disruptions = this.disruptions.filter(({ id }) => id !== effect.id);
        this.ended.set(effect.id, effect.end);
        return;
      case 'timer':
        this.#timersOf(effect.timer)?.set(effect.case, effect.due);
        return;
      // The register's, and whoever else waits for it.
      case 'claims-at-most':
      case 'approval':
      case 'approval-decided':
        return;
      case 'run':
        this.runs.push(effect.run);
        return;
      case 'called-back':
        return;
      case 'notice':
        this.notices.push(effect.notice);
        return;
      case 'timer-done':
        this.#timersOf(effect.timer)?.delete(effect.case);
        return;
      default:
        effect satisfies never;
    }
  }

  #timersOf(kind: TimerKind): Map<CaseId, Date> | null {
    if (kind === 'guard') return this.guards;
    if (kind === 'take-over') return this.takeOvers;
    return kind === 'close-when-silent' ? this.timers : null;
  }

  #linkTo(id: CaseId, message: MessageId | null): void {
    if (message) this.#link(id, message);
  }

  #link(id: CaseId, message: MessageId): void {
    this.links.set(id, (this.links.get(id) ?? new Set()).add(message));
  }
}

/** All text of a message in which a budget may be named, as the turn looks for it. */
function textOf({ text, answer }: Incoming): string {
  if (!answer) return text;
  return typeof answer.value === 'string' ? answer.value : Object.values(answer.value).join('\n');
}

function turnOf(effects: readonly Effect[]): Turn {
  const replies = effects.flatMap((effect) => (effect.kind === 'say' ? [effect.message.reply] : []));
  const cases = new Map<CaseId, Case>();
  const opened: CaseId[] = [];
  for (const effect of effects) {
    if (effect.kind !== 'case') continue;
    cases.set(effect.case.id, effect.case);
    if (effect.event.name === 'opened') opened.push(effect.case.id);
  }
  return {
    effects,
    replies,
    text: replies.map(({ text }) => text).join('\n'),
    cases: [...cases.values()],
    opened: [...cases.values()].filter(({ id }) => opened.includes(id)),
  };
}
