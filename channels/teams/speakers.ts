import { type ConversationId, type Language, newId, type PersonId } from '../../domain/index.ts';
import type { Place, Register, Seen } from '../../register/index.ts';
import type { Activity } from './activity.ts';
import type { Connector } from './connector.ts';
import { addressOf, referenceOf } from './place.ts';
import type { Speaker, TeamsReference } from './types.ts';

/** So long a place is taken to be as it was seen last: a busy chat is not written down anew with every message. */
const REMEMBERED_MS = 30_000;
const MOST_REMEMBERED = 20_000;

interface Remembered {
  readonly reference: string;
  readonly speaker: Speaker;
  readonly until: number;
}

/** Who speaks in an activity, and in which conversation: the person is joined by the directory's id or a verified address, never by likeness. */
export class Speakers {
  readonly #register: Pick<Register, 'people' | 'references'>;
  readonly #connector: Connector;
  /** The Playground's people are made up: they are joined to nobody. */
  readonly #madeUp: boolean;
  readonly #remembered = new Map<string, Remembered>();

  constructor(register: Pick<Register, 'people' | 'references'>, connector: Connector, madeUp: boolean) {
    this.#register = register;
    this.#connector = connector;
    this.#madeUp = madeUp;
  }

  /** The conversation of an activity's sender at its place, begun when it is new; its reference is kept. */
  async of(it: Activity): Promise<Speaker> {
    const reference = referenceOf(it);
    const address = addressOf(reference);
    const json = JSON.stringify(reference);
    const known = this.#remembered.get(address);
    if (known && known.reference === json && known.until > Date.now()) return known.speaker;
    const place = {
      channel: 'teams',
      address,
      shared: reference.kind !== 'personal',
      language: languageOf(it),
      data: { ...reference },
    } as const;
    const seen =
      (await this.#register.references.seenAs(this.#identity(it), place, newId<ConversationId>())) ??
      (await this.#begin(it, reference, place));
    const speaker: Speaker = { ...seen, reference };
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(address, { reference: json, speaker: { ...speaker, begun: false }, until: Date.now() + REMEMBERED_MS });
    return speaker;
  }

  /** The place is not what it was: the next activity from there is written down. */
  forget(reference: TeamsReference): void {
    this.#remembered.delete(addressOf(reference));
  }

  /** Whose case it is, for what is asked outside a conversation of the desk's own (a search, a link): known people only. */
  async known(it: Activity): Promise<PersonId | null> {
    return await this.#register.people.ofIdentity('teams', this.#identity(it));
  }

  async #begin(it: Activity, reference: TeamsReference, place: Omit<Place, 'person'>): Promise<Seen> {
    const person = await this.#person(it, reference);
    return await this.#register.references.seen({ ...place, person }, newId<ConversationId>());
  }

  /** Somebody new. */
  async #person(it: Activity, reference: TeamsReference): Promise<PersonId> {
    const externalId = this.#identity(it);
    const member = await this.#connector
      .member({ serviceUrl: reference.serviceUrl, conversation: reference.conversation, bot: reference.bot }, it.from.id)
      // Without the roster they are who the signed activity says, without an address.
      .catch(() => null);
    const name = (member?.name ?? it.from.name ?? '').trim() || 'Teams';
    const vouched = !this.#madeUp && member !== null && !member.guest;
    return await this.#register.people.known(
      {
        channel: 'teams',
        externalId,
        name,
        address: vouched ? member.address : null,
        directoryId: this.#madeUp ? null : (it.from.aadObjectId ?? null),
      },
      newId<PersonId>(),
    );
  }

  #identity({ from }: Activity): string {
    const id = from.aadObjectId ?? `teams:${from.id}`;
    return this.#madeUp ? `playground:${id}` : id;
  }
}

export function languageOf({ locale }: Pick<Activity, 'locale'>): Language {
  return locale && !/^nl\b/i.test(locale) ? 'en' : 'nl';
}
