import { type Choice, type Language, parseReference, type QuestionId, type Reference, type Reply } from '../../../domain/index.ts';
import type { Letter, Line, Topic } from '../compose.ts';

/** Letters as the desk writes them, for the tests of this folder. */

export function reference(text: string): Reference {
  const found = parseReference(text);
  if (!found) throw new Error(`${text} is no reference`);
  return found;
}

export const WARM: Topic = { key: 'warm', title: 'Het is te warm in kamer 3.14', reference: reference('SD-7K3Q-MX2J') };
export const LUNCH: Topic = { key: 'lunch', title: 'Lunch voor een vergadering', reference: null };

const id = (n: number): QuestionId => `00000000-0000-7000-8000-00000000000${n}` as QuestionId;

export function choices(n: number, ...of: readonly Choice[]): NonNullable<Reply['ask']> {
  return { kind: 'choices', id: id(n), choices: of };
}

export const REGISTERED: Line = {
  topic: WARM,
  question: 'undo',
  reply: {
    text: 'Gemeld bij Gebouwbeheer: SD-7K3Q-MX2J. Reactie vandaag voor 14.00 uur. Ik laat het je weten.',
    summary: [{ label: 'Plaats', value: 'kamer 3.14' }],
    ask: choices(1, { value: 'undo', label: 'Ongedaan maken' }),
  },
};

export const FORM: Line = {
  topic: LUNCH,
  question: 'form',
  reply: {
    text: 'Als je me dit nog laat weten, vraag ik het meteen voor je aan (vergadercatering):',
    summary: [{ label: 'Datum', value: 'morgen' }],
    ask: {
      kind: 'form',
      id: id(2),
      submit: 'Verder',
      fields: [
        { id: 'people', label: 'Aantal personen', input: 'number', required: true },
        {
          id: 'sort',
          label: 'Soort lunch',
          input: 'choice',
          required: true,
          choices: [
            { value: 'bread', label: 'broodjes' },
            { value: 'soup', label: 'soep' },
            { value: 'warm', label: 'warm' },
          ],
        },
        { id: 'budget', label: 'Budgetnummer', input: 'text', required: true },
        { id: 'diet', label: 'Dieetwensen', input: 'text', required: false },
      ],
    },
  },
};

export const ANSWER: Line = {
  topic: { key: 'restaurant', title: 'Hoe laat gaat het restaurant open?', reference: reference('SD-7K3Q-MX2J') },
  question: 'helped',
  reply: {
    text: 'Het bedrijfsrestaurant is op werkdagen open van 11.30 tot 13.30 uur.\n\nHelpt dit?',
    sources: [{ title: 'Intranet: eten en drinken', url: 'https://intranet.example.org/eten?dag=1&lang=nl' }],
    ask: choices(
      3,
      { value: 'yes', label: 'Ja, dank je' },
      { value: 'no', label: 'Nee' },
      { value: 'person', label: 'Ik wil een collega' },
    ),
  },
};

export const READY: Line = {
  topic: WARM,
  question: 'confirm-ready',
  reply: {
    text: 'SD-7K3Q-MX2J is gereed. De regelaar is vervangen.\n\nIs het nu goed?',
    ask: choices(4, { value: 'yes', label: 'Ja', primary: true }, { value: 'no', label: 'Nog niet' }),
  },
};

export const CHOOSE: Line = {
  topic: { key: 'cold', title: 'het tocht', reference: null },
  question: 'choose',
  reply: {
    text: 'Waar gaat het over?',
    ask: choices(
      5,
      { value: 'climate', label: 'Klimaat' },
      { value: 'doors', label: 'Deuren en ramen' },
      { value: 'other', label: 'Iets anders' },
    ),
  },
};

export function letter(lines: readonly Line[], changed: Partial<Letter> = {}): Letter {
  const language: Language = 'nl';
  return {
    language,
    organisation: 'Gemeente Voorbeeld',
    requester: 'Eva Jansen',
    author: null,
    urgent: false,
    lines,
    enclosures: null,
    link: (_, value) => `https://desk.example.org/mail/${value}`,
    ...changed,
  };
}
