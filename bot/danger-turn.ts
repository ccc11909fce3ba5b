import { type Danger, foldLetters } from '../catalogue/index.ts';
import type { Case, CaseId, Draft, Incoming, OpenQuestion, Understanding } from '../domain/index.ts';
import { dangerIn, type FoundDanger, numberFor } from './danger.ts';
import { whereItIs } from './danger-where.ts';
import type { Decision } from './decision.ts';
import { titleOf } from './draft.ts';
import { placesIn } from './field-places.ts';
import { soundAlarm } from './guard-turn.ts';
import { surelyNew } from './listening.ts';
import { tellColleague } from './take-over.ts';

/**
 * Danger goes first (promise 8): the number to call in the first line and the alarm to the team, before anything else is thought of.
 * Nothing is asked first, and whatever was open stays open underneath.
 */

/** So long a danger that was answered is what "which number?" is about, and the same danger is the same case. */
const SAME_DANGER_MS = 4 * 3_600_000;
/** So long what follows on something confidential is taken to be about it. */
const CONFIDENTIAL_MS = 3_600_000;
/** What follows on something confidential only goes its own way when it surely is something else. */
const SURELY_ELSE = 0.75;
/** The answer to "where is it?" is short; a longer message is a question of its own. */
const PLACE_WORDS = 25;
const NUMBER_WORDS = 12;

/** What is typed into these is free text; a button's value is none. */
const TYPED: ReadonlySet<OpenQuestion['kind']> = new Set(['worker-question', 'reopen-reason', 'where', 'detail']);
const NAMES_NUMBER = /\b(?:nummer|bel(?:len)?|number|call|phone)\b/i;
const ASKS_AGAIN = /\b(?:wat|welk|wie|waar(?:heen)?|hoe|what|which|who|where|how|again|nog eens|ook alweer)\b/i;

/**
 * Answers danger when there is any.
 * @param looked what was found in the message's text, where somebody looked before
 * @returns whether there was
 */
export function metDanger(
  decision: Decision,
  message: Incoming,
  understanding: Understanding | null,
  looked: FoundDanger | null | undefined,
): boolean {
  const text = writtenIn(decision, message);
  const found = looked === undefined ? dangerIn(decision.catalogue, text) : looked;
  if (found) {
    decision.speak(found.language ?? understanding?.language ?? decision.language);
    if (found.danger.kind === 'alarm') {
      alarm(decision, found, text);
      tellColleague(decision, message.sender);
    } else confide(decision, found.danger, text);
    return true;
  }
  return (
    message.answer === null &&
    (asksNumberAgain(decision, text) || (decision.takeOver === null && staysConfidential(decision, text, understanding)))
  );
}

/** What somebody wrote: the message, or what was typed into a form or a question that wants words. */
function writtenIn(decision: Decision, { text, answer }: Incoming): string {
  if (!answer) return text;
  if (typeof answer.value !== 'string') return Object.values(answer.value).join('\n');
  const question = decision.question(answer.question);
  return question && TYPED.has(question.kind) ? answer.value : '';
}

function alarm(decision: Decision, { danger, words }: FoundDanger, text: string): void {
  const { texts } = decision;
  const known = caseOf(decision, danger.id);
  const it = known ? decision.happen(known, 'added', { kind: 'requester' }, { by: 'said' }) : openAlarm(decision, danger, words, text);
  decision.met({ id: danger.id, case: it.id, at: decision.now.toISOString() });
  const told = (known ? texts.alarmedAgain : texts.alarmed)(decision.teamName(it.team), it.reference);
  const said = `${sayOf(decision, danger, text)}\n\n${told}`;
  const card = decision.card(it);
  if (known || saysWhere(text, words)) return decision.say({ text: said, alarm: true, card }, [it.id]);
  const id = decision.ids.question();
  const where = decision.person === null ? texts.whereAndWho : texts.whereIsIt;
  decision.ask({ kind: 'where', id, case: it.id }, { text: `${said}\n\n${where}`, alarm: true, card, ask: { kind: 'text', id } }, [it.id]);
}

/** A place besides the words of the danger itself: who is stuck "in the lift" may be in any. */
function saysWhere(text: string, words: string): boolean {
  return placesIn(text).some(({ index, end }) => !words.includes(foldLetters(text.slice(index, end))));
}

