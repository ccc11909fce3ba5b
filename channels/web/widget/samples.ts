import { parseId, parseReference, type QuestionId } from '../../../domain/index.ts';
import type { Ask, CaseCard } from './reply.ts';

/** Replies' parts for the tests. */

export function questionId(n: number): QuestionId {
  const id = parseId<QuestionId>(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
  if (!id) throw new Error('not an id');
  return id;
}

export function choices(n: number, ...labels: string[]): Ask {
  return {
    kind: 'choices',
    id: questionId(n),
    choices: labels.map((label, i) => ({ value: label.toLowerCase(), label, primary: i === 0 })),
  };
}

export function card(state: CaseCard['state']): CaseCard {
  const reference = parseReference('SD-7K3Q-MX2J');
  if (!reference) throw new Error('not a reference');
  return { reference, title: 'Te warm in kamer 3.14', state, team: 'Gebouwbeheer', due: '2099-12-03T13:00:00.000Z' };
}
