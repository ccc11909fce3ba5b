import type { Field, Product } from '../catalogue/index.ts';
import type { Decision } from './decision.ts';
import { budgetTokens, readAnswer } from './fields.ts';

/** Budget numbers that somebody names without being asked. */

const NAMES_ONE = /budget|kostenplaats|kostendrager|cost ?cent|projectnummer|project number/i;

/** A normalised number as it stands in the text. */
export function asWritten(token: string, text: string): string {
  return new RegExp([...token].join('[^\\p{L}\\p{N}]*'), 'iu').exec(text)?.[0] ?? token;
}

/** Why the budget number in a new question is not taken, by the field that needs one; a number that is no budget's is let pass. */
export function refusedBudget(decision: Decision, product: Product | null, text: string): Record<string, string> {
  const field: Field | undefined = product?.fields.find((it) => it.type === 'budget-number' && it.required === 'before');
  const [token] = budgetTokens(text);
  if (!field || token === undefined) return {};
  const known = decision.facts.budgets.get(token);
  if (known ? known.open : !NAMES_ONE.test(text)) return {};
  const reading = readAnswer(field, token, decision.readContext);
  return reading.kind === 'refused' ? { [field.id]: decision.texts.problem(reading.reason, asWritten(token, text)) } : {};
}
