import { businessHoursOf, type Catalogue, type Product, productOf, teamOf } from '../catalogue/index.ts';
import {
  type Actor,
  type ApprovalDecision,
  type ApprovalWay,
  type Ask,
  type AttachmentId,
  addBusinessMinutes,
  applyEvent,
  type Case,
  type CaseCard,
  type CaseEvent,
  type CaseEventName,
  type CaseId,
  type CasePatch,
  type ClockEvent,
  type Conversation,
  type Disruption,
  type DisruptionEnd,
  type Draft,
  type Effect,
  type HeldAct,
  type Incoming,
  type IntakeId,
  type Language,
  type MessageId,
  type MetDanger,
  mayHappen,
  type NoticeKind,
  type NoticeTo,
  type OpenQuestion,
  type Pace,
  type Part,
  type Person,
  type PersonId,
  type PutAside,
  type QuestionId,
  type Reference,
  type RegisteredBy,
  type Reply,
  type RunChange,
  type TakeOver,
  type TimerKind,
} from '../domain/index.ts';
import { caseCard } from './case-card.ts';
import { CasesInView } from './cases-in-view.ts';
import type { Facts, Ids } from './facts.ts';
import { type ReadContext, showMoment } from './fields.ts';
import { agreedFor, guardSteps, momentsOf } from './guard.ts';
import { LastCounts } from './last-counts.ts';
import { newCase, newPart } from './new-case.ts';
import { ENDS, OpenQuestions } from './open-questions.ts';
import { followParts } from './parts.ts';
import { isStranger } from './stranger.ts';
import { type Texts, textsIn } from './texts.ts';

export type { Facts, Ids } from './facts.ts';

const MAX_DANGERS = 4;
/** A photo of yesterday is not what today's question is about. */
const ASIDE_MS = 12 * 3_600_000;
const MAX_ASIDE = 10;

/** Where a decision gathers its effects: everything it says, registers and keeps open goes through here. */
export class Decision {
  readonly facts: Facts;
  readonly now: Date;
  readonly ids: Ids;
  readonly message: MessageId | null;
  readonly conversation: Conversation;
  readonly pace: Pace;
  /** How whoever writes shows who he is. */
  readonly way: ApprovalWay;
  /** The message being handled is its requester's own. */
  readonly #byRequester: boolean;
  readonly #effects: Effect[] = [];
  readonly #cases: CasesInView;
  readonly #linked = new Set<CaseId>();
  readonly #last = new LastCounts();
  readonly #open: OpenQuestions;
  #language: Language;
  #person: Person | null;
  #lastProduct: string | null;
  #dangers: readonly MetDanger[];
  #aside: readonly PutAside[];
  #held: HeldAct | null;
  #over: { readonly of: TakeOver; readonly by: Actor } | null = null;
  /** The colleague who talks in this conversation. */
  takeOver: TakeOver | null;
  #follows: Reference | null = null;
  #opener: { readonly actor: Actor; readonly means: RegisteredBy } | null = null;

  /** @param message the id that the message being handled has in the timeline; null for what no message caused */
  constructor(
    conversation: Conversation,
    facts: Facts,
    now: Date,
    ids: Ids,
    message: MessageId | null = null,
    { pace = 'quick', byLink = false, sender }: Pick<Incoming, 'pace' | 'sender'> & { readonly byLink?: boolean | undefined } = {},
  ) {
    this.message = message;
    this.pace = pace;
    this.way = byLink ? 'link' : 'conversation';
    this.conversation = conversation;
    this.facts = facts;
    this.now = now;
    this.ids = ids;
    this.#open = new OpenQuestions(conversation.state.open, facts.cases);
    this.#language = conversation.state.language;
    this.#person = conversation.person;
    this.#byRequester = message !== null && sender?.kind !== 'colleague' && !isStranger(sender, conversation.person);
    this.#lastProduct = conversation.state.lastProduct;
    this.#dangers = conversation.state.dangers ?? [];
    this.takeOver = conversation.state.takeOver ?? null;
    this.#held = facts.held ?? null;
    this.#cases = new CasesInView(facts);
    this.#aside = (conversation.state.aside ?? []).filter((it) => now.getTime() - Date.parse(it.at) < ASIDE_MS);
  }

