import type { Answer, Field, Product } from '../catalogue/index.ts';
import type { Case, CaseId, Choice, Draft, Pace, QuestionId } from '../domain/index.ts';
import { approvalNeeded } from './approval.ts';
import { submit } from './approval-turn.ts';
import type { Decision } from './decision.ts';
import { DESK_TEAM } from './desk-team.ts';
import { askDisruption, knownDisruption, linkReport } from './disruptions.ts';
import { missingFields, summaryOf, titleOf } from './draft.ts';
import { askForm, type Form } from './form.ts';

import { nextMoments } from './moments.ts';
import { partsText, startWork } from './parts.ts';

/** Below this a registration is confirmed first, even when it costs nothing. */
const SURE = 0.5;

/**
 * Takes drafts as far as they go: what is complete is registered, what costs money or is a guess is shown once,
 * what lacks something is asked for. An anonymous visitor says first who he is. One form is open at a time: the
 * other incomplete drafts wait behind it.
 * @param refused why a value that was said is not taken
 */
export function proceed(decision: Decision, drafts: readonly Draft[], refused: Pick<Form, 'errors' | 'among'> = { errors: {} }): void {
  const [first, ...others] = drafts;
  if (!first) return;
  if (decision.person === null) return askWho(decision, first, others);
  const details: Detail[] = [];
  const incomplete: Draft[] = [];
  const unconfirmed: Draft[] = [];
  const registered: Registered[] = [];
  for (const draft of drafts) {
    const product = decision.product(draft);
    const known = knownDisruption(decision, draft);
    if (known?.kind === 'same') linkReport(decision, draft, known.disruption);
    else if (known) askDisruption(decision, draft, known.disruption);
    else if (isGuess(draft) && product && !draft.confirmed) unconfirmed.push(draft);
    else if (missingFields(product, draft.kind, draft.values, 'before').length > 0) incomplete.push(draft);
    else if (needsConfirmation(draft, product)) unconfirmed.push(draft);
    else {
      const done = register(decision, draft, product);
      registered.push(done);
      details.push(...done.details);
    }
  }
  sayRegistered(decision, registered, details);
  const [form, ...behind] = incomplete;
  const [confirm, ...behindConfirm] = unconfirmed;
  if (form) askOrHandOver(decision, { draft: form, rest: [...behind, ...unconfirmed], contact: false, adjust: false, ...refused });
  else if (confirm) askConfirm(decision, confirm, behindConfirm);
}

/** Where an answer takes hours, a question that is not complete after so many rounds goes to a person. */
const MOST_ROUNDS = 2;

/** Asks for what a draft lacks, or lets a person do so when it has been asked often enough. */
export function askOrHandOver(decision: Decision, form: Parameters<typeof askForm>[1]): void {
  const enough = decision.pace === 'slow' && !form.contact && (form.draft.asked ?? 0) >= MOST_ROUNDS;
  if (enough) handOver(decision, form.draft, form.rest);
  else askForm(decision, form);
}

/** A person goes on with a draft, and knows all that was said of it. */
export function handOver(decision: Decision, draft: Draft, rest: readonly Draft[]): void {
  const opened = decision.openCase({ ...draft, why: { ...draft.why, rule: 'person' } }, DESK_TEAM, titleOf(draft.text));
  const queued = decision.queue(opened, 'queued', { kind: 'desk' });
  const { texts } = decision;
  const reaction = nextMoments(decision, queued).join(' ') || null;
  decision.say({ text: texts.handedOver(decision.teamName(queued.team), queued.reference, reaction), card: decision.card(queued) }, [
    queued.id,
  ]);
  proceed(decision, rest);
}

/** An anonymous visitor is asked once who he is, whatever he asks meanwhile. */
function askWho(decision: Decision, first: Draft, others: readonly Draft[]): void {
  const asked = decision.open.find((it) => it.kind === 'form' && it.contact);
  if (asked?.kind !== 'form') return askForm(decision, { draft: first, rest: others, contact: true, adjust: false, errors: {} });
  decision.settle(asked.id);
  askForm(decision, { ...asked, rest: [...asked.rest, first, ...others] });
}

/** What was registered, before anything is said of it. */
interface Registered {
  readonly case: Case;
  readonly draft: Draft;
  readonly product: Product | null;
  readonly details: readonly Detail[];
}

