import { type Catalogue, productOf } from '../catalogue/index.ts';
import type {
  Approval,
  AttachmentId,
  Case,
  CaseId,
  Change,
  Committed,
  Conversation,
  ConversationId,
  Effect,
  MessageId,
  OpenQuestion,
  PersonId,
  TurnView,
} from '../domain/index.ts';
import type { Facts, Ids } from './facts.ts';
import { isDecoration } from './field-files.ts';
import { budgetTokens, peopleWanted, roomTokens } from './fields.ts';
import { freshIds } from './ids.ts';
import type { TurnPorts } from './ports.ts';

/** A decision on an old view is made again; more often than this in a row something is wrong. */
export const MAX_CONFLICTS = 20;

/** What a message may be about, as far as it decides what is looked up. */
interface About {
  /** The products that it seems to ask for. */
  readonly products: readonly (string | null | undefined)[];
  /** It is known for sure who writes: only a colleague gets to know who else works here. */
  readonly trusted: boolean;
}

/** What every decision on a case is given. */
export interface OnCase {
  readonly conversation: Conversation;
  readonly case: Case;
  readonly facts: Facts;
  readonly now: Date;
  readonly ids: Ids;
}

/**
 * What all that changes a conversation has in common, whoever begins it: one thing at a time in this process, the facts of a decision, the commit under
 * the conversation's version, and deciding again when somebody else was first.
 */
export class Lines {
  readonly #ports: TurnPorts;
  /** The end of each conversation's line of work in this process. */
  readonly #lines = new Map<ConversationId, Promise<unknown>>();

  constructor(ports: TurnPorts) {
    this.#ports = ports;
  }

  /** Whether something is under way on a conversation: what was seen of it is old then. */
  has(conversation: ConversationId): boolean {
    return this.#lines.has(conversation);
  }