  get language(): Language {
    return this.#language;
  }
  speak(language: Language): void {
    this.#language = language;
  }
  get texts(): Texts {
    return textsIn(this.#language);
  }
  get person(): Person | null {
    return this.#person;
  }
  get open(): readonly OpenQuestion[] {
    return this.#open.all;
  }
  get catalogue(): Catalogue {
    return this.facts.catalogue;
  }
  get readContext(): ReadContext {
    const { organisation } = this.catalogue;
    const buildings = organisation.sites.flatMap((site) => site.buildings);
    const { budgets, rooms, people } = this.facts;
    const { timeZone } = organisation;
    return { language: this.#language, now: this.now, timeZone, budgets, rooms, people, buildings, files: this.files };
  }

  /** The names of the files that came with the message being handled. */
  get files(): readonly string[] {
    return this.message === null ? [] : this.facts.files;
  }

  /** Those of the files that were put aside before it. */
  get filesAside(): readonly string[] {
    return this.#aside.flatMap(({ files = [] }) => files);
  }

  /** The requester's cases in the order in which they were opened, newest first. Parts are not his to know: their whole is. */
  cases(): Case[] {
    return this.#cases.wholes();
  }
  case(id: CaseId): Case | null {
    return this.#cases.find(id);
  }
  /** The parts of a case as they are now, in the order in which they were opened. */
  partsOf(id: CaseId): Case[] {
    return this.#cases.partsOf(id);
  }
  /** The wholes to which, or to a part of which, something happened in this decision. */
  changedWholes(): CaseId[] {
    return this.#cases.changedWholes();
  }
  /** The state that a case had before this decision; null when it is of this decision. */
  stateBefore(id: CaseId): Case['state'] | null {
    return this.facts.cases.find((it) => it.id === id)?.state ?? null;
  }
  /** The number that a requester knows a case by. */
  referenceOf(it: Case): Reference {
    return this.#cases.known(it).reference;
  }
  /** The cases on which stands what a requester is told of a case. */
  toldOn(it: Case): CaseId[] {
    return [...new Set([it.id, this.#cases.known(it).id])];
  }
  product(draft: Draft): Product | null {
    return draft.product === null ? null : productOf(this.facts.catalogueAt(draft.why.catalogue), draft.product);
  }
  productNamed(id: string): Product | null {
    return productOf(this.catalogue, id);
  }
  teamName(team: string): string {
    return teamOf(this.catalogue, team)?.name[this.#language] ?? team;
  }
  workerName(id: CaseId): string | null {
    return this.facts.workers.get(id) ?? null;
  }
  moment(at: Date): string {
    return showMoment(at, this.now, this.#language, this.catalogue.organisation.timeZone);
  }

  /** The dangers that were answered in this conversation, oldest first. */
  get dangers(): readonly MetDanger[] {
    return this.#dangers;
  }
  /** Remembers the latest few. */
  met(danger: MetDanger): void {
    this.#dangers = [...this.#dangers.filter(({ id }) => id !== danger.id), danger].slice(-MAX_DANGERS);
  }

  // --- saying

  /** Says something; `about` are the cases whose history it belongs to. The message that caused it is linked to them too. */
  say(reply: Reply, about: readonly CaseId[] = [], author: PersonId | null = null): void {
    // A part says nothing by itself; whoever writes about it is answered.
    if (this.message === null && about.length > 0 && about.every((id) => this.case(id)?.part)) return;
    this.#effects.push({ kind: 'say', message: { id: this.ids.message(), author, reply, cases: about } });
    for (const id of about) this.link(id);
  }

  link(id: CaseId): void {
    if (this.#linked.has(id)) return;
    this.#linked.add(id);
    this.#effects.push({ kind: 'link', case: id });
    const it = this.case(id);
    if (this.#byRequester && it && it.conversation !== this.conversation.id)
      this.#effects.push({ kind: 'spoken-here', case: this.#cases.known(it).id });
  }

  /** The question was asked in an earlier message; the one that only said who asks, or filled in the form, adds nothing to it. */
  #linkEarlier(id: CaseId, message: MessageId): void {
    this.#linked.add(id);
    this.#effects.push({ kind: 'link', case: id, message });
  }

  /** The message being handled waits for the question that its files belong to: the next case takes it along. */
  putAside(): void {
    if (this.message && !this.#aside.some((it) => it.message === this.message))
      this.#aside = [...this.#aside, { message: this.message, at: this.now.toISOString(), files: this.files }].slice(-MAX_ASIDE);
  }

  /** Whether the message being handled belongs to a case, or will when a question is answered. */
  get isPlaced(): boolean {
    return this.#linked.size > 0 || this.open.some((it) => 'draft' in it && it.draft.message === this.message);
  }

  // --- asking

  /** Opens a question and says it. */
  ask(question: OpenQuestion, reply: Reply & { readonly ask: Ask }, about: readonly CaseId[] = [], author: PersonId | null = null): void {
    this.#open.add(question);
    this.say(reply, about, author);
  }

  /** The question stays open as it was. */
  keep(question: OpenQuestion): void {
    this.#open.keep(question);
  }

  question(id: string): OpenQuestion | null {
    return this.#open.find(id);
  }

  /** The question is answered, or does not matter any more. */
  settle(id: QuestionId): void {
    this.#open.settle(id);
  }

  /** No question about a case matters any more. */
  settleCase(id: CaseId): void {
    this.#open.settleCase(id);
  }

  // --- registering

  /** What is opened now follows on a case that is over. */
  follow(reference: Reference): void {
    this.#follows = reference;
  }

  /** A colleague opens what is opened now, for its requester. */
  openedBy(person: PersonId, means: RegisteredBy): void {
    this.#opener = { actor: { kind: 'worker', id: person }, means };
  }

  introduce(name: string, address: string): void {
    const person: Person = { id: this.ids.person(), name, address, verified: false };
    this.#person = person;
    this.#effects.push({ kind: 'introduce', person: person.id, name, address });
  }

  /** Opens a case for a draft; it is in nobody's queue yet. */
  openCase(draft: Draft, team: string, title: string): Case {
    const event = {
      name: 'opened',
      actor: this.#opener?.actor ?? { kind: 'requester' },
      at: this.now,
      data: {
        product: draft.product,
        kind: draft.kind,
        ...(this.#opener ? { means: this.#opener.means } : {}),
        ...(this.#follows ? { follows: this.#follows } : {}),
      },
    } as const;
    const opened = newCase(draft, {
      id: this.ids.case(),
      reference: this.ids.reference(),
      conversation: this.conversation,
      person: this.#person?.id ?? null,
      language: this.#language,
      product: this.product(draft),
      team,
      title,
      at: this.now,
    });
    this.#begin(opened, event);
    if (draft.message === null || draft.message === this.message) this.link(opened.id);
    else this.#linkEarlier(opened.id, draft.message);
    for (const more of draft.more ?? []) this.#linkEarlier(opened.id, more);
    for (const it of this.#aside) this.#linkEarlier(opened.id, it.message);
    this.#aside = [];
    this.#lastProduct = draft.product;
    return opened;
  }

  /** Opens a part of a case; it is in nobody's queue yet. */
  openPart(
    whole: Case,
    part: Omit<Part, 'of'>,
    { product, team, title }: { readonly product: Product | null; readonly team: string; readonly title: string },
  ): Case {
    const data = { product: product?.id ?? null, kind: whole.kind, part: part.id, of: whole.reference };
    const opened = newPart(whole, part, {
      id: this.ids.case(),
      reference: this.ids.reference(),
      product,
      team,
      title,
      at: this.now,
    });
    this.#begin(opened, { name: 'opened', actor: { kind: 'desk' }, at: this.now, data });
    return opened;
  }

  #begin(opened: Case, event: CaseEvent): void {
    this.#cases.opened(opened, event);
    this.#effects.push({ kind: 'case', case: opened, event });
  }

  /** Whether an event may happen to the case as it is now. */
  may(id: CaseId, name: CaseEventName): boolean {
    const it = this.case(id);
    return it !== null && mayHappen(name, it);
  }

  /**
   * Lets something happen to a case.
   * @throws TransitionError when it may not; ask `may` first where the view may be old
   */
  happen(before: Case, name: CaseEventName, actor: Actor, data: Record<string, string | number | null> = {}, patch: CasePatch = {}): Case {
    const wanted = { ...before, ...patch };
    const terms = AGREES.has(name) ? agreedFor(wanted, this.catalogue, this.#person?.department ?? null) : {};
    const event = { name, actor, at: this.now, data: { ...data, ...terms } };
    const earlier = this.#cases.happens(before.id, event);
    const moments = RECKONS.has(name) ? this.#moments(wanted) : {};
    const after = applyEvent(before, event, { ...moments, ...patch });
    this.#cases.became(after);
    this.#effects.push({ kind: 'case', case: after, event });
    if (RECKONS.has(name) || name === 'claimed' || name === 'delayed') this.#guard(before, after, earlier, RECKONS.has(name));
    if (this.takeOver?.case === after.id && !IN_HAND.has(after.state)) this.handBack(actor);
    // Before it is sent it goes along; after that the far side does not hear of it by itself.
    if (name === 'added' && this.hasFarSide(after)) this.notify(after, 'handler-word', { role: 'team' });
    if (before.handler && !after.handler) this.#leaveHandler(before, name, actor);
    if (ENDS.has(after.state) && !ENDS.has(before.state)) {
      this.timerDone(after.id, 'guard');
      if (before.approval === 'asked') this.timerDone(after.id, 'approval');
      // Nobody works on it any more, and nobody said that it is solved.
      const disruption = name === 'ready' ? null : this.disruptionOn(after.id);
      if (disruption) this.endDisruption(disruption, { kind: 'dissolved' });
    }
    return after;
  }

  /**
   * What happened to a case so far.
   * @throws Error when the view does not hold it: a moment reckoned without it would be wrong
   */
  history(id: CaseId): readonly ClockEvent[] {
    return this.#cases.history(id);
  }

  #moments(it: Case): Pick<Case, 'respondBy' | 'completeBy'> {
    if (it.urgent) return { respondBy: it.respondBy ?? this.now, completeBy: it.completeBy ?? this.now };
    return momentsOf(it, this.history(it.id), this.catalogue);
  }

  /** Sets the guard's timer for what comes next; one that would fire before that finds nothing to do and sets itself. */
  #guard(before: Case, after: Case, earlier: readonly ClockEvent[], anew: boolean): void {
    const [next] = guardSteps(after, this.history(after.id), this.catalogue, this.now);
    if (!next) return;
    const [set] = anew ? [] : guardSteps(before, earlier, this.catalogue, this.now);
    if (!set || next.at < set.at) this.timer(after.id, next.at, 'guard');
  }

  /** When a team is open next: now, when it is open. */
  opensAt(team: string, from: Date = this.now): Date {
    return addBusinessMinutes(from, 0, businessHoursOf(this.catalogue, team));
  }

  /** Puts a case in its team's queue, with the moments that the agreement gives. */
  queue(
    before: Case,
    name: 'queued' | 'approved' | 'moved' | 'reopened',
    actor: Actor,
    patch: CasePatch = {},
    more: Record<string, string | null> = {},
  ): Case {
    const team = patch.team ?? before.team;
    const product = patch.product !== undefined ? patch.product : before.product;
    return this.happen(before, name, actor, { ...more, team, product, round: before.round + 1 }, { ...patch, expectedBy: null });
  }

  note(about: CaseId, author: PersonId | { readonly handler: string }, text: string, attachments: readonly AttachmentId[] = []): void {
    const files = attachments.length > 0 ? { attachments } : {};
    this.#effects.push({ kind: 'note', id: this.ids.note(), case: about, author, text, ...files });
  }

  /** What becomes of a case's run at a handler; of several in one decision the last counts. */
  run(run: RunChange): void {
    this.#last.run(run);
  }

  /** A word of a handler's far side is handled by this decision. */
  calledBack(intake: IntakeId): void {
    this.#effects.push({ kind: 'called-back', intake });
  }

  /** Whether the handler that has a case was sent it by now. */
  hasFarSide(it: Case): boolean {
    return it.handler !== null && this.history(it.id).findLast(({ name }) => name === 'handed' || name === 'sent')?.name === 'sent';
  }

  /** Something a colleague did happens when it can no longer be taken back. */
  hold(held: HeldAct): void {
    this.#held = held;
    this.#effects.push({ kind: 'hold', held });
    this.timer(held.case, held.until, 'held');
  }

  /** What is held of the case is held no longer: it happens now, or was taken back. @returns what that is; null: nothing was */
  release(of: CaseId): HeldAct | null {
    const held = this.#held;
    if (held?.case !== of) return null;
    this.#held = null;
    this.#effects.push({ kind: 'held-over', held });
    this.timerDone(of, 'held');
    return held;
  }

  /** A handler has the case no longer: it is done, gave it back, or must be told that it need not go on. */
  #leaveHandler(it: Case, name: CaseEventName, actor: Actor): void {
    const { id, handler } = it;
    if (!handler) return;
    const own = actor.kind === 'handler';
    const state = own && name === 'ready' ? 'done' : own ? 'failed' : this.hasFarSide(it) ? 'recalling' : 'stopped';
    this.run({ case: id, round: handler.round, handler: handler.id, state });
    this.timerDone(id, 'handler');
  }

  /** A word to colleagues; it goes out with the decision. */
  notify(it: Case, kind: NoticeKind, to: NoticeTo): void {
    this.#effects.push({ kind: 'notice', notice: { id: this.ids.notice(), case: it.id, kind, team: it.team, to } });
  }

  /** What a case costs has to be agreed to. */
  askApproval(about: CaseId, budget: string, amount: number): void {
    this.#effects.push({ kind: 'approval', case: about, budget, amount });
  }

  /** It is decided. */
  decideApproval(about: CaseId, decision: ApprovalDecision): void {
    this.#effects.push({ kind: 'approval-decided', case: about, decision });
  }

  /** What is claimed in this decision counts among at most so many of its worker. */
  claimsAtMost(worker: PersonId, most: number): void {
    this.#effects.push({ kind: 'claims-at-most', worker, most });
  }

  /** Declares a disruption, or says that it is expected to last otherwise. */
  disrupt(disruption: Disruption, by: PersonId): void {
    this.#effects.push({ kind: 'disruption', disruption, by });
  }

  /** The disruption that runs on a case. */
  disruptionOn(id: CaseId): Disruption | null {
    return this.facts.disruptions.find((it) => it.case === id) ?? null;
  }

  /** The disruption of a case is over; the linked cases are told by a timer of it. */
  endDisruption({ id, case: of }: Disruption, end: DisruptionEnd): void {
    this.#effects.push({ kind: 'disruption-over', id, end });
    this.timer(of, this.now, 'disruption');
  }

  /** Sets a case's timer; of several times in one decision the last counts. */
  timer(about: CaseId, due: Date, timer: TimerKind = 'close-when-silent'): void {
    this.#last.timer(about, timer, due);
  }

  timerDone(about: CaseId, timer: TimerKind = 'close-when-silent'): void {
    this.#last.timer(about, timer, null);
  }

  /** The case as a card, in the asker's language; `worker` when the facts do not know the name yet. */
  card(it: Case, worker: string | null = it.worker ? this.workerName(it.id) : null): CaseCard {
    const known = this.#cases.known(it);
    return caseCard(known, known === it ? worker : null, this.teamName(known.team));
  }

  /** The desk is there again. It says so when all else was said. */
  handBack(by: Actor): void {
    if (this.takeOver) this.#over = { of: this.takeOver, by };
    this.takeOver = null;
  }

  #sayHandedBack({ of, by }: { readonly of: TakeOver; readonly by: Actor }): void {
    const it = this.case(of.case);
    if (it && this.may(it.id, 'handed-back')) this.happen(it, 'handed-back', by);
    this.timerDone(of.case, 'take-over');
    this.say({ text: this.texts.handedBack(of.name), colleague: null }, it ? [it.id] : []);
  }

  /** All that was decided. */
  finish(): readonly Effect[] {
    followParts(this);
    if (this.#over) this.#sayHandedBack(this.#over);
    const dangers = this.#dangers.length > 0 ? { dangers: this.#dangers } : {};
    const aside = this.#aside.length > 0 ? { aside: this.#aside } : {};
    const takeOver = this.takeOver ? { takeOver: this.takeOver } : {};
    const state = { language: this.#language, open: this.open, lastProduct: this.#lastProduct, ...dangers, ...aside, ...takeOver };
    return [...this.#effects, ...this.#last.effects(), { kind: 'state', state }];
  }
}

/** Events that say what is agreed from then on. */
const AGREES: ReadonlySet<CaseEventName> = new Set(['queued', 'approved', 'moved', 'reopened', 'prioritised']);
/** Events after which a clock counts anew or otherwise. */
const RECKONS: ReadonlySet<CaseEventName> = new Set([...AGREES, 'released', 'requeued', 'resumed']);
/** A colleague talks only on what is in somebody's hands. */
const IN_HAND: ReadonlySet<Case['state']> = new Set(['claimed', 'waiting']);
