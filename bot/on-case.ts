import { type Case, type CaseId, isPartDone, type Understanding } from '../domain/index.ts';
import { answerArrived, confirmReady, reopen } from './answers.ts';
import type { Decision } from './decision.ts';
import { isAnother } from './listening.ts';

/** What is said on a case without having been asked. */

const DAY_MS = 24 * 3_600_000;

/** Whether a case is opened again by what its requester says of it now: within the organisation's period since it was closed. */
export function mayReopen(decision: Decision, it: Case): boolean {
  if (!decision.may(it.id, 'reopened')) return false;
  return it.closedAt === null || decision.now.getTime() - it.closedAt.getTime() <= decision.catalogue.organisation.reopenDays * DAY_MS;
}

/** "Top, doet het weer": nothing is still wrong. */
export function isGoodNews(text: string): boolean {
  return text.length < 300 && GOOD.test(text) && !BUT.test(text);
}

const GOOD =
  /\b(?:opgelost|(?:doet|doen|werkt|werken|brandt|rijdt|gaat)\b.{0,15}\bweer|gelukt|in orde|helemaal goed|fixed|solved|sorted|(?:works?|working|fine) (?:again|now))\b/i;
const BUT = /\b(?:niet|geen|nog|maar|alleen|behalve|helaas|not|but|except|however|still|unfortunately)\b|\?/i;

/** It confirms what was reported ready; otherwise it is told to whoever works on it. */
function goodNews(decision: Decision, cases: readonly Case[]): boolean {
  const ready = cases.find(({ state }) => state === 'ready');
  if (ready) confirmReady(decision, ready);
  else {
    for (const it of cases) answerArrived(decision, it, 'said');
    decision.say(
      { text: decision.texts.thanks },
      cases.map(({ id }) => id),
    );
  }
  return true;
}

/**
 * A message that answers what was said on a case: it is added; what was ready is opened again within its period. An old thread in which something
 * else is asked is a question of its own, and so is what is said on a case that is over: that one follows on it.
 * @returns whether it was taken so
 */
export function saidOnCase(decision: Decision, about: readonly CaseId[], text: string, { move, questions }: Understanding): boolean {
  const cases = about.flatMap((id) => decision.case(id) ?? []).filter((it) => !it.part || !isPartDone(it));
  if (cases.length === 0 || (questions.length === 0 && move !== null && !isGoodNews(text))) return false;
  if (isGoodNews(text)) return goodNews(decision, cases);
  const products = cases.map(({ product }) => product);
  if (questions.some((question) => isAnother(question, products))) return false;
  const live = cases.filter((it) => it.state !== 'ready' && decision.may(it.id, 'added'));
  if (live.length > 0) {
    for (const it of live) answerArrived(decision, it, 'said');
    decision.say(
      { text: decision.texts.added([...new Set(live.map((it) => decision.referenceOf(it)))].join(', ')) },
      live.map(({ id }) => id),
    );
    return true;
  }
  const again = cases.find((it) => mayReopen(decision, it));
  if (again) {
    decision.link(again.id);
    reopen(decision, again, true);
    return true;
  }
  const [last] = cases;
  if (last) decision.follow(last.reference);
  return false;
}
