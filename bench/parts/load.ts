/** Load on a chat server, made by a process of its own so that it does not share the server's event loop. */
import { z } from 'zod';
import { runApart } from './children.ts';
import type { Conversation } from './conversations.ts';

export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests in all, a bound beside the time. */
  readonly atMost: number;
  /** Messages go round among them; each connection has its own. */
  readonly conversations: readonly Conversation[];
}

const result = z.object({
  /** Answers that hold a reference: the reply is committed. */
  good: z.number(),
  /** Of the good ones, in milliseconds. */
  latencies: z.array(z.number()),
  seconds: z.number(),
  errors: z.number(),
  /** The first answer that was not good. */
  firstError: z.string().nullable(),
});
export type LoadResult = z.infer<typeof result>;

/** Sends messages for some seconds, as many connections at once, each waiting for its answer before it sends the next. */
export async function load(order: LoadOrder): Promise<LoadResult> {
  return result.parse(await runApart(new URL('./load-generator.ts', import.meta.url), order));
}
