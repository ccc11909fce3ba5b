import type { Catalogue } from '../catalogue/index.ts';
import {
  type CaseId,
  type Committed,
  type ConversationId,
  type Effect,
  type HandlerNews,
  type Incoming,
  type IntakeId,
  idFrom,
  type MessageId,
  newId,
  type Person,
  type PersonId,
  type Reply,
  type RunId,
  type TimerKind,
  type TurnView,
  type Understanding,
} from '../domain/index.ts';
import { Approving } from './approving.ts';
import { type AssistResult, assist, withPhrases } from './assist.ts';
import type { ActionResult, CaseAction } from './case-action.ts';
import { decideAction, decideCalled, decideUndelivered, decideUndo } from './case-actions.ts';
import { decideTimer } from './case-timers.ts';
import { dangerIn } from './danger.ts';
import { decide } from './decide.ts';
import { decideLinked } from './disruptions.ts';
import { decideHandler } from './handlers.ts';
import { freshIds } from './ids.ts';
import { decideLeft } from './left.ts';
import { Lines, MAX_CONFLICTS } from './lines.ts';
import { decideOutcome, type Outcome } from './outcome.ts';
import type { Arrival, AssistantPort, TurnPorts } from './ports.ts';
import { type Proposal, propose, type StorySoFar } from './propose.ts';
import { isStranger } from './stranger.ts';
import { textsIn } from './texts.ts';

/** One line of a conversation as it was committed. */
export interface Said {
  readonly seq: number;
  readonly id: MessageId;
  readonly from: 'requester' | 'desk' | 'worker';
  readonly at: Date;
  readonly text: string;
  readonly reply: Reply | null;
}

/** What became of a message that was handled here: everything that was said in its turn, itself first. */
export type Handled =
  | { readonly kind: 'handled'; readonly said: readonly Said[] }
  /** Handled before, or by another process: read the timeline. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'parked'; readonly reason: string };

/** Cases of a disruption read at once. */
const LINKED_PAGE = 100;
/** A message that fails this often is parked, so that the next ones go on. */
const MAX_ATTEMPTS = 3;

/**
 * One question, one path: every channel's message, every worker's act and every timer goes through here. Messages of a
 * conversation are handled in the order in which they arrived, one at a time in this process; other processes are kept out by the
 * conversation's version, which a commit checks.
 */
export class Desk {
  readonly #ports: TurnPorts;
  readonly #lines: Lines;
  readonly #approving: Approving;
  /** Conversations for which a language model is being asked. */
  readonly #helping = new Map<ConversationId, AbortController>();

  constructor(ports: TurnPorts) {
    this.#ports = ports;
    this.#lines = new Lines(ports);
    this.#approving = new Approving(this.#lines, ports);
  }

  /** Stores a message. When this returns it may be acknowledged: nothing that happens after can lose it. */
  async receive(arrival: Arrival): ReturnType<TurnPorts['register']['receive']> {
    // Danger does not wait until a language model has answered what was said before it.
    const helping = this.#helping.get(arrival.conversation);
    if (helping && dangerIn(this.#ports.published.current().catalogue, textOf(arrival.payload))) helping.abort('danger');
    this.#ports.checkpoint('intake:before-store');
    const received = await this.#ports.register.receive(arrival);
    this.#ports.checkpoint('intake:after-store');
    return received;
  }

  /**
   * Handles what waits in a conversation up to and with this message.
   * @param seen the conversation as it was when the message was stored; should it have changed since, the commit notices
   */
  handle(conversation: ConversationId, intake: IntakeId, seen: TurnView | null = null): Promise<Handled> {
    return this.#handleUntil(conversation, intake, seen);
  }

  /**
   * Handles all that waits in a conversation; the replies go out by the outbox.
   * @param seen as for `handle`
   */
  async drain(conversation: ConversationId, seen: TurnView | null = null): Promise<void> {
    await this.#handleUntil(conversation, null, seen);
  }

  /** @param intake the message whose channel waits for its replies; null: all that waits, for nobody */
  #handleUntil(conversation: ConversationId, intake: IntakeId | null, seen: TurnView | null): Promise<Handled> {
    // Behind another turn it would be old for sure.
    let known = this.#lines.has(conversation) ? null : seen;
    return this.#lines.inLine(conversation, async () => {
      for (;;) {
        const view = known ?? (await this.#ports.register.next(conversation));
        known = null;
        if (!view?.intake) return { kind: 'elsewhere' };
        const awaited = view.intake.id === intake;
        const handled = await this.#handleOldest(view, view.intake, awaited);
        if (awaited) return handled;
      }
    });
  }

