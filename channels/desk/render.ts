import type { Reference } from '../../domain/index.ts';
import type { TimelineEntry } from '../../register/index.ts';

/** What the desk said to a registration, for a colleague to read aloud: the words, and the number by itself. */
export function readAloud(entries: readonly Pick<TimelineEntry, 'from' | 'text' | 'reply'>[]): {
  readonly reference: Reference | null;
  readonly said: string;
  readonly alarm: boolean;
  readonly asks: string | null;
} {
  const said = entries.filter(({ from }) => from === 'desk');
  return {
    reference: said.find(({ reply }) => reply?.card)?.reply?.card?.reference ?? null,
    said: said.map(({ text }) => text).join('\n\n'),
    asks: said.flatMap(({ reply }) => (reply?.ask?.kind === 'text' ? [reply.ask.id] : [])).at(-1) ?? null,
    alarm: said.some(({ reply }) => reply?.alarm === true),
  };
}
