import { createHash } from 'node:crypto';
import { caseCard } from '../../bot/index.ts';
import type { CaseCard, ConversationId, Language, MessageId, Reference } from '../../domain/index.ts';
import type { Delivered, DeliveryView } from '../../register/index.ts';
import { type CardContext, needsCard, type Part } from './cards.ts';
import type { Address } from './connector.ts';
import { SendError } from './errors.ts';
import type { TeamsOptions } from './options.ts';
import { readReference } from './place.ts';
import { renderParts } from './render.ts';
import type { TeamsReference } from './types.ts';

/** What is needed to show something of a conversation. */
export interface Shown {
  readonly view: DeliveryView;
  readonly reference: TeamsReference;
  readonly context: CardContext;
  readonly cases: ReadonlyMap<Reference, CaseCard>;
}

/** A card that does not show what it is to show. */
export interface Behind {
  readonly externalId: string;
  readonly parts: readonly Part[];
  /** What it showed when that was last written down, and what it is to show. */
  readonly was: string | null;
  readonly shown: string;
}

/** A conversation that is changed all the time is left to who changes it. */
const MOST_LOOKS = 3;

/**
 * Keeps the cards of a conversation true: a question that was answered loses its buttons, a case shows its state. What a card shows now is stored
 * as a hash, so that nothing is sent that changes nothing, and of several processes one sends it.
 */
export class CardKeeper {
  readonly #options: Pick<TeamsOptions, 'register' | 'connector' | 'desks' | 'log'>;

  constructor(options: Pick<TeamsOptions, 'register' | 'connector' | 'desks' | 'log'>) {
    this.#options = options;
  }

  /**
   * @param messages those that are to go out, and `references`, the cases that they are about
   * @returns null for a conversation whose reference is missing or cannot be read
   */
  async look(
    conversation: ConversationId,
    messages: readonly MessageId[] = [],
    references: readonly Reference[] = [],
  ): Promise<Shown | null> {
    const { register, desks } = this.#options;
    const view = await register.deliveries.view({ conversation, messages, references });
    const reference = view && readReference(view.reference.data);
    if (!view || !reference) return null;
    const context = this.#context(reference, view.reference.language);
    const cases = new Map(
      view.cases.map(({ case: it, worker }) => [it.reference, caseCard(it, worker, desks.teamName(it.team, context.language))]),
    );
    return { view, reference, context, cases };
  }

  #context(reference: TeamsReference, language: Language): CardContext {
    const shared = reference.kind !== 'personal';
    const { desks } = this.#options;
    return { language, timeZone: desks.timeZone(), now: new Date(), shared, viewer: reference.user, caseLink: desks.ownCaseUrl };
  }

  /** The cards of a conversation that can still change, by Teams' id, as they are to be shown now. */
  async current(
    conversation: ConversationId,
  ): Promise<{ readonly shown: Shown; readonly cards: ReadonlyMap<string, readonly Part[]> } | null> {
    const shown = await this.look(conversation);
    return shown && { shown, cards: partsOf(shown.view.lines, shown.view.reference.open, shown.cases) };
  }

  /** Sends what is not shown yet. Never throws: a card that stays behind still refreshes when somebody looks. */
  async freshen(conversation: ConversationId): Promise<void> {
    try {
      for (let looks = 0; looks < MOST_LOOKS; looks++) {
        const now = await this.current(conversation);
        if (!now || (await this.#showAll(now.shown, behind(now.shown, now.cards)))) return;
      }
    } catch (error) {
      this.#options.log.warn({ conversation, err: error }, 'the cards of a conversation could not be brought up to date');
    }
  }

  /** @returns false when somebody else showed something there meanwhile, perhaps what was there before */
  async #showAll(shown: Shown, cards: readonly Behind[]): Promise<boolean> {
    const { deliveries } = this.#options.register;
    let all = true;
    for (const card of cards)
      if (await deliveries.show(shown.view.reference.conversation, card)) await this.update(shown, card);
      else all = false;
    return all;
  }

  /** Shows what was claimed to be shown. */
  async update({ view, reference, context }: Shown, { externalId, parts }: Behind): Promise<void> {
    const { register, connector, log } = this.#options;
    const { conversation } = view.reference;
    try {
      await connector.update(addressFor(reference), externalId, renderParts(parts, context));
    } catch (error) {
      const gone = error instanceof SendError && (error.problem.kind === 'gone' || error.problem.kind === 'refused');
      if (!gone) await register.deliveries.forget(conversation, externalId);
      log.warn({ conversation, err: error }, 'a card could not be changed');
    }
  }
}

/** Which of the conversation's cards do not show what they are to show. */
export function behind({ view }: Shown, cards: ReadonlyMap<string, readonly Part[]>): readonly Behind[] {
  const known = new Map(view.lines.map((line) => [line.externalId, line.shown]));
  return [...cards].flatMap(([externalId, parts]) => {
    const was = known.get(externalId);
    if (was === undefined || !parts.some(needsCard)) return [];
    const shown = keyOf(parts);
    return was === shown ? [] : [{ externalId, parts, was, shown }];
  });
}

/** A line that is, or is about to be, on one of Teams' messages. */
export type Line = Pick<Delivered, 'message' | 'externalId' | 'reply' | 'answered' | 'by'>;

/**
 * Lines as parts of the cards that show them, by Teams' id. A case stands on the first card that spoke of it, and there once: it changes there, and
 * what is said of it later is said in words.
 */
export function partsOf(
  lines: readonly Line[],
  open: ReadonlySet<string>,
  cases: ReadonlyMap<string, CaseCard>,
): ReadonlyMap<string, readonly Part[]> {
  const home = new Map<Reference, Line>();
  for (const line of lines) {
    const reference = line.reply.card?.reference;
    const first = reference && home.get(reference);
    if (reference && (!first || first.externalId === line.externalId)) home.set(reference, line);
  }
  const cards = new Map<string, Part[]>();
  for (const line of lines) {
    const { reply } = line;
    const { card, ask } = reply;
    const shows = card !== undefined && home.get(card.reference) === line;
    const parts = cards.get(line.externalId) ?? [];
    parts.push({
      message: line.message,
      reply,
      open: ask !== undefined && open.has(ask.id),
      answered: line.answered,
      case: shows ? (cases.get(card.reference) ?? card) : null,
      by: line.by,
    });
    cards.set(line.externalId, parts);
  }
  return cards;
}

export function addressFor({ serviceUrl, conversation, bot }: TeamsReference): Address {
  return { serviceUrl, conversation, bot };
}

/** What parts show, in short: it changes when anything does that a card shows of them. */
export function keyOf(parts: readonly Part[]): string {
  const shown = parts.map((part) => [part.message, part.open, part.answered, part.case]);
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}
