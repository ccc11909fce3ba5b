import { newSecret } from './ids.ts';

/** What another system may be told of by webhook. */
export const WEBHOOK_EVENTS = [
  'case.registered',
  'case.claimed',
  'case.waiting',
  'case.ready',
  'case.closed',
  'case.reopened',
  'case.moved',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** A new secret to sign with, as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return `whsec_${newSecret().replaceAll('-', '+').replaceAll('_', '/')}=`;
}

/** A delivery as it is to be sent. It carries no text and no person: who may read the case reads it by the API. */
export interface WebhookTask {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly attempt: number;
  /** The body; the same at every attempt. */
  readonly body: string;
}
