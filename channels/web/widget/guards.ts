import type { Attached, KnownList, SendRequest, Sent, Started, Timeline, TimelineMessage } from '../protocol.ts';

/**
 * What comes from the network, from storage and from another tab (perhaps of an older version) is looked at once, here.
 * Only the parts that the widget cannot do without; the rest of a reply is checked where it is drawn.
 */
type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAttached(value: unknown): value is Attached {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.name === 'string' &&
    typeof value.type === 'string' &&
    typeof value.size === 'number' &&
    typeof value.state === 'string'
  );
}

export function isTimelineMessage(value: unknown): value is TimelineMessage {
  return (
    isObject(value) &&
    Number.isInteger(value.seq) &&
    typeof value.id === 'string' &&
    typeof value.at === 'string' &&
    typeof value.text === 'string' &&
    (value.from === 'visitor' || value.from === 'desk' || value.from === 'worker') &&
    (value.attachments === undefined || (Array.isArray(value.attachments) && value.attachments.every(isAttached))) &&
    (value.reply === undefined || (isObject(value.reply) && typeof value.reply.text === 'string'))
  );
}

export function isMessages(value: unknown): value is readonly TimelineMessage[] {
  return Array.isArray(value) && value.every(isTimelineMessage);
}

export function isTimeline(value: unknown): value is Timeline {
  return isObject(value) && isMessages(value.messages);
}

export function isKnownList(value: unknown): value is KnownList {
  return (
    isObject(value) &&
    Array.isArray(value.known) &&
    value.known.every(
      (it: unknown) => isObject(it) && typeof it.title === 'string' && (it.expectedBy === null || typeof it.expectedBy === 'string'),
    )
  );
}

export function isSent(value: unknown): value is Sent {
  return isObject(value) && isMessages(value.messages) && typeof value.done === 'boolean';
}

export function isStarted(value: unknown): value is Started {
  return (
    isObject(value) &&
    typeof value.conversation === 'string' &&
    typeof value.secret === 'string' &&
    isObject(value.desk) &&
    typeof value.desk.name === 'string' &&
    isMessages(value.messages)
  );
}

export function isAnswer(value: unknown): value is NonNullable<SendRequest['answer']> {
  if (!isObject(value) || typeof value.question !== 'string') return false;
  return typeof value.value === 'string' || (isObject(value.value) && Object.values(value.value).every((one) => typeof one === 'string'));
}

/** The server's sentence for people out of an error body. */
export function errorMessage(body: unknown): string | undefined {
  const error = isObject(body) ? body.error : undefined;
  return isObject(error) && typeof error.message === 'string' && error.message !== '' ? error.message : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
