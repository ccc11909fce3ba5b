import {
  type AnswerGiven,
  type Case,
  type Conversation,
  type Effect,
  findReferences,
  hasMistypedReference,
  type Incoming,
  type MessageId,
  type Move,
  type NotTaken,
  type OpenQuestion,
  type Question,
  type Understanding,
} from '../domain/index.ts';
import { doesNotKnow } from '../intents/index.ts';
import { answerArrived, answerQuestion, confirmReady, reopen } from './answers.ts';
import { takesFiles } from './attached.ts';
import type { FoundDanger } from './danger.ts';
import { metDanger, takesPlace } from './danger-turn.ts';
import { Decision, type Facts, type Ids } from './decision.ts';
import { hasNoFile } from './field-files.ts';
import { formTitle, wantsOnlyFiles } from './form.ts';
import { changesWhatIsConfirmed } from './form-take.ts';
import { surelyNew, takesWords, takesYesNo, whatItAnswers } from './listening.ts';
import { momentText } from './moments.ts';
import { isGoodNews, mayReopen, saidOnCase } from './on-case.ts';
import { partLines } from './parts.ts';
import { chosenQuestion, newQuestions, personDraft } from './questions.ts';
import { askOrHandOver, detailField, proceed } from './register-case.ts';
import { registerFor } from './register-for.ts';
import { forColleague } from './take-over.ts';
import { isUnproven, onlyAdds } from './who-writes.ts';

/** Everything a decision is made of. Nothing else may matter: `decide` has no I/O, clock or randomness of its own. */
export interface DecisionInput {
  readonly conversation: Conversation;
  readonly message: Incoming;
  /** The id that it has in the timeline. */
  readonly messageId: MessageId;
  /** What the classifier made of the text; for what was pressed it is not asked. */
  readonly understanding: Understanding | null;
  /** The danger that the text speaks of, where it was looked for already. */
  readonly danger?: FoundDanger | null | undefined;
  readonly facts: Facts;
  readonly now: Date;
  readonly ids: Ids;
}

const MEGABYTE = 1024 * 1024;

/** Above this the language of a message is believed over that of the conversation. */
const LANGUAGE_SURE = 0.7;

/** What the desk does with one message. The heart of the bot: pure, and always the same for the same input. */
export function decide(input: DecisionInput): readonly Effect[] {
  const decision = new Decision(input.conversation, input.facts, input.now, input.ids, input.messageId, input.message);
  const { message, understanding } = input;
  const registers = message.sender?.kind === 'colleague' ? message.sender.registers : null;
  if (registers && message.sender?.kind === 'colleague') decision.openedBy(message.sender.person, registers.means);
  if (metDanger(decision, message, understanding, input.danger)) return decision.finish();
  if (registers) registerFor(decision, message.text, registers, understanding);
  if (registers) return decision.finish();
  if (forColleague(decision, message)) return decision.finish();
  if (onlyAdds(decision, message)) return decision.finish();
  if (message.answer) pressed(decision, message.answer);
  else if (!takesFiles(decision, message) && understanding) said(decision, message, understanding);
  if (message.attachments?.length && !decision.isPlaced) decision.putAside();
  for (const it of message.notTaken ?? []) decision.say({ text: notTakenText(decision.texts, it) });
  return decision.finish();
}

function notTakenText(texts: Decision['texts'], it: NotTaken): string {
  switch (it.reason) {
    case 'too-large':
      return texts.notTaken(it.name, Math.floor(it.limit / MEGABYTE));
    case 'encrypted':
      return texts.encrypted;
    default:
      return it satisfies never;
  }
}

function pressed(decision: Decision, answer: NonNullable<Incoming['answer']>): void {
  const question = decision.question(answer.question);
  if (!question) return decision.say({ text: decision.texts.alreadyAnswered });
  answerQuestion(decision, question, { kind: 'pressed', value: answer.value });
}

