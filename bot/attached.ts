import type { Case, Incoming, OpenQuestion } from '../domain/index.ts';
import { answerArrived, answerQuestion } from './answers.ts';
import { fileField } from './case-files.ts';
import type { Decision } from './decision.ts';
import { FILE_WORDS } from './field-files.ts';
import { changesWhatIsConfirmed } from './form-take.ts';
import { detailField } from './register-case.ts';

/** Files that come without a question of their own: a photo alone, or with no more than "hierbij de foto". */

const ONLY_SAYS_SO = new RegExp(
  String.raw`^\W*(?:(?:zie|hierbij|en|and|in|als|met|bijgaand|bijgevoegd|toegevoegd|dit is|dit zijn|deze|hier|ook|nog|alvast|een|de|het|mijn|wat|twee|paar|is|zijn|zoals|gevraagd|beloofd|see|here|here's|is|are|the|this|these|an?|my|some|more|attached|enclosed|as|requested|promised)\W+)*(?:${FILE_WORDS}|plaatje|bestand(?:en)?|document(?:en)?|bon(?:nen|netjes?)?|factu(?:ur|ren)|receipts?|invoices?|files?|gevraagd|requested)\W*$`,
  'i',
);
const LONGEST = 80;

/**
 * Takes a message whose files say it all: as the answer to what a colleague asked, as an addition to what is open, or put aside for the question
 * that it belongs to.
 * @returns whether it was taken
 */
export function takesFiles(decision: Decision, { attachments = [], text, about = [] }: Incoming): boolean {
  if (attachments.length === 0 || !saysNothingElse(text)) return false;
  const asked = decision.open.findLast((it) => isColleagues(it) || wantsFiles(decision, it));
  if (asked?.kind === 'confirm' && changesWhatIsConfirmed(decision, text)) return true;
  if (asked && asked.kind !== 'confirm') answerQuestion(decision, asked, { kind: 'said', text });
  else if (decision.open.some(isDraft)) putAside(decision, decision.texts.filesWithQuestion);
  else {
    const it = openCase(decision, about);
    if (it) add(decision, it);
    else putAside(decision, decision.texts.filesAbout);
  }
  return true;
}

function saysNothingElse(text: string): boolean {
  return text.trim() === '' || (text.length < LONGEST && ONLY_SAYS_SO.test(text));
}

/** The case that is meant: one that the message answers, or the newest of this conversation that people still work on. */
function openCase(decision: Decision, about: NonNullable<Incoming['about']>): Case | undefined {
  const here = decision.cases().filter((it) => it.conversation === decision.conversation.id && decision.may(it.id, 'added'));
  return here.find((it) => about.includes(it.id)) ?? here[0];
}

function add(decision: Decision, it: Case): void {
  decision.link(it.id);
  answerArrived(decision, it, 'said');
  decision.say({ text: decision.texts.added(it.reference) }, [it.id]);
}

function putAside(decision: Decision, text: string): void {
  decision.putAside();
  decision.say({ text });
}

function isColleagues(question: OpenQuestion): boolean {
  return question.kind === 'worker-question' || question.kind === 'reopen-reason';
}

/** Whether files answer a question: one for a file, or one that is about what may have one. */
function wantsFiles(decision: Decision, question: OpenQuestion): boolean {
  if (question.kind === 'detail') return detailField(decision, question)?.type === 'attachment';
  if (question.kind === 'form' && question.contact) return false;
  if (question.kind !== 'form' && question.kind !== 'confirm') return false;
  const { draft } = question;
  const field = fileField(decision.product(draft), draft.values);
  // What is shown to be agreed to takes more of them; a form asks for what lacks.
  return field !== null && (question.kind === 'confirm' || draft.values[field.id] === undefined);
}

function isDraft(question: OpenQuestion): boolean {
  return 'draft' in question;
}
