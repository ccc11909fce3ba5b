import type { Log } from './types.ts';

/** The queues cannot be reached now; whoever asked can go on from the register, which is the truth. */
export class QueueUnavailable extends Error {
  readonly code = 'QUEUE_UNAVAILABLE';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'QueueUnavailable';
  }
}

/**
 * What a promise gives, if it does so in time. Nothing in a queue may make a person wait for long.
 * @param late gets what comes after all, to undo it
 * @throws QueueUnavailable when it takes longer, or fails
 */
export async function within<Value>(ms: number, work: Promise<Value>, late: (value: Value) => void = () => {}): Promise<Value> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    reject(new QueueUnavailable(`the queues did not answer within ${ms} ms`));
  }, ms);
  work.then(
    (value) => expired && late(value),
    () => {},
  );
  try {
    return await Promise.race([work, tooLate]);
  } catch (error) {
    throw error instanceof QueueUnavailable
      ? error
      : new QueueUnavailable(`the queues answer with an error: ${messageOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** How long the same complaint is not repeated: while a server is away, every attempt to reach it would be one. */
const QUIET_MS = 60_000;

/** A listener for the `error` of a queue or worker; without one, Node ends the process. */
export function reporter(log: Log, message: string, data: object = {}): (error: Error) => void {
  const said = new Map<string, number>();
  return (error) => {
    const text = messageOf(error);
    const now = performance.now();
    if (now - (said.get(text) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
    if (said.size > 20) said.clear();
    said.set(text, now);
    log.warn({ ...data, error: text }, message);
  };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
