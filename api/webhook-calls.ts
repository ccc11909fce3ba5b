import type { z } from 'zod';
import { newWebhookSecret } from '../domain/index.ts';
import { whyNotPosted } from '../queue/index.ts';
import type { Register, WebhookSubscription } from '../register/index.ts';
import type { Calls } from './call.ts';
import { Problem } from './problems.ts';
import {
  deliveryList,
  deliveryParams,
  nothing,
  subscribe,
  subscribed,
  subscriptionList,
  subscriptionParams,
  type subscriptionView,
} from './schemas.ts';

export interface WebhookCallOptions {
  readonly register: Pick<Register, 'webhooks'>;
  /** Whether webhooks may go to loopback and private addresses. */
  readonly webhooksInside: boolean;
}

/** Webhooks out: who is told of what, what became of it, and once more. */
export function webhookCalls(calls: Calls, { register: { webhooks }, webhooksInside }: WebhookCallOptions): void {
  const common = { scope: 'webhooks', tag: 'webhooks' } as const;
  const there = (found: boolean): Record<string, never> => {
    if (!found) throw new Problem('not-found');
    return {};
  };

  calls.write({
    ...common,
    path: '/webhooks',
    summary: 'Be told of what happens to cases; the secret is shown once',
    body: subscribe,
    answer: subscribed,
    status: 201,
    handle: async ({ token, body }) => {
      const problem = whyNotPosted(body.url, webhooksInside);
      if (problem !== null) throw new Problem('invalid', `url: ${problem}`);
      const secret = newWebhookSecret();
      return { ...render(await webhooks.subscribe({ ...body, secret, by: token.id })), secret };
    },
  });
  calls.read({
    ...common,
    path: '/webhooks',
    summary: 'List subscriptions',
    answer: subscriptionList,
    handle: async () => ({ webhooks: (await webhooks.list()).map(render) }),
  });
  calls.write({
    ...common,
    method: 'DELETE',
    path: '/webhooks/:webhook',
    summary: 'End a subscription, and its log',
    params: subscriptionParams,
    body: nothing,
    answer: nothing,
    status: 200,
    handle: async ({ token, params }) => there(await webhooks.remove(params.webhook, token.id)),
  });
  calls.write({
    ...common,
    path: '/webhooks/:webhook/resume',
    summary: 'Go on with a subscription that was switched off',
    params: subscriptionParams,
    body: nothing,
    answer: nothing,
    status: 200,
    handle: async ({ token, params }) => there(await webhooks.switchOn(params.webhook, token.id)),
  });
  calls.read({
    ...common,
    path: '/webhooks/:webhook/deliveries',
    summary: 'The newest hundred deliveries, with what was answered',
    params: subscriptionParams,
    answer: deliveryList,
    handle: async ({ params }) => {
      there((await webhooks.find(params.webhook)) !== null);
      const deliveries = await webhooks.log(params.webhook);
      return {
        deliveries: deliveries.map(({ createdAt, dueAt, doneAt, ...it }) => ({
          ...it,
          createdAt: createdAt.toISOString(),
          dueAt: dueAt.toISOString(),
          doneAt: doneAt?.toISOString() ?? null,
        })),
      };
    },
  });
  calls.write({
    ...common,
    path: '/webhooks/:webhook/deliveries/:delivery/replay',
    summary: 'Deliver one again, under the same id',
    params: deliveryParams,
    body: nothing,
    answer: nothing,
    status: 200,
    handle: async ({ params }) => there(await webhooks.replay(params.webhook, params.delivery)),
  });
}

function render({ createdAt, failingSince, events, ...it }: WebhookSubscription): z.input<typeof subscriptionView> {
  return { ...it, events: [...events], createdAt: createdAt.toISOString(), failingSince: failingSince?.toISOString() ?? null };
}
