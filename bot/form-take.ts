import type { Field } from '../catalogue/index.ts';
import type { Draft } from '../domain/index.ts';
import { doesNotKnow } from '../intents/index.ts';
import { asWritten } from './budget-said.ts';
import type { Decision } from './decision.ts';
import { applies } from './draft.ts';
import { hasNoFile, withMoreFiles } from './field-files.ts';
import { budgetTokens, findInText, namesListed, readAnswer } from './fields.ts';
import { ADDRESS, type Form, NAME, type Refusals, refuse, wantedFields, wantsOnlyFiles } from './form.ts';
import { readSaid } from './form-said.ts';
import { offerPerson } from './questions.ts';
import { askConfirm, askOrHandOver, handOver, isGuess, proceed } from './register-case.ts';

const MAX_NAME = 120;
/** RFC 5321, 4.5.3.1.3: a path of 256 octets, less its brackets. */
const MAX_ADDRESS = 254;
const ADDRESS_IN_TEXT = /[^\s<>,;:()"'@]{1,64}@[^\s<>,;:()"'@]{1,190}\.[^\s<>,;:()"'.@]{2,60}/;

/** Takes a form that was filled in; what is not right is asked again, with the reason. */
export function takeForm(decision: Decision, form: Form, given: Readonly<Record<string, string>>): void {
  decision.settle(form.id);
  const taken: Record<string, string> = { ...form.draft.values };
  const refusals: Refusals = { errors: {}, among: {} };
  const { errors } = refusals;
  if (form.contact) takeContact(decision, given, taken, errors);
  const fields = form.adjust || form.contact ? (decision.product(form.draft)?.fields ?? []) : wantedFields(decision, form);
  const fileNames = decision.files.length > 0 ? decision.files.join() : undefined;
  for (const field of fields) {
    const text = field.type === 'attachment' ? fileNames : given[field.id];
    if (text === undefined) continue;
    if (text.trim() === '') {
      // Emptying a field in the form takes its value away; what is required is asked again below.
      delete taken[field.id];
      continue;
    }
    const reading = readAnswer(field, text, decision.readContext);
    if (reading.kind === 'taken') taken[field.id] = reading.value;
    else if (reading.kind === 'refused') refuse(decision, refusals, field, reading, text.trim());
  }
  goOn(decision, form, taken, refusals);
}

/** Takes an answer in free text: everything it says of the form, and otherwise the whole text as the answer to the first field. */
export function takeSaid(decision: Decision, form: Form, text: string): void {
  decision.settle(form.id);
  const taken: Record<string, string> = { ...form.draft.values };
  const refusals: Refusals = { errors: {}, among: {} };
  const { errors } = refusals;
  if (form.contact) {
    const address = ADDRESS_IN_TEXT.exec(text)?.[0];
    const name = withoutIntroduction(address ? text.replace(address, ' ') : text);
    if (address) taken[ADDRESS] = address;
    if (name && !doesNotKnow(text)) taken[NAME] = name;
    takeContact(decision, {}, taken, errors);
    return goOn(decision, form, taken, refusals);
  }
  const fields = wantedFields(decision, form);
  const others = otherFields(decision, form, fields);
  const said = readSaid(fields, others, text, decision.readContext);
  Object.assign(taken, said.values);
  for (const { field, text: words, reading } of said.refused) refuse(decision, refusals, field, reading, words);
  const budget = fields.find((field) => field.type === 'budget-number' && taken[field.id] === undefined && !errors[field.id]);
  const unknown = budget && unknownBudget(decision, budget, text, Object.values(taken));
  if (budget && unknown) errors[budget.id] = unknown;
  if (doesNotKnow(text) || (wantsOnlyFiles(decision, form) && hasNoFile(text))) return offerWithout(decision, form);
  const nothingFound = Object.keys(errors).length === 0 && Object.entries(taken).every(([id, value]) => form.draft.values[id] === value);
  // A colleague's name answers who it is, whatever else is asked before that.
  const first = fields.find((field) => namesListed(field, text, decision.readContext)) ?? fields[0];
  if (first && nothingFound) {
    const reading = readAnswer(first, text, decision.readContext);
    if (reading.kind === 'taken') taken[first.id] = reading.value;
    else if (reading.kind === 'refused') refuse(decision, refusals, first, reading, text.trim());
  }
  goOn(decision, { ...form, draft: withMessage(decision, form.draft) }, taken, refusals);
}

