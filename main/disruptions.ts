import type { Register, RunningDisruption } from '../register/index.ts';
import { repeat } from './repeat.ts';

/** News of a disruption can be missed while the connection for news is away; so the register is asked as well. */
const ASK_MS = 5_000;

/** The known disruptions that run, at hand for every turn. They are few, and seldom change. */
export class RunningDisruptions {
  readonly #register: Pick<Register, 'disruptions' | 'live'>;
  #current: readonly RunningDisruption[] = [];

  constructor(register: Pick<Register, 'disruptions' | 'live'>) {
    this.#register = register;
  }

  current(): readonly RunningDisruption[] {
    return this.#current;
  }

  async refresh(): Promise<void> {
    this.#current = await this.#register.disruptions.running();
  }

  /** Follows what any process declares. @returns how to end it */
  follow(failed: (error: unknown) => void): () => Promise<void> {
    const unlisten = this.#register.live.listen((news) => {
      if (news.kind === 'disruption') this.refresh().catch(failed);
    });
    const end = repeat(ASK_MS, () => this.refresh(), failed);
    return async () => {
      unlisten();
      await end();
    };
  }
}
