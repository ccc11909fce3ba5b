import {
  allPartsDone,
  type Case,
  type CaseId,
  type Conversation,
  type Effect,
  isPartDone,
  LANGUAGES,
  mayHappen,
  type OpenQuestion,
  partsToQueue,
  TRANSITIONS,
} from '../../domain/index.ts';
import { textsIn } from '../texts.ts';

/** What a decision was made upon. */
export interface Before {
  readonly open: readonly OpenQuestion[];
  readonly cases: ReadonlyMap<CaseId, Case>;
  readonly conversation: Conversation;
}

/** More open questions than this nobody remembers. */
const MOST_OPEN = 12;

/** What caused a decision. */
export interface Cause {
  readonly message: boolean;
  /** Whether somebody waits for a word in return; left out: whoever wrote the message. */
  readonly heard?: boolean;
  /** How many questions its text held; null when it was pressed. */
  readonly questions: number | null;
}

/**
 * The rules that every decision keeps, whatever was said: which of them these effects break.
 */
export function brokenRules(effects: readonly Effect[], before: Before, cause: Cause): string[] {
  return [
    ...statesOnce(effects),
    ...questionsAreAsked(effects, before),
    ...casesFollowTransitions(effects, before),
    ...openedAreLinked(effects, before, cause),
    ...speaks(effects, cause),
    ...(cause.message ? leavesItToTheColleague(effects, before) : []),
    ...(cause.message ? keepsItsLanguage(effects) : []),
  ];
}

function statesOnce(effects: readonly Effect[]): string[] {
  if (effects.length === 0) return [];
  const states = effects.filter(({ kind }) => kind === 'state').length;
  return states === 1 && effects.at(-1)?.kind === 'state' ? [] : [`${states} states, the last effect is ${effects.at(-1)?.kind}`];
}

function questionsAreAsked(effects: readonly Effect[], { open }: Before): string[] {
  const broken: string[] = [];
  const known = new Set<string>(open.map(({ id }) => id));
  for (const effect of effects) {
    if (effect.kind === 'say' && effect.message.reply.ask) known.add(effect.message.reply.ask.id);
    if (effect.kind !== 'state') continue;
    const ids = effect.state.open.map(({ id }) => id);
    if (new Set(ids).size < ids.length) broken.push('a question is open twice');
    if (ids.length > MOST_OPEN) broken.push(`${ids.length} questions are open`);
    for (const question of effect.state.open) if (!known.has(question.id)) broken.push(`a ${question.kind} is open that nobody was asked`);
  }
  return broken;
}

function casesFollowTransitions(effects: readonly Effect[], { cases, conversation }: Before): string[] {
  const broken: string[] = [];
  const now = new Map(cases);
  for (const effect of effects) {
    if (effect.kind !== 'case') continue;
    const { case: after, event } = effect;
    const was = now.get(after.id);
    now.set(after.id, after);
    if (event.name === 'opened') {
      if (was) broken.push(`${after.reference} was opened twice`);
      if (after.state !== 'open' || after.events !== 1 || after.conversation !== conversation.id)
        broken.push(`${after.reference} did not begin as a case of this conversation`);
      continue;
    }
    if (!was) broken.push(`${event.name} happened to a case that is not there`);
    else if (!mayHappen(event.name, was)) broken.push(`${event.name} happened to a case that is ${was.state}`);
    else if (after.state !== (TRANSITIONS[event.name].to ?? was.state)) broken.push(`${event.name} left a case ${after.state}`);
    else if (after.events !== was.events + 1) broken.push(`${event.name} is event ${after.events} after ${was.events}`);
    if (was && (after.id !== was.id || after.reference !== was.reference)) broken.push('a case changed its name');
  }
  for (const [id, it] of now)
    if (!cases.has(id) && it.state === 'open' && !it.part) broken.push(`${it.reference} was left open, in nobody's queue`);
  return [...broken, ...partsInOrder(now)];
}

