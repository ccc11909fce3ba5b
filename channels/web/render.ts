import type { Said } from '../../bot/index.ts';
import type { TimelineEntry } from '../../register/index.ts';
import type { TimelineMessage } from './protocol.ts';

/** Lines of the register as the widget is told them. @param open the ids of the questions that can still be answered */
export function renderTimeline(entries: readonly TimelineEntry[], open: ReadonlySet<string>): TimelineMessage[] {
  return entries.map((entry) => ({
    seq: entry.seq,
    id: entry.id,
    from: entry.from === 'requester' ? 'visitor' : entry.from,
    ...(entry.name ? { name: entry.name } : {}),
    at: entry.at.toISOString(),
    ...(entry.clientId ? { clientId: entry.clientId } : {}),
    text: entry.text,
    ...(entry.reply ? { reply: entry.reply } : {}),
    ...(entry.attachments.length > 0 ? { attachments: entry.attachments } : {}),
    ...(entry.reply?.ask && !open.has(entry.reply.ask.id) ? { answered: true } : {}),
  }));
}

/** What was said in one turn, straight from its commit: the questions it asks are open. */
export function renderSaid(said: readonly Said[], clientId: string): TimelineMessage[] {
  return said.map((line) => ({
    seq: line.seq,
    id: line.id,
    from: line.from === 'requester' ? 'visitor' : line.from,
    at: line.at.toISOString(),
    ...(line.from === 'requester' ? { clientId } : {}),
    text: line.text,
    ...(line.reply ? { reply: line.reply } : {}),
  }));
}
