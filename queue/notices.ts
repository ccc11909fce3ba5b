import type { OutgoingNotice } from '../domain/index.ts';
import { messageOf } from './errors.ts';
import type { Log, NoticeMeans, NoticesPort } from './types.ts';

const BATCH = 20;
const MAX_ATTEMPTS = 6;
const RETRY_MS = 60_000;

/**
 * Sends notices to those they are for, by the first means that reaches them; the workbench shows them anyway. A notice is taken by one process at a
 * time; after a crash it is sent again.
 */
export class NoticeSender {
  readonly #notices: NoticesPort;
  readonly #means: readonly NoticeMeans[];
  readonly #log: Log;

  constructor(notices: NoticesPort, means: readonly NoticeMeans[], log: Log) {
    this.#notices = notices;
    this.#means = means;
    this.#log = log;
  }

  /** Sends what is due. */
  async sweep(): Promise<void> {
    for (;;) {
      const taken = await this.#notices.takeUnsent(BATCH);
      await Promise.all(taken.map((notice) => this.#send(notice)));
      if (taken.length < BATCH) return;
    }
  }

  async #send(notice: OutgoingNotice): Promise<void> {
    let problem: string | null = null;
    for (const { name, send } of this.#means) {
      const delivery = await send(notice).catch((error: unknown) => ({ kind: 'failed', reason: messageOf(error) }) as const);
      if (delivery.kind === 'delivered') return await this.#notices.markSent(notice.id, name);
      if (delivery.kind === 'failed' && notice.attempt < MAX_ATTEMPTS) {
        const again = new Date(Date.now() + RETRY_MS * 2 ** (notice.attempt - 1));
        return await this.#notices.noteError(notice.id, `${name}: ${delivery.reason}`, again);
      }
      // Refused, or tried often enough: perhaps another reaches this person.
      if (delivery.kind !== 'unreachable') problem = `${name}: ${delivery.reason}`;
    }
    if (problem === null) return await this.#notices.markSent(notice.id, null);
    this.#log.warn({ notice: notice.id, reason: problem }, 'a notice stands in the workbench only');
    await this.#notices.noteError(notice.id, problem, null);
  }
}
