import type { Desk } from '../../bot/index.ts';
import {
  type AddedToCase,
  type ConversationId,
  type Incoming,
  type IntakeId,
  idFrom,
  type Language,
  newId,
  type PassedOn,
  type PersonId,
  type RegisteredForOther,
  type RegisterForOther,
} from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import { readAloud } from './render.ts';

export interface DeskIntakeOptions {
  readonly desk: Pick<Desk, 'receive' | 'handle'>;
  readonly register: Pick<Register, 'peoplePages' | 'conversations'> & {
    readonly outbox: Pick<Register['outbox'], 'markMessagesDelivered'>;
  };
}

/** Takes in what colleagues register, like every channel: stored first, then handled. */
export class DeskIntake {
  readonly #options: DeskIntakeOptions;

  constructor(options: DeskIntakeOptions) {
    this.#options = options;
  }

  /**
   * Registers; when this returns nothing of it can be lost. The same id again gives what the first gave.
   * @throws Error when it could not be handled: it is kept in the intake ledger then
   */
  async register(it: RegisterForOther): Promise<RegisteredForOther> {
    const person = await this.#requester(it);
    // Each registration is a conversation of its own: nothing that is open in another one stands in its way.
    const conversation = conversationOf(it.id);
    await this.#begin(conversation, person, it.language);
    const sender = { kind: 'colleague', person: it.by, registers: it.registration } as const;
    const attachments = it.attachments.length > 0 ? { attachments: it.attachments } : {};
    await this.#take(conversation, it.id, { text: it.text, answer: null, sender, ...attachments });
    // Read back, so that a repeated request hears the same.
    return { person, ...readAloud(await this.#options.register.conversations.timeline(conversation, 0, 5)) };
  }

  /** An answer that was given by phone. What the desk asks upon it is news like any other; a word of thanks is not. */
  async passOn({ id, by, of, answer, text }: PassedOn): Promise<void> {
    const conversation = 'conversation' in of ? of.conversation : conversationOf(of.registration);
    await this.#take(conversation, id, { text, answer, sender: { kind: 'colleague', person: by, registers: null } });
  }

  /** Its requester said something about his case. The same id again is one message. */
  async add({ id, by, case: it, text }: AddedToCase): Promise<void> {
    const sender = { kind: 'colleague', person: by, registers: null } as const;
    await this.#take(it.conversation, id, { text, answer: null, sender, about: [it.id] });
  }

  async #requester({ id, requester, language }: RegisterForOther): Promise<PersonId> {
    if (requester.kind === 'known') {
      if (requester.phone !== null) await this.#options.register.peoplePages.addPhone(requester.id, requester.phone);
      return requester.id;
    }
    const person = idFrom<PersonId>('desk requester', id);
    await this.#options.register.peoplePages.add({ id: person, name: requester.name, phone: requester.phone, language });
    return person;
  }

  async #begin(id: ConversationId, person: PersonId, language: Language): Promise<void> {
    const { conversations } = this.#options.register;
    const state = { language, open: [], lastProduct: null };
    await conversations.create({ id, channel: 'desk', person, secret: null, state });
  }

  async #take(conversation: ConversationId, externalId: string, payload: Incoming): Promise<void> {
    const { desk, register } = this.#options;
    const arrival = { id: newId<IntakeId>(), channel: 'desk', source: 'workbench', externalId, conversation, payload } as const;
    const received = await desk.receive(arrival);
    const handled = await desk.handle(conversation, received.id, received.view ?? null);
    if (handled.kind === 'parked') throw new Error(`it is kept, but could not be handled: ${handled.reason}`);
    if (handled.kind !== 'handled') return;
    const registers = payload.sender?.kind === 'colleague' && payload.sender.registers !== null;
    const heard = handled.said.filter(({ from, reply }) => from !== 'requester' && (registers || reply?.ask === undefined));
    // Before anybody can do anything with the case: news of that takes all along that waits, and nobody is called about what he heard.
    await register.outbox.markMessagesDelivered(heard.map(({ id }) => id));
  }
}

function conversationOf(registration: string): ConversationId {
  return idFrom<ConversationId>('desk', registration);
}
