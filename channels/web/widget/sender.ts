import type { Sent } from '../protocol.ts';
import { pause, retryDelay } from './backoff.ts';
import { drain, type Outbox, type OutboxItem } from './outbox.ts';
import type { Outcome } from './outcome.ts';
import { exclusively } from './tabs.ts';

export interface SenderOptions {
  readonly outbox: Outbox;
  /** Shared by the tabs, so that no two of them send the same message. */
  readonly lock: string;
  readonly post: (item: OutboxItem) => Promise<Outcome<Sent>>;
  readonly onDone: (item: OutboxItem, sent: Sent | null) => void;
  readonly onGone: () => void;
  /** A try failed and will be repeated (true), or things move again. */
  readonly onStuck: (stuck: boolean) => void;
  readonly signal: AbortSignal;
}

/** Empties the outbox whenever something is put in, and comes back to what could not be sent. */
export class Sender {
  readonly #o: SenderOptions;
  #running = false;
  #again = false;
  #waiting: AbortController | null = null;

  constructor(options: SenderOptions) {
    this.#o = options;
  }

  /** Now, also when a later try had been planned: something was added, or the connection is back. */
  flush(): void {
    this.#again = true;
    this.#waiting?.abort();
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    const { outbox, lock, post, onDone, onGone, onStuck, signal } = this.#o;
    this.#running = true;
    let failed = 0;
    while (!signal.aborted && (this.#again || failed > 0)) {
      this.#again = false;
      const end = await exclusively(lock, () =>
        signal.aborted ? Promise.resolve({ kind: 'empty' as const }) : drain(outbox, post, onDone),
      );
      if (signal.aborted) break;
      if (end.kind === 'gone') {
        onGone();
        break;
      }
      onStuck(end.kind === 'later');
      if (end.kind === 'empty') {
        failed = 0;
        continue;
      }
      this.#waiting = new AbortController();
      try {
        await pause(end.after ?? retryDelay(failed, Math.random()), AbortSignal.any([signal, this.#waiting.signal]));
      } catch {
        // Asked to try now, or stopped; the loop sees which.
      }
      this.#waiting = null;
      failed++;
    }
    this.#running = false;
  }
}
