import type { Desk } from '../../bot/index.ts';
import {
  type AttachmentId,
  type Case,
  type ConversationId,
  type Incoming,
  type IntakeId,
  idFrom,
  type Language,
  newId,
  type PersonId,
  type Reference,
  type Registration,
} from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import { readAloud } from './render.ts';

/** What a colleague registers for somebody else. */
export interface RegisterForOther {
  /** The client's: the same again is one registration. */
  readonly id: string;
  readonly by: PersonId;
  readonly requester: /** The phone is what he says it is, where nobody knew one. */
    | { readonly kind: 'known'; readonly id: PersonId; readonly phone: string | null }
    /** Somebody who is known by name alone: he has no digital address. */
    | { readonly kind: 'new'; readonly name: string; readonly phone: string | null };
  readonly language: Language;
  readonly text: string;
  /** Scans, kept already. */
  readonly attachments: readonly AttachmentId[];
  readonly registration: Registration;
}

/** What became of it. */
export interface Registered {
  readonly person: PersonId;
  /** To read aloud; null for what is written down nowhere. */
  readonly reference: Reference | null;
  /** What the desk says to the requester. */
  readonly said: string;
  /** Danger: its first line says what to do now. */
  readonly alarm: boolean;
  /** What must still be known: where the danger is. The id of the question; null where nothing is asked. */
  readonly asks: string | null;
}

/** What somebody answered who was called back, or who is on the phone still. */
export interface PassedOn {
  readonly id: string;
  readonly by: PersonId;
  /** By the conversation, or by the id of the registration that began it. */
  readonly of: { readonly conversation: ConversationId } | { readonly registration: string };
  readonly answer: NonNullable<Incoming['answer']>;
  readonly text: string;
}

export interface DeskIntakeOptions {
  readonly desk: Pick<Desk, 'receive' | 'handle'>;
  readonly register: Pick<Register, 'peoplePages' | 'conversations'> & {
    readonly outbox: Pick<Register['outbox'], 'markMessagesDelivered'>;
  };
}

/** What somebody says about a case in another system than the desk's. */
export interface Added {
  readonly id: string;
  readonly by: PersonId;
  readonly case: Pick<Case, 'id' | 'conversation' | 'channel'>;
  readonly text: string;
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
  async register(it: RegisterForOther): Promise<Registered> {
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
  async add({ id, by, case: it, text }: Added): Promise<void> {
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