/** The case of an alarm: nobody's name is asked first, and it is due now. */
function openAlarm(decision: Decision, danger: Danger, words: string, text: string): Case {
  const draft: Draft = {
    text,
    product: null,
    kind: 'fault',
    values: {},
    why: {
      rule: 'danger',
      confidence: 1,
      runnersUp: [],
      words: [{ word: words, weight: 1 }],
      catalogue: decision.catalogue.version,
      model: `danger-${danger.id}`,
    },
    confirmed: true,
    message: decision.message,
  };
  const title = titleOf(`${decision.texts.urgentTitle(danger.name[decision.language])} · ${text}`);
  const it = decision.queue(decision.openCase(draft, danger.team ?? DESK_TEAM, title), 'queued', { kind: 'desk' });
  soundAlarm(decision, it);
  return it;
}

/** The check of the catalogue makes sure that an alarm has a team; were it missing, people must see it all the same. */
const DESK_TEAM = 'desk';

/** What is confidential stands nowhere but in its own conversation: no case, no title, no count. */
function confide(decision: Decision, danger: Danger, text: string): void {
  decision.met({ id: danger.id, case: null, at: decision.now.toISOString() });
  decision.say({ text: `${sayOf(decision, danger, text)}\n\n${decision.texts.writtenNowhere}`, alarm: true });
}

/** What stands first: the number in its first line. */
export function sayOf(decision: Decision, danger: Danger, text: string): string {
  return danger.say[decision.language].replaceAll('{number}', numberFor(danger, text, decision.catalogue.organisation.sites)).trim();
}

/** The alarm of a danger that is not over: more about it belongs to the same case. */
function caseOf(decision: Decision, danger: string): Case | null {
  const met = recent(decision, SAME_DANGER_MS).find(({ id }) => id === danger);
  const it = met?.case ? decision.case(met.case) : null;
  return it && it.state !== 'ready' && decision.may(it.id, 'added') ? it : null;
}

function recent(decision: Decision, ms: number): Decision['dangers'] {
  return decision.dangers.filter(({ at }) => decision.now.getTime() - Date.parse(at) < ms);
}

/** The danger that was answered last, when that is not long ago. */
function lastMet(decision: Decision, ms: number): { readonly danger: Danger; readonly case: CaseId | null } | null {
  const met = recent(decision, ms).at(-1);
  const danger = met && decision.catalogue.organisation.dangers.find(({ id }) => id === met.id);
  return danger ? { danger, case: met.case } : null;
}

/** "Welk nummer moest ik bellen?", after a danger was answered. */
function asksNumberAgain(decision: Decision, text: string): boolean {
  const met = lastMet(decision, SAME_DANGER_MS);
  if (!met || wordsIn(text) > NUMBER_WORDS || !NAMES_NUMBER.test(text) || !ASKS_AGAIN.test(text)) return false;
  decision.say({ text: sayOf(decision, met.danger, text) }, met.case && decision.case(met.case) ? [met.case] : []);
  return true;
}

/** More about something confidential goes into no queue either: only what surely is a question of another sort goes on. */
function staysConfidential(decision: Decision, text: string, understanding: Understanding | null): boolean {
  const met = lastMet(decision, CONFIDENTIAL_MS);
  if (met?.danger.kind !== 'confidential' || !understanding || decision.open.length > 0) return false;
  const { questions } = understanding;
  const elsewhere = questions.some((it) => it.product !== null && it.confidence >= SURELY_ELSE && it.kind !== 'complaint');
  if (questions.length === 0 || elsewhere) return false;
  confide(decision, met.danger, text);
  return true;
}

/** The answer to "where is it?": everything short that is no question of its own. @returns whether it was one */
export function takesPlace(decision: Decision, text: string, { move, questions }: Understanding): boolean {
  const asked = decision.open.findLast((it) => it.kind === 'where');
  if (asked?.kind !== 'where' || move !== null || wordsIn(text) > PLACE_WORDS) return false;
  if (placesIn(text).length === 0 && surelyNew(decision, questions).length > 0) return false;
  whereItIs(decision, asked, text);
  return true;
}

function wordsIn(text: string): number {
  return text.trim().split(/\s+/).length;
}
