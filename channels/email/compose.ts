import type { Choice, FormField, Language, OpenQuestion, QuestionId, Reference, Reply, Source, SummaryLine } from '../../domain/index.ts';
import type { Enclosures } from './enclosures.ts';
import { type MailTexts, mailTexts } from './texts.ts';

/** One reply that a mail carries, with what the register knows about it. */
export interface Line {
  readonly reply: Pick<Reply, 'text'> & Partial<Reply>;
  /** What it is about; null for a greeting and the like. */
  readonly topic: Topic | null;
  /** The kind of the question that it asks, as long as that is open. */
  readonly question: OpenQuestion['kind'] | null;
}

export interface Topic {
  /** The same for replies about the same. */
  readonly key: string;
  readonly title: string;
  readonly reference: Reference | null;
}

/** What a mail is written from. */
export interface Letter {
  readonly language: Language;
  readonly organisation: string;
  /** As the requester is called; null when the desk does not know. */
  readonly requester: string | null;
  /** The first name of the colleague who says it, when all of it is one's. */
  readonly author: string | null;
  /** Danger was spoken of: the number to call stands in the first line, before any salutation. */
  readonly urgent: boolean;
  readonly lines: readonly Line[];
  /** What goes along; null: nothing. */
  readonly enclosures: Pick<Enclosures, 'linked' | 'infected'> | null;
  /** The address behind which a choice can be made; null: there is none. */
  readonly link: (question: QuestionId, value: string) => string | null;
}

/** A mail before it is text or HTML. */
export interface MailContent {
  readonly language: Language;
  readonly salutation: string | null;
  readonly sections: readonly Section[];
  /** "Zaaknummer: SD-7K3Q-MX2P"; null when it is about no case. */
  readonly reference: string | null;
  readonly closing: readonly string[];
}

