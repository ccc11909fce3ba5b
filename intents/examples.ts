/** The catalogue as training examples: what people type, what products are called, and what the desk itself answers. */
import type { Answer, Catalogue } from '../catalogue/index.ts';
import { KINDS, type Kind, LANGUAGES, type Language } from '../domain/index.ts';
import { DESK_PRODUCT } from './model.ts';

/** One text to learn from. `product` null: an example of what no product fits. Without `kind` it teaches no kind. */
export interface Example {
  readonly text: string;
  readonly product: string | null;
  readonly kind?: Kind | undefined;
  readonly language?: Language | undefined;
}

/** How people ask for an answer, and the sentences it says: an answer's words are its product's words. */
function fromAnswers(answers: readonly Answer[], product: string): Example[] {
  return answers.flatMap((answer) =>
    LANGUAGES.flatMap((language) => [
      ...answer.questions[language].map((text): Example => ({ text, product, kind: 'information', language })),
      ...answer.text[language].split(/(?<=[.!?])\s+/).map((text): Example => ({ text, product, language })),
    ]),
  );
}

/**
 * Everything the catalogue says, as examples. Names, synonyms and descriptions carry no kind and no voice, but they hold the
 * words a product is known by: in cross-validation they are worth 7 points of accuracy, the answers' sentences 1.5 more.
 */
export function examplesOf(catalogue: Catalogue): Example[] {
  const examples: Example[] = [];
  for (const product of catalogue.products) {
    for (const language of LANGUAGES) {
      for (const kind of KINDS) {
        for (const text of product.examples[language][kind] ?? []) examples.push({ text, product: product.id, kind, language });
      }
      examples.push({ text: product.name[language], product: product.id, language });
      examples.push({ text: product.description[language], product: product.id, language });
      for (const text of product.synonyms[language]) examples.push({ text, product: product.id, language });
      for (const field of product.fields) {
        for (const choice of field.choices) examples.push({ text: choice.label[language], product: product.id, language });
      }
    }
    examples.push(...fromAnswers(product.answers, product.id));
  }
  examples.push(...fromAnswers(catalogue.organisation.answers, DESK_PRODUCT));
  return examples;
}