/** A field asked for after registration. */
export interface Detail {
  readonly case: CaseId;
  readonly field: string;
}

function needsConfirmation(draft: Draft, product: Product | null): boolean {
  if (!product || draft.confirmed) return false;
  // What a language model read in the text is shown once, whatever it costs.
  const readByOther = (draft.why.assisted?.fields ?? []).length > 0;
  return (product.confirm && draft.kind === 'request') || readByOther || isGuess(draft);
}

/** The desk is not sure of the product, and nobody has said it is right. */
export function isGuess(draft: Draft): boolean {
  return draft.why.rule === 'classified' && draft.why.confidence < SURE;
}

/** Registers and queues a draft as it stands, and says so; nothing is asked after it, and there is nothing to take back. */
export function registerAsIs(decision: Decision, draft: Draft): void {
  const product = decision.product(draft);
  const { case: it } = register(decision, draft, product);
  const summary = Object.keys(draft.values).length > 0 ? { summary: summaryOf(product, draft.values, decision.readContext) } : {};
  decision.say({ text: registrationText(decision, it, draft), card: decision.card(it), ...summary }, [it.id]);
}

/** Registers a complete draft, and queues it unless it has to be approved first. */
function register(decision: Decision, draft: Draft, product: Product | null): Registered {
  const team = teamFor(draft, product);
  const opened = decision.openCase(draft, team, titleOf(draft.text));
  const spending = approvalNeeded(product, draft);
  const queued = spending ? submit(decision, opened, spending) : decision.queue(opened, 'queued', { kind: 'desk' });
  const registered = (spending ? null : startWork(decision, queued, { kind: 'desk' })) ?? queued;
  const details = missingFields(product, draft.kind, draft.values, 'after').map((field) => ({ case: registered.id, field: field.id }));
  return { case: registered, draft, product, details };
}

/** Registers and queues a draft whatever it may lack, and says so: for what goes straight to people. */
export function registerNow(decision: Decision, draft: Draft): void {
  sayRegistered(decision, [register(decision, draft, decision.product(draft))], []);
}

/** Each case gets its own message with its card; the last one carries what can be answered. */
function sayRegistered(decision: Decision, registered: readonly Registered[], details: readonly Detail[]): void {
  registered.forEach(({ case: it, draft, product }, i) => {
    const reply = {
      text: registrationText(decision, it, draft),
      card: decision.card(it),
      ...(Object.keys(draft.values).length > 0 ? { summary: summaryOf(product, draft.values, decision.readContext) } : {}),
    };
    if (details.length === 0 && i === registered.length - 1 && draft.kind !== 'complaint') {
      const id = decision.ids.question();
      decision.ask(
        { kind: 'undo', id, case: it.id },
        { ...reply, ask: { kind: 'choices', id, choices: [{ value: 'undo', label: decision.texts.undo }] } },
        [it.id],
      );
    } else decision.say(reply, [it.id]);
  });
  if (details.length > 0) askDetail(decision, details);
}

function registrationText(decision: Decision, it: Case, draft: Draft): string {
  const { texts } = decision;
  const team = decision.teamName(it.team);
  if (it.approval === 'asked') return texts.approval.submitted(it.reference, team);
  const reaction = [...nextMoments(decision, it), partsText(decision, it) ?? []].flat().join(' ') || null;
  if (draft.kind === 'complaint') return texts.registeredComplaint(team, it.reference, reaction, titleOf(draft.text));
  if (it.product === null) return texts.registeredNoProduct(team, it.reference, reaction);
  return texts.registered(draft.kind, team, it.reference, reaction);
}

/** The team that a draft goes to. */
export function teamFor(draft: Draft, product: Product | null): string {
  if (!product) return DESK_TEAM;
  return draft.kind === 'wish' ? (product.wishTeam ?? product.team) : product.team;
}

