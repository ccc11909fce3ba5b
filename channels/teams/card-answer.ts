import { z } from 'zod';
import { type Incoming, storable } from '../../domain/index.ts';
import type { Register } from '../../register/index.ts';
import { CHOICE_INPUT, FIELD_PREFIX, PICK_PREFIX } from './card-form.ts';

const MAX_VALUE = 4_000;
const MAX_FIELDS = 50;

const pressed = z.object({
  loket: z.literal(1),
  question: z.string().min(1).max(64),
  value: z.string().max(MAX_VALUE).optional(),
  label: z.string().max(500).optional(),
});
const inputs = z.record(z.string().max(200), z.unknown());
const directoryId = z.guid();

/** What a card sent, as the desk takes it. */
export interface CardAnswer {
  readonly incoming: Incoming;
  /** What the card shows of it afterwards. */
  readonly label: string | null;
}

/**
 * What a card sends. Who was picked out of the directory is read back as the person whom the desk knows by that id.
 * @returns null for what no card of ours sends; `unknown-person` when somebody was picked whom the desk does not know, and no name was typed
 */
export async function readAnswer(
  data: unknown,
  people: Pick<Register['people'], 'byDirectoryId'>,
): Promise<CardAnswer | 'unknown-person' | null> {
  const head = pressed.safeParse(data);
  const all = inputs.safeParse(data);
  if (!head.success || !all.success) return null;
  const { question, value, label } = head.data;
  if (value !== undefined) return { incoming: { text: storable(label ?? value), answer: { question, value } }, label: label ?? value };
  const chosen = all.data[CHOICE_INPUT];
  if (typeof chosen === 'string' && chosen.length <= MAX_VALUE)
    return { incoming: { text: storable(chosen), answer: { question, value: chosen } }, label: null };
  const typed = readFields(all.data);
  if (!typed) return null;
  const fields = await withPicked(typed, all.data, people);
  if (!fields) return 'unknown-person';
  const text = Object.values(fields).filter(Boolean).join(', ');
  return { incoming: { text, answer: { question, value: fields } }, label: null };
}

function readFields(data: Readonly<Record<string, unknown>>): Record<string, string> | null {
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(data)) {
    if (!key.startsWith(FIELD_PREFIX)) continue;
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const text = storable(String(value));
    if (text.length > MAX_VALUE) return null;
    fields[storable(key.slice(FIELD_PREFIX.length))] = text;
  }
  return Object.keys(fields).length > 0 && Object.keys(fields).length <= MAX_FIELDS ? fields : null;
}

/** @returns the fields with the names of who was picked; null when one of them is nobody whom the desk knows */
async function withPicked(
  typed: Readonly<Record<string, string>>,
  data: Readonly<Record<string, unknown>>,
  people: Pick<Register['people'], 'byDirectoryId'>,
): Promise<Record<string, string> | null> {
  const fields = { ...typed };
  for (const [id, name] of Object.entries(typed)) {
    const picked = directoryId.safeParse(data[`${PICK_PREFIX}${id}`]);
    if (!picked.success) continue;
    const person = await people.byDirectoryId(picked.data, 'teams');
    if (person) fields[id] = person.address === null ? person.name : `${person.name} (${person.address})`;
    else if (name.trim() === '') return null;
  }
  return fields;
}