function said(decision: Decision, message: Incoming, understanding: Understanding): void {
  const { text, about = [] } = message;
  const { move, questions } = understanding;
  if (understanding.languageConfidence >= LANGUAGE_SURE) decision.speak(understanding.language);
  const chosen = message.product === undefined ? null : decision.productNamed(message.product);
  if (chosen) return chosenQuestion(decision, text, chosen, understanding);

  if (takesPlace(decision, text, understanding)) return;
  if (doesNotKnow(text) || (move !== 'no' && hasNoFileFor(decision, text))) return notKnown(decision, text);
  const others = surelyNew(decision, questions);
  const yesNo = move === 'yes' || move === 'no';
  if ((yesNo || move === null) && others.length === 0 && changesWhatIsConfirmed(decision, text)) return;
  if (yesNo) {
    // What else it says belongs to what it answers, unless that is plainly another question; after a "no" to an offer it is what is meant.
    const more = others.length === 0 && (questions.length > 0 || NO_WITH_WORDS.test(text)) ? text : null;
    const answered = yesOrNo(decision, { kind: move }, more, questions.length > 0, CONDITION.test(text));
    if (answered) return newQuestions(decision, answered === 'case' || move === 'yes' ? others : questions, understanding.model);
  }
  if (move === 'human') return person(decision, text, questions, understanding.model);
  if (move === 'status') return isUnproven(message) ? decision.say({ text: decision.texts.notProven }) : status(decision, text);
  if (move === 'cancel') return cancel(decision, message);
  if (addition(decision, text)) return;
  // "Top, hij doet het weer!" on a case says more than thanks.
  const onCase = about.length > 0 && isGoodNews(text);
  if (questions.length === 0 && move !== null && SMALL_TALK.has(move) && !onCase) return smallTalk(decision, move);

  const awaiting = whatItAnswers(decision, text, questions);
  const [only, ...more] = awaiting;
  if (only && more.length === 0) return answerQuestion(decision, only, { kind: 'said', text });
  if (only) return askWhich(decision, awaiting, { kind: 'said', text });

  if (saidOnCase(decision, about, text, understanding)) return;
  if (questions.length === 0) return smallTalk(decision, move);
  const form = decision.open.findLast((it) => it.kind === 'form');
  newQuestions(decision, questions, understanding.model);
  if (form && decision.question(form.id)) decision.say({ text: decision.texts.stillOpen(formTitle(decision, form)) });
}

/** "weet ik niet": to the latest question that wants words; it is never a question of its own. */
function notKnown(decision: Decision, text: string): void {
  const asked = decision.open.findLast((it) => it.kind === 'choose' || takesWords(it));
  if (asked) return answerQuestion(decision, asked, { kind: 'said', text });
  decision.say({ text: decision.open.length > 0 ? decision.texts.dontUnderstandAnswer : decision.texts.nothingOpen });
}

/** "sla maar over": to the latest question, when that is for a file. */
function hasNoFileFor(decision: Decision, text: string): boolean {
  const asked = decision.open.findLast((it) => it.kind === 'choose' || takesWords(it));
  if (asked?.kind === 'detail') return detailField(decision, asked)?.type === 'attachment' && hasNoFile(text);
  return asked?.kind === 'form' && wantsOnlyFiles(decision, asked) && hasNoFile(text);
}

const SMALL_TALK: ReadonlySet<Move> = new Set(['greeting', 'thanks', 'goodbye', 'help']);

function smallTalk(decision: Decision, move: Move | null): void {
  const { texts } = decision;
  if (move === 'thanks') return decision.say({ text: texts.thanks });
  if (move === 'goodbye') return decision.say({ text: texts.goodbye });
  if (move === 'help') return decision.say({ text: texts.help });
  const name = decision.person?.name.trim().split(/\s+/)[0] ?? null;
  decision.say({ text: texts.greeting(name) });
}

// --- which open question a message answers

const YES_NO: ReadonlySet<OpenQuestion['kind']> = new Set([
  'confirm',
  'offer-person',
  'confirm-ready',
  'approval',
  'withdraw',
  'worker-question',
  'known-disruption',
]);

/**
 * "ja": the open question that it fits; the desk asks when it fits two. An offer that nobody has to answer only counts when nothing else does.
 * @param words the whole message, when the rest of it belongs to the answer
 * @param more the message says something besides; then an answer to nothing is let pass
 * @param conditional it is a yes with a but
 * @returns whether it was taken as an answer, and whether that was about a case
 */
