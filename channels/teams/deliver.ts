import type { Delivery, OutgoingReplies, OutgoingReply } from '../../domain/index.ts';
import { addressFor, behind, CardKeeper, keyOf, type Line, partsOf, type Shown } from './card-keeper.ts';
import type { Part } from './cards.ts';
import { plainText } from './cards.ts';
import { SendError } from './errors.ts';
import { filesOf, HELD_AGAIN_MS, offerFiles } from './files-out.ts';
import type { TeamsOptions } from './options.ts';
import { renderParts, words } from './render.ts';
import type { OutgoingActivity } from './types.ts';

/** Where the replies of a conversation that go out together are, until Teams has given its id. */
const NEW = '';

/**
 * Delivery by Teams: what waits in a conversation goes out as one message. What was sent is written down with Teams' id, so that a later attempt
 * after a crash finds it, and so that the card can be changed.
 * @returns how to send them; `fresh`: they were committed just now, and go out only when nothing else waits before them
 */
export function teamsDelivery(
  options: Pick<TeamsOptions, 'register' | 'connector' | 'desks' | 'instead' | 'log'>,
): (replies: OutgoingReplies, fresh?: boolean) => Promise<Delivery> {
  const { register, connector } = options;
  const keeper = new CardKeeper(options);
  return async (waiting, fresh = false) => {
    const [{ conversation }] = waiting;
    const references = waiting.flatMap(({ reply }) => reply?.card?.reference ?? []);
    const shown = await keeper.look(
      conversation,
      waiting.map(({ id }) => id),
      references,
    );
    if (!shown) return { kind: 'refused', reason: 'there is no reference to this conversation' };
    const { view } = shown;
    // What was sent at once may be one of several that wait: each is looked at by itself.
    const [first, ...more] = waiting.filter(({ id }) => !view.delivered.has(id));
    if (!first) return { kind: 'delivered' };
    const replies: OutgoingReplies = [first, ...more];
    if (fresh && view.oldest !== first.id) return { kind: 'failed', reason: 'what was said before waits still' };
    if (view.reference.unreachable !== null) return await otherwise(options, replies, view.reference.unreachable);
    const files = await filesOf(replies, options);
    if (files.some(({ state }) => state === 'held'))
      return { kind: 'failed', reason: 'a file is still looked at', retryAfterMs: HELD_AGAIN_MS };
    const cards = partsOf([...view.lines, ...(await linesOf(replies, options))], view.reference.open, shown.cases);
    const parts = cards.get(NEW) ?? [];
    const late = behind(shown, cards);
    let claimed: ReadonlySet<string>;
    try {
      const id = await sendWithin(connector, shown, parts, renderParts(parts, shown.context));
      claimed = await register.deliveries.sent({
        messages: [first.id, ...more.map((reply) => reply.id)],
        conversation,
        channel: 'teams',
        externalId: id,
        shown: keyOf(parts),
        recipient: shown.reference.user,
        attempt: first.attempt,
        cards: late.map(({ externalId, was, shown: now }) => ({ externalId, was, shown: now })),
      });
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      return await failed(options, replies, shown, error);
    }
    await offerFiles(files, shown, options);
    for (const card of late) if (claimed.has(card.externalId)) await keeper.update(shown, card);
    // Somebody else showed something there meanwhile: who of the two knew more is seen by another look.
    if (claimed.size < late.length) await keeper.freshen(conversation);
    return { kind: 'delivered' };
  };
}

async function sendWithin(
  connector: TeamsOptions['connector'],
  { reference, context }: Shown,
  parts: readonly Part[],
  activity: OutgoingActivity,
): Promise<string> {
  const to = addressFor(reference);
  try {
    return await connector.send(to, activity);
  } catch (error) {
    if (!(error instanceof SendError) || error.problem.kind !== 'too-large') throw error;
    // Teams counts otherwise than we do: the words alone are much smaller than the card.
    return await connector.send(to, words(parts.map((part) => plainText(part, context)).join('\n\n'), context));
  }
}

async function linesOf(replies: OutgoingReplies, { register }: Pick<TeamsOptions, 'register'>): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { id, text, reply, author } of replies) {
    const by = author && (await register.people.byId(author));
    lines.push({
      message: id,
      externalId: NEW,
      reply: reply ?? { text },
      answered: null,
      by: by ? (by.name.trim().split(/\s+/)[0] ?? null) : null,
    });
  }
  return lines;
}

async function failed(
  options: Pick<TeamsOptions, 'register' | 'instead' | 'log'>,
  replies: OutgoingReplies,
  shown: Shown,
  { problem }: SendError,
): Promise<Delivery> {
  const [first] = replies;
  const { reason } = problem;
  switch (problem.kind) {
    case 'again':
      await record(options, first, shown, 'deferred', reason);
      return { kind: 'failed', reason, ...(problem.afterMs === null ? {} : { retryAfterMs: problem.afterMs }) };
    case 'unreachable':
      await options.register.references.unreachable(shown.view.reference.conversation, reason);
      await record(options, first, shown, 'refused', reason);
      return await otherwise(options, replies, reason);
    case 'too-large':
    case 'gone':
    case 'refused':
      await record(options, first, shown, 'refused', reason);
      return { kind: 'refused', reason };
    default:
      return problem satisfies never;
  }
}

/** Who is not reached in Teams is written to in another way, where there is one. */
async function otherwise(
  { instead, log }: Pick<TeamsOptions, 'instead' | 'log'>,
  replies: OutgoingReplies,
  reason: string,
): Promise<Delivery> {
  const outcome = (await instead?.(replies)) ?? null;
  if (outcome === null) return { kind: 'refused', reason: `not reached in Teams: ${reason}` };
  if (outcome.kind === 'delivered') log.info({ conversation: replies[0].conversation }, 'not reached in Teams; sent another way');
  return outcome;
}

async function record(
  { register }: Pick<TeamsOptions, 'register'>,
  { id, attempt }: OutgoingReply,
  { reference }: Shown,
  outcome: 'deferred' | 'refused',
  detail: string,
): Promise<void> {
  await register.sends.record({ channel: 'teams', message: id, recipient: reference.user, attempt, outcome, detail });
}