export interface Section {
  readonly heading: string | null;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'pairs'; readonly lead: string | null; readonly lines: readonly SummaryLine[] }
  | { readonly kind: 'sources'; readonly label: string; readonly sources: readonly Source[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** How a question can be answered in a reply. */
  | { readonly kind: 'hint'; readonly text: string }
  | { readonly kind: 'links'; readonly numbered: boolean; readonly links: readonly MailLink[] };

export interface MailLink {
  readonly label: string;
  readonly url: string | null;
  readonly primary: boolean;
}

const TITLE_LENGTH = 80;

/** Nobody has to answer these. */
const OFFERS: ReadonlySet<OpenQuestion['kind']> = new Set(['helped', 'undo']);

/** Writes a mail: answers first, then the question that is left, then the case number, then who says it. Two questions get two headings. */
export function composeMail(letter: Letter): MailContent {
  const texts = mailTexts(letter.language);
  const groups = groupsOf(letter.lines);
  const headings = groups.filter(({ topic }) => topic !== null).length > 1;
  const asksLast = [...groups.filter((it) => !it.asks), ...groups.filter((it) => it.asks)];
  return {
    language: letter.language,
    salutation: salutation(letter, texts),
    sections: [
      ...asksLast.map(({ topic, lines }) => ({
        heading: headings ? (topic?.title ?? null) : null,
        blocks: lines.flatMap((line) => blocksOf(line, letter, texts)),
      })),
      { heading: null, blocks: letter.enclosures ? enclosureBlocks(letter.enclosures, texts) : [] },
    ],
    reference: referenceLine(groups, texts),
    closing: [texts.regards, ...(letter.author ? [letter.author] : []), `${texts.desk} ${letter.organisation}`],
  };
}

interface Group {
  readonly topic: Topic | null;
  readonly lines: Line[];
  /** Something in it waits for an answer. */
  asks: boolean;
}

function groupsOf(lines: readonly Line[]): Group[] {
  const groups: Group[] = [];
  for (const line of lines) {
    const same = groups.find(({ topic }) => topic?.key === line.topic?.key);
    const group = same ?? { topic: line.topic, lines: [], asks: false };
    group.lines.push(line);
    group.asks ||= line.question !== null && !OFFERS.has(line.question);
    if (!same) groups.push(group);
  }
  return groups;
}

/** None before a danger's number, and none before a greeting. */
function salutation({ urgent, requester, lines }: Letter, texts: MailTexts): string | null {
  const greets = /^(?:hoi|hallo|hi|hello)\b/i.test(lines[0]?.reply.text ?? '');
  return urgent || greets ? null : texts.salutation(firstName(requester));
}

/** "Jansen, Eva" and "Eva Jansen" are both Eva; an address is nobody's name. */
export function firstName(name: string | null): string | null {
  if (!name || /[@\d]/.test(name)) return null;
  const [last = '', given] = name.split(',');
  const [first] = (given?.trim() || last).trim().split(/\s+/);
  return first && /^\p{L}[\p{L}'’.-]*$/u.test(first) ? first : null;
}

/** As a heading: one line with a capital and without a full stop. */
export function titleOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  const letters = [...(line.charAt(0).toUpperCase() + line.slice(1))];
  return letters.length > TITLE_LENGTH ? `${letters.slice(0, TITLE_LENGTH).join('')}…` : letters.join('');
}

function referenceLine(groups: readonly Group[], texts: MailTexts): string | null {
  const topics = groups.flatMap(({ topic }) => (topic?.reference ? [{ title: topic.title, reference: topic.reference }] : []));
  const [only, ...more] = topics;
  if (!only) return null;
  if (more.length === 0) return `${texts.caseNumber}: ${only.reference}`;
  return `${texts.caseNumbers}: ${topics.map(({ reference, title }) => `${reference} (${title})`).join(', ')}`;
}

/** What is enclosed shows itself; here is what is not. */
function enclosureBlocks({ linked, infected }: NonNullable<Letter['enclosures']>, texts: MailTexts): Block[] {
  const sources = linked.map(({ name, url }) => ({ title: name, url }));
  return [
    ...(sources.length > 0 ? [paragraph(texts.tooLarge), { kind: 'sources', label: texts.file, sources } as const] : []),
    ...(infected.length > 0 ? [paragraph(texts.infected(infected.join(', ')))] : []),
  ];
}

// --- one reply

function blocksOf({ reply, question }: Line, { language, link }: Letter, texts: MailTexts): Block[] {
  const paragraphs = reply.text.split(/\n{2,}/).filter((text) => text.trim() !== '');
  const { ask } = reply;
  const asks = question !== null && ask !== undefined;
  // What the desk asks stands last: behind what was understood and where an answer came from.
  const asked = asks && paragraphs.length > 1 && /[?:]\s*$/.test(paragraphs.at(-1) ?? '') ? paragraphs.slice(-1) : [];
  const said = paragraphs.slice(0, paragraphs.length - asked.length);
  const form = ask?.kind === 'form';
  const understood = summaryBlocks(reply, form ? texts.understood : null);
  return [
    // Before a form's "let me know" stands what need not be said again.
    ...(form ? understood : []),
    ...said.map(paragraph),
    ...(form ? [] : understood),
    ...(reply.sources && reply.sources.length > 0 ? [{ kind: 'sources', label: texts.source, sources: reply.sources } as const] : []),
    ...asked.map(paragraph),
    ...(asks ? askBlocks(ask, question, language, link, texts) : []),
  ];
}

function summaryBlocks({ summary }: Line['reply'], lead: string | null): Block[] {
  return summary && summary.length > 0 ? [{ kind: 'pairs', lead, lines: summary }] : [];
}

function paragraph(text: string): Block {
  const lines = text.split('\n');
  return lines.every((line) => line.startsWith('- '))
    ? { kind: 'list', items: lines.map((line) => line.slice(2)) }
    : { kind: 'paragraph', text };
}

function askBlocks(
  ask: NonNullable<Reply['ask']>,
  question: OpenQuestion['kind'],
  language: Language,
  link: Letter['link'],
  texts: MailTexts,
): Block[] {
  const hint: Block = { kind: 'hint', text: texts.howToAnswer[question] };
  if (ask.kind === 'text') return [hint];
  if (ask.kind === 'form') {
    const [only, ...more] = ask.fields;
    const saysItself = only && more.length === 0 && !only.choices && only.value === undefined;
    return [...(saysItself ? [] : [{ kind: 'list', items: ask.fields.map((it) => fieldLine(it, language, texts)) } as const]), hint];
  }
  const links = choicesShown(ask.choices, question, texts).map((choice) => ({
    label: choice.label,
    url: link(ask.id, choice.value),
    primary: choice.primary ?? false,
  }));
  const numbered = question === 'choose';
  const useful = numbered || links.some(({ url }) => url !== null);
  return [
    ...(numbered ? [] : [hint]),
    ...(useful && links.length > 0 ? [{ kind: 'links', numbered, links } as const] : []),
    ...(numbered ? [hint] : []),
  ];
}

/** Of an answer only that it did not help is worth a link; of a detail "don't know" alone is not. */
function choicesShown(choices: readonly Choice[], question: OpenQuestion['kind'], texts: MailTexts): readonly Choice[] {
  if (question === 'helped') return choices.filter(({ value }) => value === 'no').map((choice) => ({ ...choice, label: texts.notHelped }));
  return question === 'detail' && choices.length === 1 ? [] : choices;
}

/** "Soort lunch (broodjes, soep of warm)", "Datum: 3 december". */
function fieldLine(field: FormField, language: Language, texts: MailTexts): string {
  const choices = field.choices
    ? joined(
        field.choices.map(({ label }) => label),
        texts.or,
      )
    : null;
  const behind = [choices, field.required ? null : texts.optional].filter(Boolean).join('; ');
  const value = field.value === undefined ? '' : `: ${shown(field, field.value, language)}`;
  return `${field.label}${behind ? ` (${behind})` : ''}${value}`;
}

function shown(field: FormField, value: string, language: Language): string {
  const day = field.input === 'date' && /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T12:00:00Z`) : null;
  if (day && !Number.isNaN(day.getTime()))
    return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(day);
  return field.choices?.find((choice) => choice.value === value)?.label ?? value;
}

function joined(items: readonly string[], or: string): string {
  const last = items.at(-1) ?? '';
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} ${or} ${last}` : last;
}
