import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Language, storable } from '../../domain/index.ts';
import { block, type CardElement, literal } from './card-blocks.ts';
import { CARD_VERSION } from './cards.ts';
import type { NamedProduct, Reading } from './options.ts';
import { teamsTexts } from './texts.ts';
import type { Card } from './types.ts';

/** The form of "Register at the desk": what is asked, how the desk reads it, and what it is when that is wrong. */

export const MAX_QUESTION = 4_000;
/** So many of what it may be are shown beside each other. */
const SHOWN = 3;
/** A card takes some 28 KB, the question up to half of it: with a longer list (some 170 products) it would not go through, and the desk asks back instead. */
const MOST_LIST_BYTES = 12_000;
/** Of the three it is none. */
const NONE = 'none';

/** @param reading null while nothing is written */
export function registerForm(text: string, reading: Reading | null, products: readonly NamedProduct[], language: Language): Card {
  const texts = teamsTexts(language);
  const choices = products.map(choice);
  const listed = choices.length > 0 && Buffer.byteLength(JSON.stringify(choices)) <= MOST_LIST_BYTES;
  return {
    type: 'AdaptiveCard',
    version: CARD_VERSION,
    body: [
      {
        type: 'Input.Text',
        id: 'question',
        label: texts.question,
        isMultiline: true,
        isRequired: true,
        errorMessage: texts.fillIn,
        maxLength: MAX_QUESTION,
        value: text,
      },
      ...readBlocks(reading, language),
      ...(listed
        ? [
            {
              type: 'Input.ChoiceSet',
              id: 'other',
              style: 'filtered',
              label: texts.otherProduct,
              placeholder: texts.searchProduct,
              choices,
            },
          ]
        : []),
    ],
    actions: [
      { type: 'Action.Submit', title: texts.register, style: 'positive', data: { read: markOf(text), proposed: reading?.product ?? NONE } },
    ],
  };
}

function readBlocks(reading: Reading | null, language: Language): CardElement[] {
  const texts = teamsTexts(language);
  if (!reading) return [];
  const shown = reading.candidates.slice(0, SHOWN);
  // Each of several questions becomes a case of its own: there is no one product to choose.
  if (shown.length === 0) return reading.lines.map((line) => block(`${texts.registerHint} ${line}`, { subtle: true }));
  return [
    {
      type: 'Input.ChoiceSet',
      id: 'product',
      style: 'expanded',
      label: texts.registerHint,
      value: shown.some(({ id }) => id === reading.product) ? reading.product : NONE,
      choices: [...shown.map(choice), { title: texts.noneOfThese, value: NONE }],
    },
  ];
}

/** By which it is known again whether the words are those that were read. */
function markOf(text: string): string {
  return createHash('sha256').update(text.trim()).digest('base64url').slice(0, 16);
}

function choice({ id, name }: NamedProduct): { readonly title: string; readonly value: string } {
  return { title: literal(name), value: id };
}

const product = z.string().max(100).optional().catch(undefined);
const submitted = z.object({
  question: z.string().trim().min(1).max(MAX_QUESTION),
  product,
  other: product,
  read: z.string().max(100).optional().catch(undefined),
  proposed: product,
});

/** What was filled in; `product` is null where the desk is to read it itself. */
export interface FilledIn {
  readonly question: string;
  readonly product: string | null;
}

/** @returns null for what is no question */
export function readForm(data: unknown, products: readonly NamedProduct[]): FilledIn | null {
  const parsed = submitted.safeParse(data);
  if (!parsed.success) return null;
  const { question, other, read, proposed } = parsed.data;
  const chosen = other || parsed.data.product;
  // What was proposed for other words is read anew.
  const stale = !other && chosen === proposed && markOf(question) !== read;
  const known = products.some(({ id }) => id === chosen);
  return { question: storable(question), product: chosen && known && !stale ? chosen : null };
}
