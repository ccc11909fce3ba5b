import { type Field, type Product, productOf } from '../catalogue/index.ts';
import type { Draft, Kind, Question, SummaryLine } from '../domain/index.ts';
import type { Decision } from './decision.ts';
import { findInText, type ReadContext, readAnswer, showValue } from './fields.ts';

/** A title is one line in a list. */
const TITLE_LENGTH = 80;

/**
 * A draft of what a question asks, with what its text says of the form already filled in.
 * @param takesFiles whether the files that came with the message are this question's
 */
export function draftOf(
  question: Question,
  { catalogue, readContext, message, filesAside }: Pick<Decision, 'catalogue' | 'readContext' | 'message' | 'filesAside'>,
  model: string,
  takesFiles = true,
): Draft {
  const why = {
    rule: 'classified',
    confidence: question.confidence,
    runnersUp: question.top.filter((it) => it.product !== question.product).slice(0, 3),
    words: question.why,
    catalogue: catalogue.version,
    model,
    ...(question.help ? { assisted: question.help.assisted } : {}),
  } as const;
  const product = question.product === null ? null : productOf(catalogue, question.product);
  const files = takesFiles ? [...filesAside, ...readContext.files] : [];
  const context = { ...readContext, files };
  const asked: Draft = {
    text: question.text,
    product: product?.id ?? null,
    kind: question.kind,
    values: {},
    why,
    confirmed: false,
    message,
    ...(files.length > 0 ? { files } : {}),
  };
  const draft = fillFromText(asked, product, question.text, context);
  return question.help ? fillFromPieces(draft, product, question.help.pieces, context) : draft;
}

/** Values that a language model pointed at in the text, read as an answer to the field would be. The case says which; they are shown before they count. */
function fillFromPieces(draft: Draft, product: Product | null, pieces: Readonly<Record<string, string>>, context: ReadContext): Draft {
  const values: Record<string, string> = { ...draft.values };
  const fields: string[] = [];
  for (const field of product?.fields ?? []) {
    const piece = pieces[field.id];
    if (piece === undefined || values[field.id] !== undefined) continue;
    const reading = readAnswer(field, piece, context);
    if (reading.kind !== 'taken') continue;
    values[field.id] = reading.value;
    fields.push(field.id);
  }
  const { assisted } = draft.why;
  return fields.length === 0 || !assisted ? draft : { ...draft, values, why: { ...draft.why, assisted: { ...assisted, fields } } };
}

/** The draft with every field that a text happens to say and that has no value yet. */
export function fillFromText(draft: Draft, product: Product | null, text: string, context: ReadContext): Draft {
  if (!product) return draft;
  const values: Record<string, string> = { ...draft.values };
  for (const field of product.fields) {
    if (values[field.id] !== undefined) continue;
    const reading = findInText(field, text, context);
    if (reading.kind === 'taken') values[field.id] = reading.value;
  }
  return { ...draft, values };
}

/** The draft for another product; answers stay where the form has a field of that name. */
export function withProduct(draft: Draft, product: Product | null, rule: Draft['why']['rule'], context: ReadContext): Draft {
  const kept = Object.fromEntries(Object.entries(draft.values).filter(([id]) => product?.fields.some((field) => field.id === id)));
  const moved = { ...draft, product: product?.id ?? null, values: kept, why: { ...draft.why, rule } };
  return fillFromText(moved, product, draft.text, { ...context, files: [...(draft.files ?? []), ...context.files] });
}

/** Whether a field matters, given the answers so far. */
export function applies(field: Field, values: Readonly<Record<string, string>>): boolean {
  return !field.when || field.when.is.includes(values[field.when.field] ?? '');
}

/**
 * The fields still to be asked at a moment. Before registration only a request is held up: a fault, complaint or wish
 * must never wait for a form. After it, a fault or request may need a detail (where exactly).
 */
export function missingFields(
  product: Product | null,
  kind: Kind,
  values: Readonly<Record<string, string>>,
  moment: 'before' | 'after',
): Field[] {
  if (!product) return [];
  const asked = moment === 'before' ? kind === 'request' : kind === 'request' || kind === 'fault';
  if (!asked) return [];
  return product.fields.filter((field) => field.required === moment && values[field.id] === undefined && applies(field, values));
}

/** What was understood, line by line. */
export function summaryOf(product: Product | null, values: Readonly<Record<string, string>>, context: ReadContext): SummaryLine[] {
  if (!product) return [];
  return product.fields
    .filter((field) => values[field.id] !== undefined && applies(field, values))
    .map((field) => ({
      label: field.label[context.language],
      value: showValue(field, values[field.id] ?? '', context.language, context.now, context.timeZone),
    }));
}

/** A case's title: the product's name and the beginning of what was asked. */
export function titleOf(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const line = words.charAt(0).toUpperCase() + words.slice(1);
  const characters = [...line];
  if (characters.length <= TITLE_LENGTH) return line;
  const cut = characters.slice(0, TITLE_LENGTH).join('');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), TITLE_LENGTH / 2))}…`;
}
