/** One of each thing that the desk shows in Teams, for the tests of the cards. */
import { type CaseCard, type CaseState, idFrom, newReference, type QuestionId, type Reply } from '../../../domain/index.ts';
import type { CardContext, Part } from '../cards.ts';
import type { Reading } from '../options.ts';

export const CONTEXT: CardContext = {
  language: 'nl',
  timeZone: 'Europe/Amsterdam',
  now: new Date('2026-11-24T09:00:00Z'),
  shared: false,
  viewer: '29:femke',
};

const question = idFrom<QuestionId>('question');
const REFERENCE = newReference(() => 0);

export function part(reply: Reply, given: Partial<Part> = {}): Part {
  return { message: 'message', reply, open: reply.ask !== undefined, answered: null, case: reply.card ?? null, by: null, ...given };
}

export function caseIn(state: CaseState, worker?: string): CaseCard {
  return {
    reference: REFERENCE,
    title: 'Te warm in kamer 3.14',
    state,
    team: 'Gebouwbeheer',
    ...(worker ? { worker } : {}),
    ...(state === 'queued' ? { due: '2026-11-24T13:00:00Z' } : {}),
  };
}

const yesOrNo = {
  kind: 'choices',
  id: question,
  choices: [
    { value: 'yes', label: 'Klopt', primary: true },
    { value: 'adjust', label: 'Aanpassen' },
    { value: 'other', label: 'Iets anders' },
  ],
} as const;

const registered: Reply = {
  text: `Gemeld bij Gebouwbeheer: ${REFERENCE}. Reactie vandaag voor 14.00 uur. Ik laat het je weten.`,
  summary: [{ label: 'Plaats', value: 'kamer 3.14' }],
  card: caseIn('queued'),
  ask: { kind: 'choices', id: question, choices: [{ value: 'undo', label: 'Ongedaan maken' }] },
};

const form: Reply = {
  text: 'Vergaderruimte. Ik heb nog dit nodig:\nDie dag is al geweest.',
  summary: [{ label: 'Aantal personen', value: '8' }],
  ask: {
    kind: 'form',
    id: question,
    submit: 'Verder',
    fields: [
      { id: 'day', label: 'Dag', input: 'date', required: true, value: '2026-11-20', error: 'Die dag is al geweest.' },
      { id: 'time', label: 'Begintijd', input: 'time', required: true, value: '10:00' },
      { id: 'people', label: 'Aantal personen', input: 'number', required: true, value: '8' },
      { id: 'budget', label: 'Budgetnummer', input: 'text', required: false },
      { id: 'host', label: 'Gastheer', input: 'person', required: true },
      { id: 'remarks', label: 'Opmerkingen', input: 'long-text', required: false, value: 'Graag bij het raam' },
      { id: 'mail', label: 'E-mailadres', input: 'email', required: true },
      {
        id: 'building',
        label: 'Gebouw',
        input: 'choice',
        required: true,
        choices: [
          { value: 'a', label: 'Gebouw A' },
          { value: 'b', label: 'Gebouw B' },
        ],
      },
    ],
  },
};

/** By name; every card that the desk sends is like one of these. */
export const SAMPLES: Readonly<Record<string, readonly Part[]>> = {
  answer: [
    part({
      text: 'Het bedrijfsrestaurant is op werkdagen open van 11.30 tot 13.30 uur.\n\nHelpt dit?',
      sources: [
        { title: 'Huisregels catering', url: 'https://intranet.example.org/catering' },
        { title: 'Receptie', url: 'javascript:alert(1)' },
      ],
      ask: yesOrNo,
    }),
  ],
  registered: [part(registered)],
  claimed: [part(registered, { open: false, case: caseIn('claimed', 'Sanne') })],
  ready: [part(registered, { open: false, case: caseIn('ready', 'Sanne') })],
  withdrawn: [part(registered, { open: false, answered: 'Ongedaan maken', case: caseIn('withdrawn') })],
  form: [part(form)],
  confirm: [part(form, { open: false }), part({ text: 'Vergaderruimte voor 8 personen, morgen 10.00-12.00. Klopt dat?', ask: yesOrNo })],
  many: [
    part({
      text: 'Welke wil je intrekken?',
      ask: {
        kind: 'choices',
        id: question,
        choices: Array.from({ length: 9 }, (_, i) => ({ value: String(i), label: `Melding ${i + 1}: de lamp in kamer 2.0${i} is kapot` })),
      },
    }),
  ],
  danger: [
    part({
      text: 'Bel nu 112, en daarna de bhv: 1112.\n\nGa naar buiten en waarschuw wie je tegenkomt.\n\nWaar is het? Gebouw, verdieping, kamer.',
      alarm: true,
      card: caseIn('queued'),
      ask: { kind: 'text', id: question },
    }),
  ],
  worker: [
    part(
      {
        text: 'Sanne vraagt bij je melding:\n\nStaat het raam open?',
        card: caseIn('waiting', 'Sanne'),
        ask: { kind: 'text', id: question },
      },
      { by: 'Sanne' },
    ),
  ],
};

/** What the classifier makes of somebody's message. */
export const READING: Reading = {
  lines: ['Verwarming en koeling · Gebouwbeheer'],
  product: 'heating',
  candidates: [
    { id: 'heating', name: 'Verwarming en koeling · Gebouwbeheer' },
    { id: 'cooling', name: 'Ventilatie · Gebouwbeheer' },
    { id: 'windows', name: 'Ramen en deuren · Gebouwbeheer' },
    { id: 'sun', name: 'Zonwering · Gebouwbeheer' },
  ],
};
