import { createHash } from 'node:crypto';
import { caseCard } from '../../bot/index.ts';
import type { CaseCard, ConversationId, Language, Reference } from '../../domain/index.ts';
import type { ConversationReference, Delivered } from '../../register/index.ts';
import { type CardContext, needsCard, type Part } from './cards.ts';
import type { Address } from './connector.ts';
import { SendError } from './errors.ts';
import type { TeamsOptions } from './options.ts';
import { readReference } from './place.ts';
import { renderParts } from './render.ts';
import type { TeamsReference } from './types.ts';

/** Older cards than these are left as they are; they still refresh when somebody looks. */
const KEPT_UP = 12;

/** What is needed to show something of a conversation. */
export interface Shown {
  readonly stored: ConversationReference;
  readonly reference: TeamsReference;
  readonly context: CardContext;
  readonly open: ReadonlySet<string>;
}

/** The cards of a conversation by Teams' id. */
interface CurrentCards {
  readonly shown: Shown;
  /** What each showed when that was last written down. */
  readonly known: ReadonlyMap<string, string | null>;
  /** What each is to show. */
  readonly cards: ReadonlyMap<string, readonly Part[]>;
}

/**
 * Keeps the cards of a conversation true: a question that was answered loses its buttons, a case shows its state. What a card shows now is stored
 * as a hash, so that nothing is sent that changes nothing, and of several processes one sends it.
 */
export class CardKeeper {
  readonly #options: Pick<TeamsOptions, 'register' | 'connector' | 'desks' | 'log'>;

  constructor(options: Pick<TeamsOptions, 'register' | 'connector' | 'desks' | 'log'>) {
    this.#options = options;
  }

  /** @returns null for a conversation whose reference is missing or cannot be read */
  async shown(conversation: ConversationId): Promise<Shown | null> {
    const stored = await this.#options.register.references.of(conversation);
    const reference = stored && readReference(stored.data);
    if (!stored || !reference) return null;
    return { stored, reference, context: this.context(reference, stored.language), open: stored.open };
  }

  context(reference: TeamsReference, language: Language): CardContext {
    const shared = reference.kind !== 'personal';
    const { desks } = this.#options;
    return { language, timeZone: desks.timeZone(), now: new Date(), shared, viewer: reference.user, caseLink: desks.ownCaseUrl };
  }

  /** Cases as they are now, by reference. */
  async cases(conversation: ConversationId, references: readonly Reference[], language: Language): Promise<ReadonlyMap<string, CaseCard>> {
    const found = await this.#options.register.deliveries.cases(conversation, [...new Set(references)]);
    return new Map(
      found.map(({ case: it, worker }) => [it.reference, caseCard(it, worker, this.#options.desks.teamName(it.team, language))]),
    );
  }

  /** The cards of a conversation that can still change, by Teams' id, as they are to be shown now. */
  async current(conversation: ConversationId, seen: Shown | null = null): Promise<CurrentCards | null> {
    const shown = seen ?? (await this.shown(conversation));
    if (!shown) return null;
    const delivered = await this.#options.register.deliveries.cards(conversation, KEPT_UP);
    const references = delivered.flatMap(({ reply }) => (reply?.card ? [reply.card.reference] : []));
    const cases = await this.cases(conversation, references, shown.context.language);
    const known = new Map(delivered.map((line) => [line.externalId, line.shown]));
    return { shown, known, cards: partsOf(delivered, shown.open, cases) };
  }

  /**
   * Sends what is not shown yet. Never throws: a card that stays behind still refreshes when somebody looks.
   * @param seen the conversation as it was read a moment ago
   */
  async freshen(conversation: ConversationId, seen: Shown | null = null): Promise<void> {
    try {
      const now = await this.current(conversation, seen);
      if (!now) return;
      const to = addressFor(now.shown.reference);
      for (const [externalId, parts] of now.cards)
        if (parts.some(needsCard) && now.known.get(externalId) !== keyOf(parts))
          await this.#update(conversation, to, externalId, parts, now.shown.context);
    } catch (error) {
      this.#options.log.warn({ conversation, err: error }, 'the cards of a conversation could not be brought up to date');
    }
  }

  async #update(
    conversation: ConversationId,
    to: Address,
    externalId: string,
    parts: readonly Part[],
    context: CardContext,
  ): Promise<void> {
    const { register, connector, log } = this.#options;
    if (!(await register.deliveries.show(conversation, externalId, keyOf(parts)))) return;
    try {
      await connector.update(to, externalId, renderParts(parts, context));
    } catch (error) {
      const gone = error instanceof SendError && (error.problem.kind === 'gone' || error.problem.kind === 'refused');
      if (!gone) await register.deliveries.forget(conversation, externalId);
      log.warn({ conversation, err: error }, 'a card could not be changed');
    }
  }
}

/** A line that is, or is about to be, on one of Teams' messages. */
export type Line = Pick<Delivered, 'message' | 'externalId' | 'text' | 'reply' | 'answered' | 'by'>;

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
    const reference = line.reply?.card?.reference;
    const first = reference && home.get(reference);
    if (reference && (!first || first.externalId === line.externalId)) home.set(reference, line);
  }
  const cards = new Map<string, Part[]>();
  for (const line of lines) {
    const reply = line.reply ?? { text: line.text };
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
