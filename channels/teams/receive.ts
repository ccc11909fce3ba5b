import { type Said, within } from '../../bot/index.ts';
import {
  type ConversationId,
  type Incoming,
  type IntakeId,
  idFrom,
  type MessageId,
  newId,
  type OutgoingReplies,
  type OutgoingReply,
} from '../../domain/index.ts';
import { type Activity, mentionsBot, textOf } from './activity.ts';
import { readAnswer } from './card-answer.ts';
import { addressFor } from './card-keeper.ts';
import { teamsDelivery } from './deliver.ts';
import { hasFiles, takeFiles } from './files.ts';
import type { TeamsOptions } from './options.ts';
import { languageOf } from './speakers.ts';
import { teamsTexts } from './texts.ts';
import type { Speaker } from './types.ts';

/** The longest message, in characters: Teams itself takes some 28 KB. */
export const MAX_TEXT = 20_000;
/** An answer that is there sooner needs no sign that it is being worked on. */
const TYPING_AFTER_MS = 500;
/** The outbox takes up what nobody has sent after five seconds. */
const SEND_WITHIN_MS = 4_000;
/** Teams shows it for some seconds. */
const TYPING_AGAIN_MS = 4_000;

type Received = Awaited<ReturnType<TeamsOptions['desk']['receive']>>;

/** A message is stored; what it asks is worked on afterwards, and answered by the outbox. */
export class Receiver {
  readonly #options: TeamsOptions;
  readonly #deliver: ReturnType<typeof teamsDelivery>;
  /** The end of each conversation's line of sending. */
  readonly #sending = new Map<ConversationId, Promise<unknown>>();

  constructor(options: TeamsOptions) {
    this.#options = options;
    this.#deliver = teamsDelivery(options);
  }

  /** When this returns the message may be acknowledged. The same activity again changes nothing. */
  async message(it: Activity, speaker: Speaker): Promise<void> {
    // In a group chat or channel the desk hears what is said to it, also where it might hear everything.
    if (speaker.reference.kind !== 'personal' && !mentionsBot(it)) return;
    const text = textOf(it);
    const texts = teamsTexts(languageOf(it));
    if (text.length > MAX_TEXT) return await this.#refuse(it, speaker, text, 'too-long', texts.tooLong(MAX_TEXT));
    if (!hasFiles(it)) {
      if (text.length > 0) return await this.#take(it, speaker, { text, answer: null });
      const other = (it.attachments ?? []).some(({ contentType }) => contentType !== 'text/html');
      return await this.#refuse(it, speaker, '', other ? 'picture-only' : 'empty', other ? texts.pictureOnly : texts.nothingSaid);
    }
    const { ids, names, refused } = await takeFiles(it, speaker.conversation, speaker.reference, this.#options);
    if (ids.length > 0 || text.length > 0)
      // A file alone is called by its name, so that it can be an answer.
      await this.#take(it, speaker, { text: text || names.join(', '), answer: null, ...(ids.length > 0 ? { attachments: ids } : {}) });
    if (refused.length > 0) await this.say(speaker, it, texts.filesRefused(refused));
  }

  /** What was pressed or filled in on a card of a client that sends it as a message. */
  async values(it: Activity, speaker: Speaker, data: unknown): Promise<void> {
    const answer = await readAnswer(data, this.#options.register.people);
    const texts = teamsTexts(languageOf(it));
    if (answer === 'unknown-person') await this.say(speaker, it, texts.unknownColleague);
    else if (answer) await this.#take(it, speaker, answer.incoming);
    else await this.say(speaker, it, texts.past);
  }

  async edited(it: Activity, speaker: Speaker): Promise<void> {
    const text = textOf(it).slice(0, MAX_TEXT);
    if (it.id && text) await this.#changed(speaker.conversation, it.id, text);
  }

  async deleted(it: Activity, speaker: Speaker): Promise<void> {
    if (it.id) await this.#changed(speaker.conversation, it.id, null);
  }

  async #changed(conversation: ConversationId, activity: string, text: string | null): Promise<void> {
    const seq = await this.#options.register.conversations.change(conversation, activity, text);
    if (seq !== null) this.#options.register.live.publish([{ kind: 'said', conversation, seq }]);
  }

  /** Said once, however often the activity comes. */
  async say(speaker: Speaker, it: Activity, text: string): Promise<void> {
    await this.#options.desk.tell(speaker.conversation, idFrom<MessageId>(speaker.conversation, it.id ?? '', 'said'), { text });
  }

  async #take(it: Activity, speaker: Speaker, payload: Incoming): Promise<void> {
    const { desk } = this.#options;
    const { conversation } = speaker;
    const received = await desk.receive({
      id: newId<IntakeId>(),
      channel: 'teams',
      source: conversation,
      externalId: it.id ?? newId<MessageId>(),
      conversation,
      payload,
    });
    if (received.status === 'pending') this.#work(speaker, received);
  }

  #work(speaker: Speaker, received: Received): void {
    const { connector, log } = this.#options;
    const typing = () => void connector.send(addressFor(speaker.reference), { type: 'typing' }).catch(() => {});
    let timer = setTimeout(() => {
      typing();
      timer = setInterval(typing, TYPING_AGAIN_MS);
    }, TYPING_AFTER_MS);
    void this.#answer(speaker.conversation, received)
      .catch((error: unknown) => log.error({ conversation: speaker.conversation, err: error }, 'a message waits for the next look'))
      .finally(() => clearTimeout(timer));
  }

  /** Handles a message, and sends what was said at once; what cannot be sent now the outbox sends later. */
  async #answer(conversation: ConversationId, received: Received): Promise<void> {
    const { desk } = this.#options;
    const handled = await desk.handle(conversation, received.id, received.view ?? null);
    const replies = handled.kind === 'handled' ? outgoing(conversation, handled.said) : null;
    if (!replies) return;
    const before = this.#sending.get(conversation) ?? Promise.resolve();
    const send = () => within(this.#deliver(replies, true), SEND_WITHIN_MS);
    const mine = before.then(send, send);
    this.#sending.set(conversation, mine);
    try {
      await mine;
    } finally {
      if (this.#sending.get(conversation) === mine) this.#sending.delete(conversation);
    }
  }

  async #refuse(it: Activity, speaker: Speaker, text: string, reason: string, said: string): Promise<void> {
    await this.#options.register.ledger.refuse({
      id: newId<IntakeId>(),
      channel: 'teams',
      source: speaker.conversation,
      externalId: it.id ?? newId<MessageId>(),
      conversation: speaker.conversation,
      text,
      reason,
    });
    await this.say(speaker, it, said);
  }
}

function outgoing(conversation: ConversationId, said: readonly Said[]): OutgoingReplies | null {
  const [first, ...more] = said.flatMap(({ id, seq, from, text, reply }): OutgoingReply[] =>
    from === 'requester' ? [] : [{ id, conversation, channel: 'teams', seq, author: null, text, reply, attempt: 1 }],
  );
  return first ? [first, ...more] : null;
}
