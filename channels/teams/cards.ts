import type { CaseCard, Language, Reply, Source, SummaryLine } from '../../domain/index.ts';
import { alarmBlocks, block, type CardElement, container, lines, row } from './card-blocks.ts';
import { caseBlocks, caseLine } from './card-case.ts';
import { askActions, askInputs } from './card-form.ts';
import { teamsTexts } from './texts.ts';
import type { Card } from './types.ts';

/** Desktop, web and phone all show this version (Teams, "Types of cards"; Action.Execute needs 1.4). */
export const CARD_VERSION = '1.5';
const SCHEMA = 'https://adaptivecards.io/schemas/adaptive-card.json';

/** One thing that was said, as a card shows it now. */
export interface Part {
  readonly message: string;
  readonly reply: Reply;
  /** Its question can still be answered. */
  readonly open: boolean;
  /** What was pressed on it. */
  readonly answered: string | null;
  /** The case that it is about, as it is now; null: as it was when this was said. */
  readonly case: CaseCard | null;
  /** A worker's first name, for what a worker wrote. */
  readonly by: string | null;
}

export interface CardContext {
  readonly language: Language;
  readonly timeZone: string;
  readonly now: Date;
  /** Others read along: no title and no answers of a case are shown. */
  readonly shared: boolean;
  /** Teams' id of whom the card is for: it refreshes itself when they look. */
  readonly viewer: string | null;
  /** Where whose case it is opens it. */
  readonly caseLink?: ((reference: string) => string) | undefined;
}

/** More than this on one card, and the oldest makes room. */
const MOST_PARTS = 4;

/** What was said on one card, oldest first; what was answered is only remembered by its first line. */
export function cardOf(parts: readonly Part[], context: CardContext): Card {
  // A form that was sent says nothing more: what was filled in stands in what followed.
  const shown = parts.filter((part) => part === parts.at(-1) || part.reply.ask?.kind !== 'form' || part.open).slice(-MOST_PARTS);
  const last = shown.at(-1);
  // The inputs of two forms on one card could not be told apart: the older one is answered in words.
  const form = shown.findLast((part) => part.open && part.reply.ask?.kind === 'form');
  const body = shown.flatMap((part, i) => {
    const answers = part.open && (part.reply.ask?.kind !== 'form' || part === form);
    const elements = part !== last && isPast(part) ? pastBlocks(part, context) : partBlocks(part, context, answers);
    return i === 0 ? elements : [container(elements, { separator: true })];
  });
  const refreshes = shown.some((part) => part.case !== null || part.open) && context.viewer !== null && last !== undefined;
  return {
    type: 'AdaptiveCard',
    $schema: SCHEMA,
    version: CARD_VERSION,
    fallbackText: shown.map((part) => plainText(part, context)).join('\n\n'),
    speak: last?.reply.text ?? '',
    ...(refreshes ? { refresh: refreshOf(last.message, context.viewer ?? '') } : {}),
    body,
  };
}

/** Whether a reply needs a card: plain words are sent as words. */
export function needsCard({ reply, case: it }: Pick<Part, 'reply' | 'case'>): boolean {
  const { ask, sources = [], summary = [], alarm = false } = reply;
  return alarm || it !== null || sources.length > 0 || summary.length > 0 || (ask !== undefined && ask.kind !== 'text');
}

/** All of it in words: for the notification, a screen reader, and a client that shows no cards. */
export function plainText({ reply, case: it, by, open, answered }: Part, context: CardContext): string {
  const texts = teamsTexts(context.language);
  const { ask, sources = [], summary = [] } = reply;
  return [
    by && !ask && !reply.card ? `${speaker(by, reply, texts)}: ${reply.text}` : reply.text,
    ...(context.shared ? [] : [summary.map(({ label, value }) => `${label}: ${value}`).join('\n')]),
    it ? caseLine(it, context) : '',
    sources.map(({ title, url }) => `${texts.source}: ${title}${url ? ` ${url}` : ''}`).join('\n'),
    open && ask?.kind === 'choices' ? ask.choices.map(({ label }) => `- ${label}`).join('\n') : '',
    open && ask?.kind === 'form' ? ask.fields.map(({ label }) => `- ${label}`).join('\n') : '',
    answered ? texts.chosen(answered) : '',
  ]
    .filter(Boolean)
    .join('\n');
}

/** A card that says only this, for what needs no conversation: "working on it", a refusal. */
export function noticeCard(text: string): Card {
  return { type: 'AdaptiveCard', $schema: SCHEMA, version: CARD_VERSION, fallbackText: text, body: lines(text) };
}

/** Who begins to talk in the chat is introduced as a colleague. */
function speaker(by: string, { colleague }: Reply, texts: ReturnType<typeof teamsTexts>): string {
  return colleague ? texts.colleague(by) : by;
}

/** A question that is settled. */
function isPast({ reply, open }: Part): boolean {
  return reply.ask !== undefined && !open;
}

/** @param answers whether its question is answered on this card */
function partBlocks(part: Part, context: CardContext, answers: boolean): CardElement[] {
  const { reply, answered, by } = part;
  const texts = teamsTexts(context.language);
  return [
    ...(by && !reply.ask && !reply.card ? [block(speaker(by, reply, texts), { bold: true, spacing: 'None' })] : []),
    ...(reply.alarm ? alarmBlocks(reply.text) : lines(answers ? withoutErrors(reply) : reply.text)),
    ...(context.shared ? [] : summaryBlocks(reply.summary ?? [])),
    ...(part.case ? caseBlocks(part.case, context) : []),
    ...sourceBlocks(reply.sources ?? [], texts.source),
    ...(answers && reply.ask ? [...askInputs(reply.ask, context.language), ...askActions(reply.ask, context.language)] : []),
    ...(answered ? [block(`✓ ${texts.chosen(answered)}`, { subtle: true, spacing: 'Small' })] : []),
  ];
}

/** What is wrong with a field is said at the field. */
function withoutErrors({ text, ask }: Reply): string {
  if (ask?.kind !== 'form') return text;
  const errors = new Set(ask.fields.map(({ error }) => error));
  return text
    .split('\n')
    .filter((line) => !errors.has(line))
    .join('\n');
}

function pastBlocks(part: Part, context: CardContext): CardElement[] {
  const [first = ''] = part.reply.text.split('\n');
  const texts = teamsTexts(context.language);
  return [
    ...(part.reply.alarm ? alarmBlocks(part.reply.text) : [block(first, { subtle: true })]),
    ...(part.case ? caseBlocks(part.case, context) : []),
    ...(part.answered ? [block(`✓ ${texts.chosen(part.answered)}`, { subtle: true, spacing: 'None' })] : []),
  ];
}

function summaryBlocks(summary: readonly SummaryLine[]): CardElement[] {
  return summary.map(({ label, value }, i) =>
    row([[block(label, { subtle: true, spacing: 'None' })], [block(value, { spacing: 'None' })]], {
      widths: [2, 3],
      spacing: i === 0 ? 'Medium' : 'Small',
    }),
  );
}

function sourceBlocks(sources: readonly Source[], label: string): CardElement[] {
  return sources.map(({ title, url }) => {
    const web = url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url);
    const element = block(`${label}: ${title}`, { subtle: !web, accent: web, spacing: 'Small', small: true });
    return web ? container([element], { open: url }) : element;
  });
}

function refreshOf(message: string, viewer: string): object {
  return { action: { type: 'Action.Execute', title: 'refresh', verb: 'refresh', data: { loket: 1, message } }, userIds: [viewer] };
}
