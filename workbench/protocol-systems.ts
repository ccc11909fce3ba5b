import type { WebhookEvent } from '../domain/index.ts';

/** What administrators are told of other systems and say; the routes stand in `protocol.ts`. */

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface TokenList {
  readonly tokens: readonly TokenRow[];
}

export interface TokenRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
}

/** The secret is shown this once. */
export interface MadeToken {
  readonly token: TokenRow;
  readonly secret: string;
}

export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly active: boolean;
  readonly failingSince: string | null;
  /** What its far side answered last, when it was switched off. */
  readonly offBecause: string | null;
  readonly createdAt: string;
}

export interface WebhookList {
  readonly webhooks: readonly WebhookRow[];
}

export interface WebhookRequest {
  readonly url: string;
  readonly events: readonly WebhookEvent[];
}

export interface MadeWebhook {
  readonly webhook: WebhookRow;
  readonly secret: string;
}

export interface WebhookDeliveryRow {
  readonly id: string;
  readonly event: string;
  readonly case: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly answer: string | null;
  readonly at: string;
  /** When it is tried again. */
  readonly again: string | null;
}

export interface WebhookLog {
  readonly deliveries: readonly WebhookDeliveryRow[];
}
