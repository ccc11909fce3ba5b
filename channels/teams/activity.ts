import { z } from 'zod';
import { storable } from '../../domain/index.ts';
import { TeamsError } from './errors.ts';

const id = z.string().min(1).max(1_000);
const account = z.object({
  id,
  name: z.string().max(500).nullish(),
  aadObjectId: z.string().max(200).nullish(),
});
const attachment = z.object({
  contentType: z.string().max(500),
  contentUrl: z.string().max(4_000).nullish(),
  content: z.unknown().optional(),
  name: z.string().max(500).nullish(),
});
const activity = z.object({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  name: z.string().max(200).nullish(),
  action: z.string().max(100).nullish(),
  channelId: z.literal('msteams'),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(1_000),
  from: account,
  recipient: account.nullish(),
  conversation: z.object({
    id,
    conversationType: z.string().max(100).nullish(),
    tenantId: z.string().max(200).nullish(),
  }),
  locale: z.string().max(50).nullish(),
  text: z.string().nullish(),
  attachments: z.array(attachment).max(100).nullish(),
  entities: z.array(z.unknown()).max(500).nullish(),
  value: z.unknown().optional(),
  replyToId: z.string().max(1_000).nullish(),
  membersAdded: z.array(account).max(1_000).nullish(),
  channelData: z
    .object({
      tenant: z.object({ id: z.string().max(200) }).nullish(),
      eventType: z.string().max(100).nullish(),
    })
    .nullish(),
});

/** What Teams posts (Bot Framework, Activity schema): the fields that the desk reads. */
export type Activity = z.output<typeof activity>;
export type Attachment = z.output<typeof attachment>;

/** @throws TeamsError `not-an-activity`, with what is wrong with it */
export function readActivity(body: unknown): Activity {
  const parsed = activity.safeParse(body);
  if (!parsed.success) throw new TeamsError('not-an-activity', z.prettifyError(parsed.error));
  return parsed.data;
}

/** What an activity is about. */
export type TeamsEvent =
  | { readonly kind: 'message' }
  /** A card of an old client: its values come as a message. */
  | { readonly kind: 'card-values'; readonly data: unknown }
  | { readonly kind: 'edited' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'installed' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'card-action'; readonly verb: string; readonly data: unknown }
  | { readonly kind: 'file-consent'; readonly value: unknown }
  | { readonly kind: 'extension'; readonly name: string; readonly value: unknown }
  /** An invoke that nobody here answers: Teams is told so. */
  | { readonly kind: 'unknown-invoke'; readonly name: string }
  /** Nothing to do. */
  | { readonly kind: 'unsupported'; readonly type: string };

const execute = z.object({ action: z.object({ verb: z.string().max(200).optional(), data: z.unknown().optional() }) });

export function eventOf(it: Activity): TeamsEvent {
  switch (it.type) {
    case 'message':
      return it.value !== undefined && it.value !== null && !it.text?.trim()
        ? { kind: 'card-values', data: it.value }
        : { kind: 'message' };
    case 'messageUpdate':
      if (it.channelData?.eventType === 'softDeleteMessage') return { kind: 'deleted' };
      return { kind: 'edited' };
    case 'messageDelete':
      return { kind: 'deleted' };
    case 'installationUpdate':
      return it.action?.startsWith('remove') ? { kind: 'removed' } : { kind: 'installed' };
    case 'conversationUpdate':
      return it.membersAdded?.some((member) => member.id === it.recipient?.id)
        ? { kind: 'installed' }
        : { kind: 'unsupported', type: it.type };
    case 'invoke':
      return invokeOf(it);
    default:
      return { kind: 'unsupported', type: it.type };
  }
}

function invokeOf(it: Activity): TeamsEvent {
  const name = it.name ?? '';
  if (name === 'adaptiveCard/action') {
    const parsed = execute.safeParse(it.value);
    return parsed.success
      ? { kind: 'card-action', verb: parsed.data.action.verb ?? '', data: parsed.data.action.data }
      : { kind: 'card-action', verb: '', data: null };
  }
  if (name === 'fileConsent/invoke') return { kind: 'file-consent', value: it.value };
  if (name.startsWith('composeExtension/')) return { kind: 'extension', name: name.slice('composeExtension/'.length), value: it.value };
  return { kind: 'unknown-invoke', name };
}

const mention = z.object({ type: z.literal('mention'), mentioned: z.object({ id: z.string() }), text: z.string().max(500).optional() });

/** Whether the bot is spoken to by name. */
export function mentionsBot(it: Activity): boolean {
  return mentionsOf(it).some(({ mentioned }) => mentioned.id === it.recipient?.id);
}

/**
 * What somebody wrote, as they see it: without the name of the bot that it is said to, other names without their marks, and the five
 * characters that Teams writes in HTML as themselves.
 */
export function textOf(it: Activity): string {
  let text = it.text ?? '';
  for (const { mentioned, text: marked } of mentionsOf(it))
    if (marked && mentioned.id === it.recipient?.id) text = text.replaceAll(marked, ' ');
  text = text.replace(/<at(?:\s[^<>]*)?>([^<>]*)<\/at>/gi, '$1');
  if (it.attachments?.some(({ contentType }) => contentType === 'text/html'))
    text = text.replace(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name: string) => CHARACTERS[name] ?? '');
  return storable(text)
    .replace(/\r\n?/g, '\n')
    .replace(/\u00A0/g, ' ')
    .trim();
}

const CHARACTERS: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function mentionsOf(it: Activity): z.output<typeof mention>[] {
  return (it.entities ?? []).flatMap((entity) => {
    const parsed = mention.safeParse(entity);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The tenant that an activity comes from. */
export function tenantOf(it: Activity): string | null {
  return (it.conversation.tenantId ?? it.channelData?.tenant?.id ?? null)?.toLowerCase() ?? null;
}

export function kindOf(it: Activity): 'personal' | 'group' | 'channel' {
  const type = it.conversation.conversationType;
  if (type === 'groupChat') return 'group';
  return type === 'channel' ? 'channel' : 'personal';
}
