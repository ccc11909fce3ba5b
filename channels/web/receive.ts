import { z } from 'zod';
import { type AttachmentId, type Incoming, MAX_ATTACHMENTS, parseId, storable } from '../../domain/index.ts';
import { ChatError } from './errors.ts';
import type { SendRequest, StartRequest } from './protocol.ts';

/** The longest message, in characters (UTF-16 units). */
export const MAX_TEXT = 8_000;
const MAX_FIELDS = 50;
const MAX_VALUE = 4_000;

const startRequest = z.object({ language: z.enum(['nl', 'en']).optional(), token: z.string().max(8_000).optional() });

const sendRequest = z.object({
  id: z.uuid().transform((id) => id.toLowerCase()),
  text: z.string().optional(),
  attachments: z.array(z.uuid()).max(MAX_ATTACHMENTS).optional(),
  answer: z
    .object({
      question: z.string().max(64),
      value: z.union([
        z.string().max(MAX_VALUE),
        z
          .record(z.string().max(100), z.string().max(MAX_VALUE))
          .refine((value) => Object.keys(value).length <= MAX_FIELDS, 'too many fields'),
      ]),
    })
    .optional(),
});

/** @throws ChatError `invalid` */
export function readStart(body: unknown): StartRequest {
  const parsed = startRequest.safeParse(body ?? {});
  if (!parsed.success) throw new ChatError('invalid', { detail: z.prettifyError(parsed.error) });
  const { language, token } = parsed.data;
  return { ...(language ? { language } : {}), ...(token ? { token } : {}) };
}

/**
 * A message as it is stored. What cannot be stored or shown (NUL, half a surrogate pair) becomes U+FFFD; everything else stays as it was typed.
 * @throws ChatError `invalid`, `empty` or `too-long`
 */
export function readSend(body: unknown): { readonly id: string; readonly incoming: Incoming } {
  const parsed = sendRequest.safeParse(body);
  if (!parsed.success) throw new ChatError('invalid', { detail: z.prettifyError(parsed.error) });
  const { id, answer } = parsed.data satisfies SendRequest | object;
  const attachments = [...new Set(parsed.data.attachments)].flatMap((it) => parseId<AttachmentId>(it.toLowerCase()) ?? []);
  const attached = attachments.length > 0 ? { attachments } : {};
  const text = storable(parsed.data.text ?? '').trim();
  if (text.length > MAX_TEXT) throw new ChatError('too-long');
  if (text.length === 0 && !answer && attachments.length === 0) throw new ChatError('empty');
  if (!answer) return { id, incoming: { text, answer: null, ...attached } };
  const value = typeof answer.value === 'string' ? storable(answer.value) : mapValues(answer.value, storable);
  return { id, incoming: { text: text || shownValue(value), answer: { question: storable(answer.question), value }, ...attached } };
}

/** The id and text of a message that was refused for its length, for the ledger; null when not even that can be read. */
export function readRefused(body: unknown): { readonly id: string; readonly text: string } | null {
  const parsed = z.object({ id: z.uuid(), text: z.string() }).safeParse(body);
  return parsed.success ? { id: parsed.data.id.toLowerCase(), text: storable(parsed.data.text) } : null;
}

function mapValues(values: Readonly<Record<string, string>>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [storable(key), change(value)]));
}

/** What a button or form says in the timeline when the client gave no words for it. */
function shownValue(value: string | Readonly<Record<string, string>>): string {
  return typeof value === 'string' ? value : Object.values(value).filter(Boolean).join(', ');
}
