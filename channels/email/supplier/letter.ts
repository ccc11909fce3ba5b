import type { HandlerTask, Language, SummaryLine } from '../../../domain/index.ts';
import { type Block, type MailContent, titleOf } from '../compose.ts';
import type { Enclosures } from '../enclosures.ts';
import { supplierTexts } from './texts.ts';

/** What is asked of a supplier, or called off. */
export interface SupplierOrder {
  readonly task: HandlerTask;
  /** His address. */
  readonly to: string;
  readonly language: Language;
  /** As he is called. */
  readonly supplier: string;
  /** The number of the contract; null: there is none. */
  readonly contract: string | null;
  /** By when, where the contract says it, for what is asked at a moment. */
  readonly dueFrom: (asked: Date) => Date | null;
  readonly timeZone: string;
  /** What the requester filled in, in the supplier's language. */
  readonly fields: readonly SummaryLine[];
}

/** What the requester sent along that does not go along to the supplier. */
export interface LeftOut {
  /** Too large for a mail: where he can fetch it. */
  readonly linked: Enclosures['linked'];
  readonly infected: readonly string[];
}

/** Writes a mail to a supplier. The requester's address is not in it: what he has to say to her goes by the desk. */
export function supplierLetter(order: SupplierOrder, organisation: string, asked: Date, leftOut: LeftOut): MailContent {
  const texts = supplierTexts(order.language);
  const { task, supplier, language } = order;
  return {
    language,
    salutation: texts.salutation(supplier),
    sections: [{ heading: null, blocks: task.what === 'recall' ? recalled(order) : handedOver(order, asked, leftOut) }],
    reference: `${texts.caseNumber}: ${task.case.reference}`,
    closing: [texts.regards, `${texts.desk} ${organisation}`],
  };
}

function handedOver(
  { task, language, contract, dueFrom, timeZone, fields }: SupplierOrder,
  asked: Date,
  { linked, infected }: LeftOut,
): Block[] {
  const texts = supplierTexts(language);
  const { case: it, requester } = task;
  const due = dueFrom(asked);
  return [
    paragraph(texts.asks),
    {
      kind: 'pairs',
      lead: null,
      lines: [
        { label: texts.what, value: titleOf(it.title) },
        ...fields,
        ...(requester ? [{ label: texts.requester, value: [requester.name, requester.department].filter(Boolean).join(', ') }] : []),
        ...(contract ? [{ label: texts.contract, value: contract }] : []),
        ...(due ? [{ label: texts.due, value: momentOf(due, language, timeZone) }] : []),
      ],
    },
    paragraph(`${texts.words}:\n${it.text}`),
    ...(linked.length > 0 ? [paragraph(texts.tooLarge), sourcesOf(linked, texts.file)] : []),
    ...(infected.length > 0 ? [paragraph(texts.infected(infected.join(', ')))] : []),
    paragraph(texts.answer),
  ];
}

function recalled({ task, language }: SupplierOrder): Block[] {
  const texts = supplierTexts(language);
  return [
    paragraph(texts.recalled),
    { kind: 'pairs', lead: null, lines: [{ label: texts.what, value: titleOf(task.case.title) }] },
    paragraph(texts.done),
  ];
}

function sourcesOf(linked: LeftOut['linked'], label: string): Block {
  return { kind: 'sources', label, sources: linked.map(({ name, url }) => ({ title: name, url })) };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

/** In full: it is read elsewhere, and perhaps much later. */
function momentOf(at: Date, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);
}