function yesOrNo(
  decision: Decision,
  given: Extract<AnswerGiven, { kind: 'yes' | 'no' }>,
  words: string | null,
  more: boolean,
  conditional: boolean,
): 'case' | 'draft' | null {
  const fitting = decision.open.filter((it) => YES_NO.has(it.kind) || takesYesNo(decision, it));
  const [only, ...others] = fitting;
  const offer = decision.open.findLast((it) => it.kind === 'helped');
  const pending = decision.open.findLast((it) => it.kind === 'form' || it.kind === 'choose' || it.kind === 'detail');
  const meant = only ?? offer;
  if (only && others.length > 0) askWhich(decision, fitting, given);
  else if (meant?.kind === 'approval' && given.kind === 'yes' && conditional) decision.say({ text: decision.texts.approval.unclear });
  else if (meant) answerQuestion(decision, meant, words === null ? given : withWords(meant, given, words));
  else if (more) return null;
  else if (pending?.kind === 'detail') answerQuestion(decision, pending, given.kind === 'no' ? UNKNOWN : given);
  else if (pending?.kind === 'form' && given.kind === 'no' && wantsOnlyFiles(decision, pending))
    answerQuestion(decision, pending, { kind: 'said', text: decision.texts.no });
  else if (pending && given.kind === 'no') dropForm(decision, pending);
  else if (pending?.kind === 'form') askAgain(decision, pending);
  else decision.say({ text: pending ? decision.texts.dontUnderstandAnswer : decision.texts.nothingOpen });
  return meant && 'case' in meant ? 'case' : 'draft';
}

/** "nee, want het is te duur": why not is said at once, though it is no question. */
const NO_WITH_WORDS = /^\W*(?:nee+|neen|no|nope)\b\W+(?!dank|bedankt|thank)(?:\S+\s+){2,}\S/iu;

/** A yes with a condition approves nothing. */
const CONDITION = /\b(?:maar|mits|alleen|behalve|tenzij|als|but|except|however|unless|provided|if|only)\b/i;

/** "nee, de deur klemt nog": the rest of the message says more of the same. "Ja, maar" is no yes to "is it all right now". */
function withWords(question: OpenQuestion, given: AnswerGiven, text: string): AnswerGiven {
  if (question.kind === 'approval') return given.kind === 'no' ? { kind: 'said', text } : given;
  const no = given.kind === 'no' || /\b(?:maar|alleen|behalve|but|except|however)\b/i.test(text);
  return question.kind === 'worker-question' || (question.kind === 'confirm-ready' && no) ? { kind: 'said', text } : given;
}

const UNKNOWN: AnswerGiven = { kind: 'pressed', value: 'unknown' };

/** A form that is still open, once more. */
function askAgain(decision: Decision, form: Extract<OpenQuestion, { kind: 'form' }>): void {
  decision.settle(form.id);
  askOrHandOver(decision, form);
}

/** A message fits two open questions: the desk asks which, and keeps what was said. */
function askWhich(decision: Decision, questions: readonly OpenQuestion[], given: AnswerGiven): void {
  const id = decision.ids.question();
  const choices = questions.map((it) => ({ value: it.id, label: titleOfQuestion(decision, it) }));
  decision.ask(
    { kind: 'which', id, questions: questions.map((it) => it.id), given },
    { text: decision.texts.which, ask: { kind: 'choices', id, choices } },
  );
}

function titleOfQuestion(decision: Decision, question: OpenQuestion): string {
  const { texts } = decision;
  if ('case' in question) {
    const it = decision.case(question.case);
    return it ? texts.whichCase(it.title, it.reference) : question.case;
  }
  if (question.kind === 'approval' || question.kind === 'refusal-reason')
    return decision.facts.approvals.get(question.of)?.reference ?? question.of;
  if (question.kind === 'form') return texts.whichForm(formTitle(decision, question));
  if (question.kind === 'confirm' || question.kind === 'offer-person' || question.kind === 'choose') return question.draft.text;
  return texts.withdrawWhich;
}

// --- moves

/** Somebody wants a person: about what he asks now, or what was asked last, or he is asked what it is about. */
function person(decision: Decision, text: string, questions: readonly Question[], model: string): void {
  const about = questions.map((it) => it.text).join(' ');
  if (about) return proceed(decision, [personDraft(decision, about, model)]);
  const offer = decision.open.findLast((it) => it.kind === 'offer-person' || it.kind === 'helped');
  if (offer) return answerQuestion(decision, offer, offer.kind === 'helped' ? { kind: 'pressed', value: 'person' } : { kind: 'yes' });
  const pending = decision.open.findLast((it) => it.kind === 'form' || it.kind === 'confirm' || it.kind === 'choose');
  if (pending && 'draft' in pending) {
    decision.settle(pending.id);
    return proceed(decision, [
      { ...pending.draft, product: null, values: {}, why: { ...pending.draft.why, rule: 'person' }, confirmed: true },
    ]);
  }
  proceed(decision, [personDraft(decision, text, model)]);
}

const OPEN_STATES: ReadonlySet<string> = new Set(['open', 'queued', 'claimed', 'waiting']);
const STATUS_LINES = 5;

