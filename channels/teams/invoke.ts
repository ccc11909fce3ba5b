import { z } from 'zod';
import { within } from '../../bot/index.ts';
import { type ConversationId, type IntakeId, type MessageId, newId } from '../../domain/index.ts';
import type { Activity } from './activity.ts';
import { readAnswer } from './card-answer.ts';
import { CardKeeper } from './card-keeper.ts';
import { cardOf, noticeCard, type Part } from './cards.ts';
import type { TeamsOptions } from './options.ts';
import { languageOf } from './speakers.ts';
import { teamsTexts } from './texts.ts';
import type { Card, Speaker } from './types.ts';

/** Teams gives up on an invoke after some five seconds. */
const ANSWER_WITHIN_MS = 3_000;

/** What stands in the response of an invoke. */
export interface InvokeResponse {
  readonly status: number;
  readonly body?: unknown;
}

const refreshed = z.object({ loket: z.literal(1), message: z.string().max(64) });

/** Buttons and refreshes of cards: answered in the same response. */
export class CardActions {
  readonly #options: TeamsOptions;
  readonly #keeper: CardKeeper;

  constructor(options: TeamsOptions) {
    this.#options = options;
    this.#keeper = new CardKeeper(options);
  }

  async act(it: Activity, speaker: Speaker, verb: string, data: unknown): Promise<InvokeResponse> {
    if (verb === 'refresh') return await this.#refresh(it, speaker, data);
    if (verb !== 'answer') return refused('There is no such verb.');
    return await this.#answer(it, speaker, data);
  }

  /** A card as it is now. */
  async #refresh(it: Activity, { conversation }: Speaker, data: unknown): Promise<InvokeResponse> {
    const parsed = refreshed.safeParse(data);
    const message = parsed.success ? parsed.data.message : null;
    const now = await this.#keeper.current(conversation);
    const parts = [...(now?.cards.values() ?? [])].find((card) => card.some((part) => part.message === message));
    // Somebody else's card, or one of long ago: it stays as it is.
    if (!now || !parts) return said(teamsTexts(languageOf(it)).past);
    return card(cardOf(parts, now.shown.context));
  }

  async #answer(it: Activity, speaker: Speaker, data: unknown): Promise<InvokeResponse> {
    const { register, desk } = this.#options;
    const { conversation } = speaker;
    const texts = teamsTexts(languageOf(it));
    const answer = await readAnswer(data, register.people);
    const on = it.replyToId ?? null;
    if (answer === 'unknown-person') return said(texts.unknownColleague);
    if (!answer) return refused(texts.past);
    const question = answer.incoming.answer?.question ?? '';
    const open = await register.conversations.openQuestions(conversation);
    if (!open.has(question)) return await this.#past(conversation, on, speaker, it);
    const received = await desk.receive({
      id: newId<IntakeId>(),
      channel: 'teams',
      source: conversation,
      externalId: it.id ?? newId<MessageId>(),
      conversation,
      payload: answer.incoming,
    });
    if (received.status !== 'pending') return await this.#past(conversation, on, speaker, it);
    const work = this.#handle(conversation, received, on, question, answer.label);
    const shown = await within(work, ANSWER_WITHIN_MS);
    if (shown === 'late') {
      work.catch((error: unknown) => this.#failed(conversation, error));
      return card(noticeCard(texts.working));
    }
    return shown ? card(shown) : said(texts.sent);
  }

  /** @returns the card as it is after the turn; null when what was said comes as a message of its own */
  async #handle(
    conversation: ConversationId,
    received: Awaited<ReturnType<TeamsOptions['desk']['receive']>>,
    on: string | null,
    question: string,
    label: string | null,
  ): Promise<Card | null> {
    const { desk, register, returned } = this.#options;
    const handled = await desk.handle(conversation, received.id, received.view ?? null);
    const replies = handled.kind === 'handled' ? handled.said.filter((line) => line.from !== 'requester') : [];
    if (on === null || replies.length === 0) return null;
    // Written down before it counts as delivered: after a crash in between it comes as a message of its own.
    for (const { id } of replies) await register.deliveries.record({ message: id, conversation, externalId: on, shown: null });
    returned(replies.map(({ id }) => id));
    if (label !== null) await register.deliveries.answered(conversation, question, label);
    const now = await this.#keeper.current(conversation);
    // For everybody who looks later; the response is for the one who pressed.
    void this.#keeper.freshen(conversation);
    const parts: readonly Part[] | undefined = now?.cards.get(on);
    return now && parts ? cardOf(parts, now.shown.context) : null;
  }

  /** The question is answered already, or is another's. */
  async #past(conversation: ConversationId, on: string | null, { reference }: Speaker, it: Activity): Promise<InvokeResponse> {
    const texts = teamsTexts(languageOf(it));
    const now = await this.#keeper.current(conversation);
    const parts = on === null ? undefined : now?.cards.get(on);
    if (now && parts) return card(cardOf(parts, now.shown.context));
    return said(reference.kind === 'personal' ? texts.past : texts.notYours);
  }

  #failed(conversation: ConversationId, error: unknown): void {
    this.#options.log.error({ conversation, err: error }, 'an answer given on a card waits for the next look');
  }
}

/** Universal Actions, response format: the card that takes the place of the one that was pressed. */
function card(value: Card): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } };
}

/** The card stays, and the person reads this. */
function said(value: string): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value } };
}

function refused(message: string): InvokeResponse {
  return { status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message } } };
}