  /** Waits until nothing is under way in this process. */
  async settled(): Promise<void> {
    while (this.#lines.size > 0) await Promise.allSettled(this.#lines.values());
  }

  /** Does work on a conversation after all that was begun on it before. */
  inLine<Result>(conversation: ConversationId, work: () => Promise<Result>): Promise<Result> {
    const before = this.#lines.get(conversation) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#lines.set(conversation, mine);
    const forget = () => {
      if (this.#lines.get(conversation) === mine) this.#lines.delete(conversation);
    };
    mine.then(forget, forget);
    return mine;
  }

  /**
   * Decides on a case, under the conversation's version; again when it changed meanwhile.
   * @param decideOn nothing is committed when it decides nothing
   * @param by the colleague who may claim it with that
   */
  async changeCase(id: CaseId, decideOn: (on: OnCase) => Promise<readonly Effect[]>, by?: PersonId): Promise<void> {
    const first = await this.#ports.register.viewOfCase(id, by);
    if (!first) return;
    // Behind another turn it would be old for sure.
    let seen = this.#lines.has(first.conversation.id) ? null : first;
    await this.inLine(first.conversation.id, async () => {
      for (let i = 0; i < MAX_CONFLICTS; i++) {
        const view = seen ?? (await this.#ports.register.viewOfCase(id, by));
        seen = null;
        const it = view?.cases.find((known) => known.id === id);
        if (!view || !it) return;
        const { conversation } = view;
        const effects = await decideOn({
          conversation,
          case: it,
          facts: await this.facts(view, ''),
          now: this.#ports.now(),
          ids: freshIds(),
        });
        if (effects.length === 0) return;
        const committed = await this.commit(view, effects, this.#ports.now(), null);
        if (committed.kind === 'committed') return;
      }
      throw new Error(`the conversation changed ${MAX_CONFLICTS} times while case ${id} was decided`);
    });
  }

  /**
   * Says something in a conversation once, whatever caused it and however often.
   * @param message made by the caller from what caused it
   * @param decideOn null: it is not to be said in this conversation
   * @returns whether it was said now
   */
  async sayOnce(
    conversation: ConversationId,
    message: MessageId,
    decideOn: (view: TurnView, now: Date) => Promise<readonly Effect[] | null>,
  ): Promise<boolean> {
    return await this.inLine(conversation, async () => {
      for (let i = 0; i < MAX_CONFLICTS; i++) {
        if (await this.#ports.register.said(message)) return false;
        const view = await this.#ports.register.next(conversation);
        const now = this.#ports.now();
        const effects = view && (await decideOn(view, now));
        if (!effects) return false;
        if ((await this.commit(view, effects, now, null)).kind === 'committed') return true;
      }
      throw new Error(`the conversation changed ${MAX_CONFLICTS} times while something was to be said`);
    });
  }

  /** Carries a decision out, and tells who is to hear of it. @param awaited the message's channel gives the replies itself */
  async commit(view: TurnView, effects: readonly Effect[], at: Date, incoming: Change['incoming'], awaited = false): Promise<Committed> {
    const { conversation } = view;
    this.#ports.checkpoint('turn:before-commit');
    const committed = await this.#ports.register.commit({
      conversation: conversation.id,
      version: conversation.version,
      at,
      incoming,
      effects,
    });
    if (committed.kind === 'conflict') return committed;
    this.#ports.checkpoint('turn:after-commit');
    this.#ports.afterCommit({
      conversation: conversation.id,
      outbox: committed.outbox,
      lastSeq: committed.messages.at(-1)?.seq ?? 0,
      cases: lastStates(effects).map((it) => ({
        case: it,
        from: view.cases.find((before) => before.id === it.id && before.team !== it.team)?.team ?? null,
      })),
      channel: conversation.channel,
      disruption: effects.some(({ kind }) => kind === 'disruption' || kind === 'disruption-over'),
      awaited,
    });
    return committed;
  }

  /** Looks up what the decision needs, outside any transaction. */
  async facts(
    view: TurnView,
    text: string,
    catalogue: Catalogue = this.#ports.published.current().catalogue,
    about: About | null = null,
  ): Promise<Facts> {
    const wanted = new Set<string>();
    for (const question of view.conversation.state.open) for (const version of versionsIn(question)) wanted.add(version);
    const older = new Map<string, Catalogue>();
    for (const version of wanted) if (version !== catalogue.version) older.set(version, await this.#ports.published.at(version));
    const people = about && asksWho(view, about, catalogue) ? await this.#ports.register.people(peopleWanted(text)) : null;
    const budgetNumbers = budgetTokens(text);
    const budgets = budgetNumbers.length > 0 ? await this.#ports.register.budgets(budgetNumbers) : new Map();
    const rooms = await this.#ports.register.rooms(roomTokens(text));
    const files = await this.#filesOf(view.intake?.payload.attachments ?? []);
    const approvals = new Map<CaseId, Approval>();
    for (const question of view.conversation.state.open) {
      const approval = 'of' in question ? await this.#ports.register.approvalOf(question.of) : null;
      if (approval) approvals.set(approval.case, approval);
    }
    return {
      cases: view.cases,
      workers: view.workers,
      histories: view.histories,
      held: view.held,
      claimant: view.claimant,
      disruptions: this.#ports.disruptions(),
      approvals,
      approvingSignsIn: this.#ports.approvingSignsIn,
      budgets,
      rooms,
      people,
      files,
      catalogue,
      catalogueAt: (version) => older.get(version) ?? catalogue,
    };
  }

  /** What is infected nobody will ever see: it answers nothing. */
  async #filesOf(ids: readonly AttachmentId[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const files = await this.#ports.register.attachments(ids);
    return files.filter((it) => it.state !== 'infected' && !isDecoration(it)).map(({ name }) => name);
  }
}

function versionsIn(question: OpenQuestion): string[] {
  if (!('draft' in question)) return [];
  const rest = 'rest' in question ? question.rest : [];
  return [question.draft, ...rest].map((draft) => draft.why.catalogue);
}

/** Whether a person has to be known: something that is asked for, or about to be, has a field for one. */
function asksWho({ conversation, cases }: TurnView, { products, trusted }: About, catalogue: Catalogue): boolean {
  if (!trusted) return false;
  const open = conversation.state.open.flatMap((question): readonly (string | null)[] => {
    if (question.kind === 'choose') return question.products;
    if (question.kind === 'detail') return [cases.find(({ id }) => id === question.case)?.product ?? null];
    return 'draft' in question ? [question.draft, ...('rest' in question ? question.rest : [])].map(({ product }) => product) : [];
  });
  return [...products, ...open].some((id) => {
    const fields = id ? (productOf(catalogue, id)?.fields ?? []) : [];
    return fields.some(({ type, who }) => type === 'budget-holder' || (type === 'person' && who !== 'outsider'));
  });
}

function lastStates(effects: readonly Effect[]): Case[] {
  const last = new Map<CaseId, Case>();
  for (const effect of effects) if (effect.kind === 'case') last.set(effect.case.id, effect.case);
  return [...last.values()];
}