function status(decision: Decision, text: string): void {
  const { texts } = decision;
  const named = findReferences(text);
  const all = decision.cases();
  for (const reference of named) {
    if (!all.some((it) => it.reference === reference)) decision.say({ text: texts.unknownReference(reference) });
  }
  if (hasMistypedReference(text)) decision.say({ text: texts.mistypedReference });
  const meant = all.filter((it) => (named.length > 0 ? named.includes(it.reference) : OPEN_STATES.has(it.state)));
  const shown = meant.slice(0, STATUS_LINES);
  if (shown.length === 0) return named.length > 0 ? undefined : decision.say({ text: texts.noCases });
  const lines = shown.flatMap((it) => {
    const line = texts.status(
      it.reference,
      it.title,
      it.approval === 'asked' && it.state === 'waiting'
        ? texts.approval.waiting
        : // What a handler has waits for nobody in this house.
          texts.state(
            it.handler || underWay(it) ? 'queued' : it.state,
            decision.teamName(it.team),
            decision.workerName(it.id),
            momentText(decision, it),
          ),
    );
    return underWay(it) ? [line, partLines(decision, it).join('\n')] : [line];
  });
  const [first] = shown;
  const card = shown.length === 1 && first ? { card: decision.card(first) } : {};
  const more = meant.length > shown.length ? [texts.andMore(meant.length - shown.length)] : [];
  decision.say({ text: [texts.yourCases, ...lines, ...more].join('\n\n'), ...card });
}

/** Its parts are being done. */
function underWay(it: Case): boolean {
  return it.divided && it.state === 'waiting';
}

/** "laat maar": the form that is open is dropped; otherwise a case is withdrawn, after one look. */
function cancel(decision: Decision, message: Incoming): void {
  const { texts } = decision;
  const { text } = message;
  const named = findReferences(text);
  const pending = decision.open.findLast(
    (it) => it.kind === 'form' || it.kind === 'confirm' || it.kind === 'choose' || it.kind === 'offer-person',
  );
  if (pending && named.length === 0) return dropForm(decision, pending);
  if (isUnproven(message)) return decision.say({ text: texts.notProven });
  const candidates = decision
    .cases()
    .filter((it) => decision.may(it.id, 'withdrawn') && (named.length === 0 || named.includes(it.reference)));
  const [only, ...others] = candidates;
  if (!only) return decision.say({ text: texts.withdrawNothing });
  const id = decision.ids.question();
  const choices =
    others.length === 0
      ? [
          { value: 'yes', label: texts.withdrawYes },
          { value: 'no', label: texts.withdrawNo },
        ]
      : [
          ...candidates.slice(0, STATUS_LINES).map((it) => ({ value: it.reference, label: `${it.reference} · ${it.title}` })),
          { value: 'no', label: texts.withdrawNo },
        ];
  decision.ask(
    { kind: 'withdraw', id, cases: candidates.slice(0, STATUS_LINES).map((it) => it.id) },
    {
      text: others.length === 0 ? texts.withdrawOne(only.reference, only.title) : texts.withdrawWhich,
      ask: { kind: 'choices', id, choices },
    },
  );
}

function dropForm(decision: Decision, question: OpenQuestion): void {
  decision.settle(question.id);
  decision.say({ text: decision.texts.dropped });
  if ('rest' in question) proceed(decision, question.rest);
}

/** So many words beside a reference say what is wrong. */
const REASON_WORDS = 3;

/** A message that names an own case adds to it; what was ready is open again. @returns whether it did */
function addition(decision: Decision, text: string): boolean {
  const [reference] = findReferences(text);
  if (!reference) return false;
  const it = decision.cases().find((known) => known.reference === reference);
  if (!it) {
    decision.say({ text: decision.texts.unknownReference(reference) });
    return true;
  }
  if (it.state === 'ready' && isGoodNews(text)) {
    confirmReady(decision, it);
    return true;
  }
  if (it.state === 'ready' || it.state === 'closed') {
    if (!mayReopen(decision, it)) {
      decision.follow(it.reference);
      return false;
    }
    decision.link(it.id);
    reopen(decision, it, text.replace(reference, ' ').trim().split(/\s+/).length >= REASON_WORDS);
    return true;
  }
  if (!decision.may(it.id, 'added')) return false;
  answerArrived(decision, it, 'said');
  decision.say({ text: decision.texts.added(it.reference) }, [it.id]);
  return true;
}