/** What nobody asked for may be said beside it. */
function otherFields(decision: Decision, form: Form, wanted: readonly Field[]): Field[] {
  const { values } = form.draft;
  const fields = decision.product(form.draft)?.fields ?? [];
  return fields.filter((field) => !wanted.includes(field) && values[field.id] === undefined && applies(field, values));
}

/** The words of the answer may say more than the form takes. */
function withMessage(decision: Decision, draft: Draft): Draft {
  return decision.message === null ? draft : { ...draft, more: [...(draft.more ?? []), decision.message] };
}

/** What is needed is not known: a person may find out. The form stays open for whoever looks it up. */
function offerWithout(decision: Decision, form: Form): void {
  if (decision.pace === 'slow') return handOver(decision, withMessage(decision, form.draft), form.rest);
  decision.keep(form);
  offerPerson(decision, form.draft, decision.texts.cannotWithout);
}

/**
 * Somebody says something else instead of "klopt": "om 10 uur", "nee, naar Amsterdam". It is taken over and shown again.
 * @returns whether it was so
 */
export function changesWhatIsConfirmed(decision: Decision, text: string): boolean {
  const question = decision.open.findLast(({ kind }) => kind !== 'undo' && kind !== 'helped');
  if (question?.kind !== 'confirm' || isGuess(question.draft)) return false;
  const { draft, rest } = question;
  const values: Record<string, string> = { ...draft.values };
  for (const field of decision.product(draft)?.fields ?? []) {
    const reading = findInText(field, text, decision.readContext);
    if (reading.kind !== 'taken') continue;
    values[field.id] = field.type === 'attachment' ? withMoreFiles(values[field.id], reading.value) : reading.value;
  }
  if (Object.entries(values).every(([id, value]) => draft.values[id] === value)) return false;
  decision.settle(question.id);
  askConfirm(decision, { ...draft, values }, rest);
  return true;
}

/** A budget number that is named but not known is refused rather than overlooked; a number that another field took is none. */
function unknownBudget(decision: Decision, field: Field, text: string, taken: readonly string[]): string | null {
  const token = budgetTokens(text).find((it) => !taken.some((value) => value.replace(/\D/g, '').startsWith(it.replace(/\D/g, ''))));
  if (token === undefined) return null;
  const reading = readAnswer(field, token, decision.readContext);
  return reading.kind === 'refused' ? decision.texts.problem(reading.reason, asWritten(token, text)) : null;
}

function goOn(decision: Decision, form: Form, values: Record<string, string>, { errors, among }: Refusals): void {
  const { [NAME]: name, [ADDRESS]: address, ...answers } = values;
  const draft: Draft = { ...form.draft, values: answers, confirmed: decision.pace === 'slow' && !form.contact };
  const known = form.contact && name !== undefined && address !== undefined && !errors[NAME] && !errors[ADDRESS];
  if (known) decision.introduce(name, address);
  const contact = form.contact && !known;
  const next: Draft = contact ? { ...form.draft, values } : draft;
  if (contact || Object.keys(errors).length > 0) {
    askOrHandOver(decision, { draft: next, rest: form.rest, contact, adjust: form.adjust && !form.contact, errors, among });
    return;
  }
  proceed(decision, [draft, ...form.rest]);
}

function takeContact(
  decision: Decision,
  given: Readonly<Record<string, string>>,
  taken: Record<string, string>,
  errors: Record<string, string>,
): void {
  const name = (given[NAME] ?? taken[NAME] ?? '').replace(/\s+/g, ' ').trim();
  const address = (given[ADDRESS] ?? taken[ADDRESS] ?? '').trim();
  if (name.length === 0 || name.length > MAX_NAME || !/\p{L}/u.test(name)) errors[NAME] = decision.texts.notAName;
  if (name.length <= MAX_NAME && name.length > 0) taken[NAME] = name;
  if (address.length > MAX_ADDRESS || !/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(address)) errors[ADDRESS] = decision.texts.notAnAddress;
  if (address.length > 0 && address.length <= MAX_ADDRESS) taken[ADDRESS] = address;
}

/** "Ik ben Jan de Vries," is the name Jan de Vries. */
function withoutIntroduction(text: string): string {
  return text
    .replace(/^\s*(hoi|hallo|hi|hello)[,!.]?\s+/i, '')
    .replace(/^\s*(ik ben|mijn naam is|met|dit is|i am|i'm|my name is|this is)\s+/i, '')
    .replace(/\s+(en\s+)?(mijn|my)?\s*(e-?mail(adres| address)?|mail|adres|address)?\s*(is|:)?\s*$/i, '')
    .replace(/^[\s,;.:-]+|[\s,;.:-]+$/g, '')
    .replace(/\s+/g, ' ');
}
