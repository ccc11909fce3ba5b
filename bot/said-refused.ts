import type { Product } from '../catalogue/index.ts';
import { refusedBudget } from './budget-said.ts';
import type { Decision } from './decision.ts';
import { nameAfter } from './field-names.ts';
import { readAnswer } from './fields.ts';
import { type Refusals, refuse } from './form.ts';

/** Values of a new question that cannot be taken as they stand: a budget that is none, a name that several colleagues have. */
export function refusedInQuestion(decision: Decision, product: Product | null, text: string): Refusals {
  const refusals: Refusals = { errors: refusedBudget(decision, product, text), among: {} };
  for (const field of product?.fields ?? []) {
    if (field.type !== 'person' || field.required !== 'before' || !field.find) continue;
    const name = nameAfter(field.find, text);
    const reading = name === null ? null : readAnswer(field, name, decision.readContext);
    if (name !== null && reading?.kind === 'refused') refuse(decision, refusals, field, reading, name);
  }
  return refusals;
}