/** A part is in its queue when what it waits for is ready and not before; a whole is ready when its parts are. */
function partsInOrder(now: ReadonlyMap<CaseId, Case>): string[] {
  return [...now.values()].flatMap((whole) => {
    const parts = [...now.values()].filter(({ part }) => part?.of === whole.id);
    const late =
      whole.state === 'waiting' || whole.state === 'open' ? partsToQueue(parts).map((it) => `${it.reference} waits for nothing`) : [];
    const early = whole.state === 'ready' && whole.divided && !allPartsDone(parts) ? [`${whole.reference} is ready before its parts`] : [];
    const stuck =
      whole.state === 'waiting' && whole.divided && allPartsDone(parts) ? [`${whole.reference} is not ready, and its parts are`] : [];
    const left = GONE.has(whole.state) && !parts.every(isPartDone) ? [`parts of ${whole.reference} go on without it`] : [];
    return [...late, ...early, ...stuck, ...left];
  });
}

const GONE: ReadonlySet<Case['state']> = new Set(['closed', 'withdrawn', 'merged']);

function openedAreLinked(effects: readonly Effect[], { open }: Before, cause: Cause): string[] {
  const opened = effects.flatMap((effect) =>
    effect.kind === 'case' && effect.event.name === 'opened' && !effect.case.part ? [effect.case] : [],
  );
  const linked = new Set(effects.flatMap((effect) => (effect.kind === 'link' ? [effect.case] : [])));
  const broken = opened
    .filter(({ id }) => !linked.has(id))
    .map(({ reference }) => `${reference} is not linked to the message that opened it`);
  const waiting = open.flatMap((it) => ('draft' in it ? [it.draft, ...('rest' in it ? it.rest : [])] : []));
  const most = Math.max(cause.questions ?? 0, 1) + waiting.length;
  if (opened.length > most) broken.push(`${opened.length} cases for ${most} questions`);
  // A colleague who splits a case opens one for what was asked before.
  const split = effects.filter((effect) => effect.kind === 'case' && effect.event.name === 'split').length;
  if (!cause.message && opened.length > split) broken.push('a case was opened without a message');
  return broken;
}

function speaks(effects: readonly Effect[], { message, heard = message }: Cause): string[] {
  const texts = effects.flatMap((effect) => (effect.kind === 'say' ? [effect.message.reply.text] : []));
  const broken = texts.filter((text) => text.trim() === '').map(() => 'something empty was said');
  if (heard && texts.length === 0) broken.push('a message was met with silence');
  return broken;
}

/** While a colleague talks the desk only keeps what is said with his case, tells him, and answers danger. */
function leavesItToTheColleague(effects: readonly Effect[], { conversation, open }: Before): string[] {
  const { takeOver } = conversation.state;
  if (!takeOver) return [];
  const danger = effects.some((effect) => effect.kind === 'say' && effect.message.reply.alarm);
  return effects.flatMap((effect) => {
    switch (effect.kind) {
      case 'say':
        return danger ? [] : [`"${effect.message.reply.text.slice(0, 60)}" was said while a colleague talks`];
      case 'case':
        return danger || (effect.case.id === takeOver.case && ARRIVED.has(effect.event.name))
          ? []
          : [`${effect.event.name} happened meanwhile`];
      case 'state': {
        const left = open.filter((it) => it.kind !== 'worker-question').map(({ id }) => id);
        const lost = left.filter((id) => !effect.state.open.some((it) => it.id === id));
        return [
          ...(lost.length > 0 ? ['a question was settled while a colleague talks'] : []),
          ...(effect.state.takeOver?.by === takeOver.by ? [] : ['the conversation was taken from the colleague']),
        ];
      }
      case 'introduce':
        return ['somebody was introduced while a colleague talks'];
      default:
        return [];
    }
  });
}

const ARRIVED: ReadonlySet<string> = new Set(['added', 'resumed', 'requeued']);

/** What the desk always says the same way, by language. */
const PHRASES = new Map(
  LANGUAGES.map((language) => [
    language,
    new Set(Object.values(textsIn(language)).filter((text): text is string => typeof text === 'string')),
  ]),
);

function keepsItsLanguage(effects: readonly Effect[]): string[] {
  const language = effects.flatMap((effect) => (effect.kind === 'state' ? [effect.state.language] : []))[0];
  const other = language === 'nl' ? 'en' : 'nl';
  return effects.flatMap((effect) => {
    if (effect.kind !== 'say' || !language) return [];
    const { text } = effect.message.reply;
    return PHRASES.get(other)?.has(text) && !PHRASES.get(language)?.has(text) ? [`"${text}" was said in ${other}`] : [];
  });
}