  /** Takes up what a crash left pending. @returns how many conversations */
  async resumeLeftovers(olderThanMs: number): Promise<number> {
    const left = await this.#ports.register.leftovers(olderThanMs);
    for (const conversation of left) await this.drain(conversation);
    return left.length;
  }

  /**
   * A worker does something with a case.
   * @param hold for how many milliseconds it can be taken back, where it is of that kind; 0: it happens at once
   * @returns null when there is no such case
   */
  async act(id: CaseId, action: CaseAction, worker: Pick<Person, 'id' | 'name'>, hold = 0): Promise<ActionResult | null> {
    let result: ActionResult | null = null;
    await this.#lines.changeCase(
      id,
      async (on) => {
        result = decideAction({ ...on, action, worker, hold });
        return result.kind === 'done' ? result.effects : [];
      },
      worker.id,
    );
    return result;
  }

  /** A worker takes back what he did with a case at that moment, as long as it has not happened. @returns null when there is no such case */
  async undo(id: CaseId, since: Date, worker: Pick<Person, 'id' | 'name'>): Promise<ActionResult | null> {
    let result: ActionResult | null = null;
    await this.#lines.changeCase(id, async (on) => {
      result = decideUndo({ ...on, since, worker });
      return result.kind === 'done' ? result.effects : [];
    });
    return result;
  }

  /** Another system reports a case ready, or cancels it. @returns null when there is no such case */
  async settle(id: CaseId, outcome: Outcome, by: Pick<Person, 'id'>): Promise<'done' | 'not-now' | null> {
    let result: 'done' | 'not-now' | null = null;
    await this.#lines.changeCase(id, async (on) => {
      const effects = decideOutcome({ ...on, outcome, by });
      result = effects ? 'done' : 'not-now';
      return effects ?? [];
    });
    return result;
  }

  /** Something happened to a case's run at a handler, or its far side said something. It may come again, and late. */
  async handled(run: RunId, handler: string, news: HandlerNews): Promise<void> {
    const intake = news.kind === 'report' ? news.intake : null;
    await this.#lines.changeCase(run.case, async (on) => {
      if (intake && !(await this.#ports.register.awaits(intake))) return [];
      return decideHandler({ ...on, run, handler, news });
    });
  }

  /** Something that was said about a case did not reach its requester, for good: the backoffice sees it there. */
  async undelivered(id: CaseId, message: MessageId): Promise<void> {
    await this.#lines.changeCase(id, async (on) => decideUndelivered({ ...on, message }));
  }

  /**
   * Says something that no message, worker or timer caused: a welcome, news.
   * @param id made by the caller from what caused it: the same again is said once
   * @returns whether it was said now
   */
  async tell(conversation: ConversationId, id: MessageId, reply: Reply, cases: readonly CaseId[] = []): Promise<boolean> {
    return await this.#lines.sayOnce(conversation, id, async () => [{ kind: 'say', message: { id, author: null, reply, cases } }]);
  }

  /**
   * Goes on about a case with who was chosen to be its requester, in a conversation of his own; he is told so once.
   * @returns whether it was said now
   */
  async goOnIn(conversation: ConversationId, id: CaseId): Promise<boolean> {
    const message = idFrom<MessageId>('requester-chosen', id, conversation);
    return await this.#lines.sayOnce(conversation, message, async ({ conversation: here }) => {
      const before = await this.#ports.register.viewOfCase(id);
      const it = before?.cases.find((one) => one.id === id);
      if (!before || !it || it.person !== here.person?.id) return null;
      const text = textsIn(here.state.language).goesOnWithYou(before.conversation.person?.name ?? null, it.title, it.reference);
      return [
        { kind: 'spoken-here', case: id },
        { kind: 'say', message: { id: message, author: null, reply: { text }, cases: [id] } },
      ];
    });
  }

  /** A timer fired. */
  async timer(id: CaseId, timer: TimerKind): Promise<void> {
    // The linked cases first: a crash in between leaves the timer to fire again, and nobody is told twice.
    if (timer === 'disruption') await this.#tellLinked(id);
    if (timer === 'approval' || timer === 'verdict') return await this.#approving.timer(id, timer);
    await this.#lines.changeCase(id, async (on) =>
      decideTimer({ ...on, timer, active: (await this.#ports.register.activeAt(id)) ?? on.case.openedAt }),
    );
  }

  /** Somebody who is signed in approves what a case costs, or refuses it. @returns null when nothing of it has to be approved */
  approve(...decided: Parameters<Approving['signedIn']>): ReturnType<Approving['signedIn']> {
    return this.#approving.signedIn(...decided);
  }

  /** Takes what became of a case's disruption to the cases that are linked to it. */
  async #tellLinked(of: CaseId): Promise<void> {
    const found = await this.#ports.register.disruptionOf(of);
    if (!found) return;
    for (let after: CaseId | null = null; ; ) {
      const page: readonly CaseId[] = await this.#ports.register.linkedTo(found.disruption.id, after, LINKED_PAGE);
      for (const id of page) await this.#lines.changeCase(id, async (on) => decideLinked({ ...on, ...found }));
      after = page.at(-1) ?? null;
      if (page.length < LINKED_PAGE) return;
    }
  }

  /** What the desk would make of what a colleague types for somebody else. Nothing is stored, and no language model is asked. */
  async propose(story: StorySoFar): Promise<Proposal> {
    const { catalogue, understand } = this.#ports.published.current();
    const conversation: ConversationId = newId();
    const state = { language: story.language, open: [], lastProduct: null };
    const view: TurnView = {
      conversation: { id: conversation, channel: story.channel, person: null, state, version: 0 },
      intake: null,
      cases: [],
      workers: new Map(),
      histories: new Map(),
    };
    const danger = dangerIn(catalogue, story.text);
    const understanding = understand(story.text, state);
    const text = [story.text, ...Object.values(story.values)].join('\n');
    const facts = await this.#lines.facts(view, text, catalogue, { products: [story.product, ...nearest(understanding)], trusted: true });
    return propose({ story, conversation, understanding, danger, facts, now: this.#ports.now(), ids: freshIds() });
  }

  /** Who has a case in hand is no longer at the desk. */
  async left(id: CaseId, worker: PersonId): Promise<void> {
    await this.#lines.changeCase(id, async (on) => (on.case.worker === worker ? decideLeft(on) : []));
  }

  /** Waits until nothing is under way in this process. */
  async settled(): Promise<void> {
    await this.#lines.settled();
  }

  /** A colleague called a case's requester back, and reached him or not. @returns whether there is such a case */
  async called(id: CaseId, worker: Pick<Person, 'id'>, reached: boolean): Promise<boolean> {
    let found = false;
    await this.#lines.changeCase(id, async (on) => {
      found = true;
      return decideCalled({ ...on, worker, reached });
    });
    return found;
  }

  async #handleOldest(view: TurnView, intake: NonNullable<TurnView['intake']>, awaited: boolean): Promise<Handled> {
    try {
      return await this.#decideAndCommit(view, intake, awaited);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#ports.report(`a message could not be handled (${intake.id})`, error);
      if (intake.attempts + 1 < MAX_ATTEMPTS) {
        await this.#ports.register.failed(intake.id, reason);
        const again = await this.#ports.register.next(view.conversation.id);
        return again?.intake?.id === intake.id ? this.#handleOldest(again, again.intake, awaited) : { kind: 'elsewhere' };
      }
      await this.#ports.register.park(intake.id, reason);
      await this.#sayMishap(view.conversation.id);
      return { kind: 'parked', reason };
    }
  }

  async #decideAndCommit(first: TurnView, intake: NonNullable<TurnView['intake']>, awaited: boolean): Promise<Handled> {
    let view = first;
    // Taken once: a version that is published meanwhile is for the next turn.
    const published = this.#ports.published.current();
    const { payload } = intake;
    const context = { language: view.conversation.state.language, lastProduct: view.conversation.state.lastProduct };
    // Danger is answered by its own phrases: whatever becomes of the classifier, it must not stand in the way.
    const danger = payload.answer ? undefined : dangerIn(published.catalogue, payload.text);
    const understanding = payload.answer || danger || onlyFiles(payload) ? null : published.understand(payload.text, context);
    const message: MessageId = newId();
    const { assistant } = this.#ports;
    // What a colleague registers he has looked at himself, as who chose his product has, and while one talks nothing is decided of what is said.
    const asks =
      understanding && payload.product === undefined && payload.sender?.kind !== 'colleague' && !view.conversation.state.takeOver;
    const help = asks && assistant ? await this.#help(assistant, view, payload, understanding, published.catalogue) : null;
    for (let i = 0; i < MAX_CONFLICTS; i++) {
      const now = this.#ports.now();
      const facts = await this.#lines.facts(view, textOf(payload), published.catalogue, aboutOf(view, payload, understanding));
      const decided = decide({
        conversation: view.conversation,
        message: payload,
        messageId: message,
        understanding: help?.understanding ?? understanding,
        danger,
        facts,
        now,
        ids: freshIds(),
      });
      const effects = help ? withPhrases(decided, help, published.catalogue) : decided;
      const author = payload.sender && 'person' in payload.sender ? payload.sender.person : null;
      const incoming = { intake: intake.id, message, text: payload.text, author, attachments: payload.attachments };
      const committed = await this.#lines.commit(view, effects, now, incoming, awaited);
      if (committed.kind === 'committed') return { kind: 'handled', said: saidIn(committed, effects, incoming, now) };
      const again = await this.#ports.register.next(view.conversation.id);
      if (again?.intake?.id !== intake.id) return { kind: 'elsewhere' };
      view = again;
    }
    throw new Error(`the conversation changed ${MAX_CONFLICTS} times while this message was decided`);
  }

  /** What a language model makes of a message where the desk is unsure: outside any transaction, and never longer than it may take. */
  async #help(
    assistant: AssistantPort,
    view: TurnView,
    message: Incoming,
    understanding: Understanding,
    catalogue: Catalogue,
  ): Promise<AssistResult> {
    const { conversation } = view;
    const facts = await this.#lines.facts(view, textOf(message), catalogue, aboutOf(view, message, understanding));
    const now = this.#ports.now();
    const danger = new AbortController();
    this.#helping.set(conversation.id, danger);
    try {
      return await assist({
        conversation,
        catalogue,
        understanding,
        decide: (it) => decide({ conversation, message, messageId: newId(), understanding: it, danger: null, facts, now, ids: freshIds() }),
        model: assistant.model,
        turn: assistant.turn(danger.signal),
      });
    } finally {
      this.#helping.delete(conversation.id);
    }
  }

  /** Tells the conversation that a message was set aside; should even that fail, the ledger still shows it. */
  async #sayMishap(conversation: ConversationId): Promise<void> {
    try {
      const view = await this.#ports.register.next(conversation);
      if (!view) return;
      const reply: Reply = { text: textsIn(view.conversation.state.language).mishap };
      await this.#lines.commit(view, [{ kind: 'say', message: { id: newId(), author: null, reply, cases: [] } }], this.#ports.now(), null);
    } catch (error) {
      this.#ports.report('the mishap could not be told', error);
    }
  }
}

