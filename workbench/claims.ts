import type { Desk } from '../bot/index.ts';
import { type Catalogue, productsBySkill } from '../catalogue/index.ts';
import type { CaseId, Checkpoint, WorkProfile } from '../domain/index.ts';
import { type Queues, QueueUnavailable } from '../queue/index.ts';
import type { Colleague, Register, WaitingCase } from '../register/index.ts';
import { preferredFirst } from './preferred.ts';

/** More tickets than this in a row that turn out stale: the reconciler has work to do, and the worker should not wait for it. */
const MAX_STALE = 50;
/** Among so many that are due at the same moment is looked for what somebody would rather have. */
const EQUALS = 50;

export interface ClaimPorts {
  readonly desk: Desk;
  readonly queues: Pick<Queues, 'take' | 'remove'>;
  readonly register: Pick<Register, 'cases' | 'workProfiles' | 'rooms'>;
  readonly catalogue: () => Catalogue;
  readonly checkpoint: (checkpoint: Checkpoint) => void;
}

/** What "give me the next" gives. */
export type Next =
  | { readonly kind: 'claimed'; readonly case: CaseId }
  /** Nothing waits that he is given. */
  | { readonly kind: 'none' }
  /** He has as many claims as he may have. */
  | { readonly kind: 'too-many'; readonly holds: number; readonly most: number };

type Tried = Exclude<Next, { kind: 'none' }> | { readonly kind: 'stale' | 'not-for-you' };

/** "Give me the next", for the workers of this process. */
export class NextCase {
  readonly #ports: ClaimPorts;
  /** Chosen by the register and not claimed yet: of several who press at the same moment each is offered another. */
  readonly #choosing = new Set<CaseId>();

  constructor(ports: ClaimPorts) {
    this.#ports = ports;
  }

  /**
   * Takes the ticket with the nearest deadline and claims its case. The ticket only says where to look; one transaction on the case decides who has
   * it, whether he may have another, and whether he knows the product. A ticket whose case is no longer queued is dropped. A crash in between leaves
   * the ticket to come back by itself. For who has skills or preferences in this team the register chooses, in the same order; so it does when the
   * queue cannot be asked: slower, and just as true.
   */
  async next(team: string, colleague: Colleague): Promise<Next> {
    const { workProfiles } = this.#ports.register;
    if (isParticular(this.#wanted(team, await workProfiles.of(colleague.id)))) return this.#byRegister(team, colleague);
    for (let i = 0; i < MAX_STALE; i++) {
      const ticket = await this.#ticket(team);
      // Without a ticket the register has the last word: one may still be on its way, or in the hands of a process that died.
      if (ticket === 'unavailable' || ticket === null) return this.#byRegister(team, colleague);
      this.#ports.checkpoint('claim:after-take');
      const tried = await this.#claim(ticket.case, colleague);
      if (tried.kind === 'too-many' || tried.kind === 'not-for-you') {
        await ticket.giveBack();
        if (tried.kind === 'too-many') return tried;
        workProfiles.forget(colleague.id);
        return this.#byRegister(team, colleague);
      }
      // Nobody waits for that: a ticket whose case is claimed gives nobody anything.
      void ticket.done().then(() => this.#ports.checkpoint('claim:after-complete'));
      if (tried.kind === 'claimed') return tried;
    }
    return this.#byRegister(team, colleague);
  }

  async #ticket(team: string) {
    try {
      return await this.#ports.queues.take(team);
    } catch (error) {
      if (error instanceof QueueUnavailable) return 'unavailable';
      throw error;
    }
  }

  async #byRegister(team: string, colleague: Colleague): Promise<Next> {
    const { register, queues } = this.#ports;
    for (let i = 0; i < MAX_STALE; i++) {
      const choice = await this.#choose(team, colleague);
      if (!choice) return { kind: 'none' };
      const tried = await this.#claim(choice.id, colleague).finally(() => this.#choosing.delete(choice.id));
      if (tried.kind === 'too-many') return tried;
      if (tried.kind === 'not-for-you') register.workProfiles.forget(colleague.id);
      if (tried.kind !== 'claimed') continue;
      void queues.remove({ team, case: choice.id, round: choice.round });
      return tried;
    }
    return { kind: 'none' };
  }

  /** @returns the one that is his to try, until `#choosing` is told otherwise */
  async #choose(team: string, colleague: Colleague): Promise<WaitingCase | null> {
    const { register, catalogue } = this.#ports;
    const profile = await register.workProfiles.of(colleague.id);
    const { products, prefers } = this.#wanted(team, profile);
    for (;;) {
      const equals = await register.cases.nextQueued(team, colleague, { products, except: this.#choosing, equals: prefers ? EQUALS : 1 });
      const ordered = prefers ? await preferredFirst(equals, profile, catalogue(), (tokens) => register.rooms.byToken(tokens)) : equals;
      const choice = ordered.find(({ id }) => !this.#choosing.has(id));
      if (choice) this.#choosing.add(choice.id);
      // Others were quicker with all of these: there may be more behind them.
      if (choice || equals.length === 0) return choice ?? null;
    }
  }

  #wanted(team: string, profile: WorkProfile): Wanted {
    return {
      products: productsBySkill(this.#ports.catalogue(), profile.skills, team),
      prefers: profile.places.length > 0 || profile.products.length > 0,
    };
  }

  async #claim(id: CaseId, colleague: Colleague): Promise<Tried> {
    this.#ports.checkpoint('claim:before-commit');
    const result = await this.#ports.desk.act(id, { action: 'claim', next: true }, colleague);
    this.#ports.checkpoint('claim:after-commit');
    // Nothing done: he has it already, and the ticket came back from a crash.
    if (result?.kind === 'done') return result.effects.length > 0 ? { kind: 'claimed', case: id } : { kind: 'stale' };
    if (result?.code === 'too-many') return { kind: 'too-many', holds: result.holds, most: result.most };
    return { kind: result?.code === 'not-for-you' ? 'not-for-you' : 'stale' };
  }
}

interface Wanted {
  readonly products: ReadonlySet<string> | null;
  readonly prefers: boolean;
}

function isParticular({ products, prefers }: Wanted): boolean {
  return products !== null || prefers;
}
