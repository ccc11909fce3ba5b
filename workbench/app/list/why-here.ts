import type { Language } from '../../../domain/index.ts';
import type { CaseRow } from '../../protocol.ts';
import { say } from '../texts.ts';
import { moment } from '../time-left.ts';

/** Why a case stands where it does in a list by urgency; null where nothing of it presses. */
export function whyHere({ urgent, state, due, worker, priority }: CaseRow, now: Date, language: Language): string | null {
  if (state === 'waiting' || due === null) return null;
  if (urgent) return say(language, 'place.urgent');
  const values = { moment: moment(new Date(due), now, language), priority: say(language, `priority.${priority}`) };
  return say(language, worker === null ? 'place.respond' : 'place.complete', values);
}
