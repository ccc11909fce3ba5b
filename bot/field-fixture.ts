import type { Field, FieldChoice, FieldType } from '../catalogue/index.ts';
import type { Language } from '../domain/index.ts';
import type { ReadContext } from './fields.ts';

/** Tuesday 24 November 2026, eleven in the morning in Amsterdam. */
export const NOW = new Date('2026-11-24T10:00:00Z');
export const ZONE = 'Europe/Amsterdam';

export function field(type: FieldType, more: Partial<Field> = {}): Field {
  const text = { nl: 'Veld', en: 'Field' };
  return { id: 'field', type, required: 'before', label: text, ask: text, choices: [], ...more };
}

export function choice(id: string, nl: string, en: string, ...words: string[]): FieldChoice {
  return { id, label: { nl, en }, words };
}

export function context(language: Language = 'nl', now: Date = NOW): ReadContext {
  const budgets = new Map([
    ['441023', { number: '4410-23', open: true }],
    ['449099', { number: '4490-99', open: false }],
  ]);
  return { language, now, timeZone: ZONE, budgets, rooms: null, people: null, buildings: [], files: [] };
}