/** There are no words to understand. */
function onlyFiles({ text, attachments = [] }: Incoming): boolean {
  return attachments.length > 0 && text.trim() === '';
}

/** What decides which lists are looked in for a message. */
function aboutOf(
  { conversation }: TurnView,
  { sender, product }: Incoming,
  understanding: Understanding | null,
): Parameters<Lines['facts']>[3] {
  const registers = sender?.kind === 'colleague' ? sender.registers : null;
  const trusted = sender?.kind === 'colleague' || (conversation.person?.verified === true && !isStranger(sender, conversation.person));
  return { products: [product, registers?.product, ...nearest(understanding)], trusted };
}

function nearest(understanding: Understanding | null): (string | null)[] {
  return understanding?.questions.flatMap(({ product, top }) => [product, ...top.slice(0, 3).map((it) => it.product)]) ?? [];
}

/** All text of a message in which a fact may be named. */
function textOf({ text, answer, sender }: Incoming): string {
  if (sender?.kind === 'colleague' && sender.registers) return [text, ...Object.values(sender.registers.values)].join('\n');
  if (!answer) return text;
  return typeof answer.value === 'string' ? answer.value : Object.values(answer.value).join('\n');
}

function saidIn(
  committed: Extract<Committed, { kind: 'committed' }>,
  effects: readonly Effect[],
  incoming: { readonly message: MessageId; readonly text: string },
  at: Date,
): Said[] {
  const seqs = new Map(committed.messages.map(({ id, seq }) => [id, seq]));
  const said: Said[] = [
    { seq: seqs.get(incoming.message) ?? 0, id: incoming.message, from: 'requester', at, text: incoming.text, reply: null },
  ];
  for (const effect of effects) {
    if (effect.kind !== 'say') continue;
    const { id, author, reply } = effect.message;
    said.push({ seq: seqs.get(id) ?? 0, id, from: author ? 'worker' : 'desk', at, text: reply.text, reply });
  }
  return said;
}
