import type { Field, Product } from '../catalogue/index.ts';
import type { Case } from '../domain/index.ts';
import type { Decision } from './decision.ts';
import { applies } from './draft.ts';
import { findFiles, withMoreFiles } from './field-files.ts';

/** The field of a product that takes files, given the answers so far. */
export function fileField(product: Product | null, values: Readonly<Record<string, string>>): Field | null {
  return product?.fields.find((field) => field.type === 'attachment' && applies(field, values)) ?? null;
}

/** What the files of the message being handled add to a case's answers; nothing where its product asks for none. */
export function filesAdded(decision: Decision, it: Case): { readonly values?: Case['values'] } {
  const field = fileField(it.product === null ? null : decision.productNamed(it.product), it.values);
  const found = findFiles(decision);
  if (!field || found.kind !== 'taken') return {};
  return { values: { ...it.values, [field.id]: withMoreFiles(it.values[field.id], found.value) } };
}
