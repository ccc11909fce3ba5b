import {
  type Correction,
  examplesToJudge,
  judgedBy,
  judgeInWorker,
  maskForLearning,
  modelId,
  objection,
  taughtBy,
} from '../intents/index.ts';
import type { Register } from '../register/index.ts';
import { acceptedCorrections, learnedBy, modelOf } from './models.ts';
import type { PublishedCatalogue } from './published.ts';

export interface LearnerParts {
  readonly register: Pick<Register, 'published' | 'models' | 'examples' | 'live'>;
  readonly published: Pick<PublishedCatalogue, 'current'>;
  /** Takes or keeps the lease; only who has it learns. */
  readonly lead: () => Promise<boolean>;
  readonly log: { info(message: string): void; warn(message: string): void; error(data: object, message: string): void };
  /** Between two looks. */
  readonly pollMs?: number;
}

/** What a look came to. */
export type Learned =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'live'; readonly model: string }
  | { readonly kind: 'refused'; readonly model: string; readonly reason: string };

const POLL_MS = 5_000;
/** Training costs seconds: what fails is not tried as often. */
const FAILING_MS = 60_000;

/**
 * Learns from corrections in the background, one process for all: corrected cases become proposals; when an administrator has accepted some, a new
 * model is learned, judged beside the one in force, and takes its place only when it is no worse.
 */
export class Learner {
  readonly #parts: LearnerParts;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> = Promise.resolve();
  #stopped = false;
  #failing = false;

  constructor(parts: LearnerParts) {
    this.#parts = parts;
  }

  begin(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(
      () => {
        this.#working = this.#step().then(() => this.begin());
      },
      this.#failing ? FAILING_MS : (this.#parts.pollMs ?? POLL_MS),
    );
  }

  /** Waits for what is under way: end the training first. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#working;
  }

  async #step(): Promise<void> {
    const { lead, log } = this.#parts;
    try {
      if (await lead()) {
        await this.propose();
        await this.learn();
      }
      this.#failing = false;
    } catch (error) {
      if (!this.#failing && !this.#stopped) log.error({ err: error }, 'learning from corrections failed; it is tried again');
      this.#failing = true;
    }
  }

  /** Makes proposals of what workers corrected since the last look. What was set right again, or was restricted, teaches nothing. @returns how many */
  async propose(): Promise<number> {
    const { examples } = this.#parts.register;
    const { catalogue } = this.#parts.published.current();
    const restricted = new Set(catalogue.products.flatMap((product) => (product.restricted ? [product.id] : [])));
    let proposed = 0;
    for (const { names, team, ...it } of await examples.corrected()) {
      const text = maskForLearning(it.text, { names });
      const same = it.product === it.was.product && it.kind === it.was.kind;
      // The product stayed: then the team is what was wrong, and the product with it, unless it is only the kind.
      const onlyTeam = it.product === it.was.product && !isTeamOf(catalogue, it.product, team);
      const teaches = text !== '' && !(same && !onlyTeam) && !(it.was.product !== null && restricted.has(it.was.product));
      const product = onlyTeam ? null : it.product;
      await examples.propose(
        { ...it, text: teaches ? text : '', product, team: product === null ? team : null },
        teaches ? 'proposed' : 'rejected',
      );
      if (teaches) proposed += 1;
    }
    return proposed;
  }

  /** Learns what was accepted, if anything is new, and lets it decide when it is no worse. */
  async learn(): Promise<Learned> {
    const { register, published, log } = this.#parts;
    const { catalogue } = published.current();
    const named = await register.models.inForce();
    // Until this process has taken over what is in force there is nothing to compare with.
    if (!named?.model || named.version !== catalogue.version) return { kind: 'nothing' };
    const taught = taughtBy(catalogue, await acceptedCorrections(register));
    const ids = taught.map(({ id }) => id);
    const id = modelId(catalogue.version, ids);
    if (id === named.model) return { kind: 'nothing' };
    const known = await register.models.find(id);
    if (known?.state === 'refused' || (await this.#takenOut(id, ids))) return { kind: 'nothing' };

    const before = await learnedBy(named.model, catalogue, register);
    const rows = judgedBy(
      catalogue,
      before.filter((it) => ids.includes(it.id)),
    );
    const beside = (against: string, others: readonly Correction[]) =>
      judgeInWorker({ against, candidate: examplesToJudge(catalogue, taught), inForce: examplesToJudge(catalogue, others), rows });
    const judgement = await beside(named.model, before);
    // Small losses that are tolerated each time must not add up: the catalogue alone is the other measure.
    const alone = before.length === 0 ? null : await beside(modelId(catalogue.version), []);
    const reason = objection(judgement) ?? (alone && objection(alone));
    if (reason !== null) {
      await register.models.refuse({ id, catalogue: catalogue.version, examples: ids, judged: judgement }, reason);
      log.warn(`model ${id} is worse than ${named.model} and does not go live: ${reason}`);
      return { kind: 'refused', model: id, reason };
    }
    await modelOf(catalogue, taught, register, judgement);
    if (!(await register.models.putInForce(id, named.model, null))) return { kind: 'nothing' };
    register.live.publish([{ kind: 'published', version: catalogue.version }]);
    log.info(`model ${id} has learned ${ids.length} corrections and decides now, instead of ${named.model}`);
    return { kind: 'live', model: id };
  }

  /**
   * What people took out stays out: its corrections, whatever is learned beside them, until one of them is taken back; and the very same model, until
   * somebody has decided on a correction since.
   */
  async #takenOut(id: string, ids: readonly string[]): Promise<boolean> {
    const { models, examples } = this.#parts.register;
    const decided = (await examples.lastDecision())?.getTime() ?? 0;
    return (await models.takenOut()).some((it) => {
      const all = it.corrections.length > 0 && it.corrections.every((own) => ids.includes(own));
      return all || (it.id === id && decided <= it.at.getTime());
    });
  }
}

function isTeamOf(catalogue: ReturnType<PublishedCatalogue['current']>['catalogue'], product: string | null, team: string): boolean {
  const it = product === null ? null : catalogue.products.find(({ id }) => id === product);
  return it ? it.team === team || it.wishTeam === team : false;
}
