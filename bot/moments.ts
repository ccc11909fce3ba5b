import type { Case } from '../domain/index.ts';
import type { Decision } from './decision.ts';

/** Moments as the requester is told them; never one that is not in the agreement. */

/** "vandaag voor 14.00 uur": the moment of the agreement, never earlier. */
export function untilText(decision: Decision, at: Date): string {
  return withWord(decision, at, decision.language === 'nl' ? 'voor' : 'before');
}

export function atText(decision: Decision, at: Date): string {
  return withWord(decision, at, decision.language === 'nl' ? 'om' : 'at');
}

function withWord(decision: Decision, at: Date, word: string): string {
  return decision.moment(at).replace(/\d{1,2}[.:]\d{2}/, `${word} $&`);
}

/** What comes next and when: the reaction while nobody holds the case, its being ready after that; null when there is no moment. */
export function momentText(decision: Decision, it: Case): string | null {
  if (it.expectedBy) return decision.texts.expected(untilText(decision, it.expectedBy));
  if (it.state === 'queued') return it.respondBy && decision.texts.reaction(untilText(decision, it.respondBy));
  return it.completeBy && decision.texts.expected(untilText(decision, it.completeBy));
}

/** A lunch break is not worth a word. */
const SOON_MS = 60 * 60_000;

/** When the team opens, where it is closed for longer, and the next moment of a case that was queued. */
export function nextMoments(decision: Decision, it: Case): string[] {
  const opens = decision.opensAt(it.team);
  const closed = !it.urgent && opens.getTime() - decision.now.getTime() > SOON_MS;
  const moment = momentText(decision, it);
  return [...(closed ? [decision.texts.opensAgain(atText(decision, opens))] : []), ...(moment ? [moment] : [])];
}