/** Shows a draft once before it is registered. */
export function askConfirm(decision: Decision, draft: Draft, rest: readonly Draft[]): void {
  const product = decision.product(draft);
  if (!product) return registerNow(decision, draft);
  const { texts } = decision;
  const id = decision.ids.question();
  const guess = isGuess(draft);
  const name = product.name[decision.language];
  const team = decision.teamName(teamFor(draft, product));
  const choices: Choice[] = [
    { value: 'yes', label: texts.confirmYes, primary: true },
    ...(product.fields.length > 0 ? [{ value: 'adjust', label: texts.confirmAdjust }] : []),
    { value: 'other', label: guess ? texts.confirmOther : texts.noThanks },
  ];
  decision.ask(
    { kind: 'confirm', id, draft, rest },
    {
      text: guess ? texts.confirmGuess(name, team) : texts.confirm(name, team),
      ...(Object.keys(draft.values).length > 0 ? { summary: summaryOf(product, draft.values, decision.readContext) } : {}),
      ask: { kind: 'choices', id, choices },
    },
  );
}

/**
 * Asks for the first of the details that registered cases still lack.
 * @param among what its answer may have meant
 */
export function askDetail(decision: Decision, details: readonly Detail[], among: readonly Choice[] = []): void {
  const [detail, ...more] = details.filter(
    (it) => decision.may(it.case, 'added') && decision.case(it.case)?.values[it.field] === undefined,
  );
  const it = detail && decision.case(detail.case);
  const field = detail && detailField(decision, detail);
  if (!detail || !it || !field) return;
  const id = decision.ids.question();
  const asked = [field, ...others(decision, more)];
  if (decision.pace === 'slow' && asked.length > 1) {
    const lines = asked.map((it) => `- ${it.ask[decision.language]}`).join('\n');
    const text = `${decision.texts.needDetails}\n\n${lines}`;
    return decision.ask({ kind: 'detail', id, case: it.id, field: field.id, more }, { text, ask: { kind: 'text', id } }, [it.id]);
  }
  const choices: Choice[] = [
    ...among,
    ...field.choices.map((choice) => ({ value: choice.id, label: choice.label[decision.language] })),
    ...(field.type === 'yes-no' ? yesNo(decision) : []),
    { value: 'unknown', label: field.type === 'attachment' ? decision.texts.haveNone : decision.texts.dontKnow },
  ];
  decision.ask(
    { kind: 'detail', id, case: it.id, field: field.id, more },
    { text: field.ask[decision.language], ask: { kind: 'choices', id, choices } },
    [it.id],
  );
}

function others(decision: Decision, details: readonly Detail[]): Field[] {
  return details.flatMap((detail) => detailField(decision, detail) ?? []);
}

/** The field that a detail is asked for; null when its product has none of that name any more. */
export function detailField(decision: Decision, detail: Detail): Field | null {
  const it = decision.case(detail.case);
  return it && it.product !== null ? (decision.productNamed(it.product)?.fields.find(({ id }) => id === detail.field) ?? null) : null;
}

export function yesNo(decision: Decision): Choice[] {
  const { texts } = decision;
  return [
    { value: 'yes', label: capital(texts.yes) },
    { value: 'no', label: capital(texts.no) },
  ];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** How long an answer of the desk stays open for "that did not help". */
const ANSWER_STAYS_OPEN_MS: Readonly<Record<Pace, number>> = { quick: 24 * 3_600_000, slow: 7 * 24 * 3_600_000 };

/** The desk answers a question itself: a case all the same, ready at once. */
export function answer(decision: Decision, draft: Draft, found: Answer): void {
  const { texts, language } = decision;
  const product = decision.product(draft);
  const opened = decision.openCase(draft, product?.team ?? DESK_TEAM, titleOf(draft.text));
  const ready = decision.happen(opened, 'answered', { kind: 'desk' }, { answer: found.id });
  decision.timer(ready.id, new Date(decision.now.getTime() + ANSWER_STAYS_OPEN_MS[decision.pace]));
  const id: QuestionId = decision.ids.question();
  decision.ask(
    { kind: 'helped', id, case: ready.id },
    {
      text: `${found.text[language]}\n\n${texts.answerHelped}`,
      sources: [{ title: found.source[language], ...(found.url ? { url: found.url } : {}) }],
      ask: {
        kind: 'choices',
        id,
        choices: [
          { value: 'yes', label: texts.answerYes },
          { value: 'no', label: texts.answerNo },
          { value: 'person', label: texts.answerPerson },
        ],
      },
    },
    [ready.id],
  );
}
