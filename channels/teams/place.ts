import { z } from 'zod';
import { type Activity, kindOf, tenantOf } from './activity.ts';
import type { TeamsReference } from './types.ts';

const reference = z.object({
  serviceUrl: z.url(),
  conversation: z.string().min(1),
  kind: z.enum(['personal', 'group', 'channel']),
  tenant: z.string(),
  bot: z.string(),
  user: z.string().min(1),
});

/** What is kept of an activity, so that its sender can be spoken to later. */
export function referenceOf(it: Activity): TeamsReference {
  return {
    serviceUrl: it.serviceUrl,
    conversation: it.conversation.id,
    kind: kindOf(it),
    tenant: tenantOf(it) ?? '',
    bot: it.recipient?.id ?? '',
    user: it.from.id,
  };
}

/** A stored reference; null for one that this version cannot read. */
export function readReference(data: unknown): TeamsReference | null {
  const parsed = reference.safeParse(data);
  return parsed.success ? parsed.data : null;
}

/** Every chat of the desk's own has one conversation; in a group chat or a thread of a channel each person has one. Neither id has a blank in it. */
export function addressOf({ conversation, user }: TeamsReference): string {
  return `${encodeURIComponent(conversation)} ${encodeURIComponent(user)}`;
}

/** The chat or thread, and the person in it. */
export function readAddress(address: string): { readonly conversation: string; readonly user: string } | null {
  const [conversation = '', user = '', ...more] = address.split(' ');
  if (!conversation || !user || more.length > 0) return null;
  try {
    return { conversation: decodeURIComponent(conversation), user: decodeURIComponent(user) };
  } catch {
    return null;
  }
}
