/**
 * The room of queues: what waits for people (a queue of tickets per team), what waits to be sent (one job per conversation)
 * and what waits for its moment (timers), on BullMQ, with Redis or PostgreSQL behind it. All of it is a projection of the
 * register: a commit's outbox entries are projected here, a sweep finds what a crash left, and a reconciler under a lease
 * makes the queues what the register says, so that they may be wiped at any time. Channels and turns are handed in as ports.
 */
export { QueueUnavailable } from './errors.ts';
export type { HandlerMeans, HandlerOutcome, SupplierLetter, SupplierMail } from './handlers/handler.ts';
export { handlerHooks } from './handlers/hooks.ts';
export { openQueues } from './open.ts';
export type { DeliverTogether, NoticeMeans, QueueOptions, Queues } from './types.ts';
export { whyNotPosted } from './webhook-post.ts';
export type { WebhookOptions } from './webhooks.ts';
