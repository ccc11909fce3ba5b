import { randomInt } from 'node:crypto';
import { newId, newReference } from '../domain/index.ts';
import type { Ids } from './decision.ts';

/** Fresh ids for one decision. */
export function freshIds(): Ids {
  return {
    case: () => newId(),
    message: () => newId(),
    question: () => newId(),
    person: () => newId(),
    note: () => newId(),
    notice: () => newId(),
    disruption: () => newId(),
    reference: () => newReference((below) => randomInt(below)),
  };
}
