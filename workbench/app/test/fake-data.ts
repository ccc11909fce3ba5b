import type { CaseDetail, CaseMessage, ExampleRow, IntakeRow, Me, ModelRow, NoticeView, StretchView } from '../../protocol.ts';

/** The desk that the browser test works at. */
export const SANNE: Me = {
  id: 'person-sanne',
  name: 'Sanne Bakker',
  role: 'admin',
  teams: ['facilities', 'cleaning'],
  organisation: 'Gemeente Waterrijk',
  agent: true,
  sharesViews: ['facilities'],
  allTeams: [
    { id: 'facilities', name: { nl: 'Gebouwbeheer', en: 'Building services' } },
    { id: 'cleaning', name: { nl: 'Schoonmaak', en: 'Cleaning' } },
    { id: 'catering', name: { nl: 'Catering', en: 'Catering' } },
  ],
  products: [
    { id: 'heating-cooling', name: { nl: 'Klimaat', en: 'Heating and cooling' }, team: 'facilities' },
    { id: 'lift', name: { nl: 'Lift', en: 'Lift' }, team: 'facilities' },
    { id: 'doors-windows', name: { nl: 'Deuren en ramen', en: 'Doors and windows' }, team: 'facilities' },
    { id: 'coffee-machine', name: { nl: 'Koffieautomaat', en: 'Coffee machine' }, team: 'catering' },
    { id: 'cleaning-request', name: { nl: 'Extra schoonmaak', en: 'Extra cleaning' }, team: 'cleaning' },
  ],
};

const HOUR = 3_600_000;

/** A moment so many hours from now. */
export function hours(count: number): string {
  return new Date(Date.now() + count * HOUR).toISOString();
}

/** Two of four hours used, with a night in between. */
function clockView(): CaseDetail['clocks'][number] {
  const stretch = (from: number, to: number, why: StretchView['why'], minutes: number) => ({
    from: hours(from),
    to: hours(to),
    team: 'facilities',
    why,
    minutes,
  });
  return {
    clock: 'complete',
    total: 240,
    counted: 120,
    waited: 30,
    left: 120,
    due: hours(2),
    does: 'counts',
    earlier: 0,
    stretches: [
      stretch(-20, -19, { kind: 'counts' }, 60),
      stretch(-19, -4, { kind: 'closed' }, 0),
      stretch(-4, -2.5, { kind: 'day-off', date: '2026-04-27', name: { nl: 'Koningsdag', en: "King's Day" } }, 0),
      stretch(-2.5, -2, { kind: 'waits' }, 30),
      stretch(-2, -1, { kind: 'counts' }, 60),
    ],
  };
}

type Given = Partial<CaseDetail> & Pick<CaseDetail, 'id' | 'reference' | 'title' | 'text' | 'requester'>;

/** A case as it waits in the queue, unless said otherwise. */
export function newCase(given: Given): CaseDetail {
  return {
    product: 'heating-cooling',
    kind: 'fault',
    team: 'facilities',
    state: 'queued',
    urgent: false,
    priority: 'normal',
    partOf: null,
    divided: false,
    worker: null,
    openedAt: hours(-3),
    due: given.respondBy ?? hours(5),
    respondBy: hours(5),
    completeBy: hours(29),
    expectedBy: null,
    clocks: [clockView()],
    fields: [
      { label: { nl: 'Kamer', en: 'Room' }, value: '3.14 (gebouw A, 3e verdieping)' },
      { label: { nl: 'Wat is er mis?', en: 'What is wrong?' }, value: 'te warm' },
    ],
    requesterAddress: 'jan.devries@example.org',
    requesterVerified: false,
    channel: 'web',
    summary: null,
    runs: [],
    why: {
      confidence: 0.93,
      runnersUp: [
        { product: 'lift', confidence: 0.04 },
        { product: 'doors-windows', confidence: 0.02 },
      ],
      words: [
        { word: 'bloedheet', weight: 2.4 },
        { word: 'kamer', weight: 0.8 },
        { word: 'hier', weight: -0.2 },
      ],
      rule: 'classified',
      catalogue: '2026-11-24',
      model: 'local-3f2a9c',
    },
    messages: [
      message('requester', given.requester, -3, given.text),
      message('desk', 'Loket', -2.99, `Ik heb het bij Gebouwbeheer gemeld (${given.reference}). Ze reageren vandaag voor 14.00 uur.`),
    ],
    notes: [],
    history: [
      { at: hours(-3), event: 'opened', by: 'requester', data: {} },
      { at: hours(-2.99), event: 'queued', by: 'desk', data: { team: 'facilities' } },
    ],
    earlier: [],
    duplicates: [],
    mayMerge: false,
    talking: null,
    held: null,
    actions: [],
    ...given,
  };
}

let messages = 0;

export function message(
  from: CaseMessage['from'],
  name: string,
  hour: number,
  text: string,
  attachments: CaseMessage['attachments'] = [],
  channel: CaseMessage['channel'] = 'web',
): CaseMessage {
  messages += 1;
  return { id: `message-${messages}`, from, name, at: hours(hour), channel, text, attachments };
}

/** Three that matter, and enough behind them to need a second page. */
export function firstCases(): CaseDetail[] {
  const first = [
    newCase({
      id: 'lift',
      reference: 'SD-4K7M-PQ2X',
      title: 'Lift B staat stil',
      text: 'lift B doet het niet',
      requester: 'Fatima El Idrissi',
      product: 'lift',
      respondBy: hours(-2.1),
      requesterVerified: true,
    }),
    newCase({
      id: 'warm',
      reference: 'SD-7K3Q-MX2P',
      title: 'Te warm, kamer 3.14',
      text: 'het is hier bloedheet, kamer 3.14',
      requester: 'Jan de Vries',
      respondBy: hours(1.35),
    }),
    newCase({
      id: 'door',
      reference: 'SD-9WRT-HG3B',
      title: 'Deur 1.02 klemt',
      text: 'deur van 1.02 klemt',
      requester: 'Piet Jansen',
      product: 'doors-windows',
      respondBy: hours(26),
      worker: { id: 'person-omar', name: 'Omar' },
      state: 'claimed',
    }),
    newCase({
      id: 'spill',
      reference: 'SD-2BCD-FG4H',
      title: 'Koffie over de vloer in de hal bij de receptie, graag vandaag nog want er komen gasten',
      text: 'koffie gemorst',
      requester: 'Annelies van den Berg-Waterman',
      product: 'cleaning-request',
      kind: 'request',
      team: 'cleaning',
    }),
  ];
  const warm = first[1];
  const more = Array.from({ length: 30 }, (_, index) =>
    newCase({
      id: `more-${index}`,
      reference: `SD-MR${String(index).padStart(2, '2')}-BCDF`,
      title: `Raam ${index + 1} sluit niet`,
      text: 'raam sluit niet',
      requester: 'Jan de Vries',
      product: 'doors-windows',
      respondBy: hours(30 + index),
    }),
  );
  const ready = newCase({
    id: 'old',
    reference: 'SD-5XYZ-BC2D',
    title: 'Zonwering hapert',
    text: 'zonwering hapert',
    requester: 'Jan de Vries',
    state: 'ready',
    due: null,
  });
  return [...first.map((one) => (one === warm ? { ...one, earlier: [ready] } : one)), ...more, ready];
}

export function firstIntake(): IntakeRow[] {
  return [
    {
      id: 'parked-1',
      channel: 'email',
      receivedAt: hours(-1),
      status: 'parked',
      reason: 'Het bericht is langer dan 8.000 tekens',
      text: 'Geachte heer, mevrouw, ...',
      hasSource: false,
    },
  ];
}

export function firstExamples(): ExampleRow[] {
  const row = {
    case: 'lift',
    reference: 'SD-4K7M-PQ2X',
    language: 'nl',
    was: { product: null, kind: 'information' },
    by: 'Omar Yilmaz',
    state: 'proposed',
    createdAt: hours(-2),
  } as const;
  return [
    { ...row, id: 'example-1', text: 'de lift bij … hangt tussen twee verdiepingen', product: 'lift', kind: 'fault', team: null },
    { ...row, id: 'example-2', text: 'er ligt water in de gang', product: null, kind: 'fault', team: 'cleaning' },
  ];
}

export function firstModels(): ModelRow[] {
  const row = {
    catalogue: 'c-1f0e5d2a',
    createdAt: hours(-3),
    judged: { rows: 593, right: 421, before: 420, worse: [{ id: 'lift', rows: 6, right: 4, before: 6 }] },
  };
  return [
    {
      ...row,
      id: 'local-0c',
      number: 3,
      corrections: 5,
      state: 'refused',
      reason: 'Lift 4 of 6 right, was 6',
      inForce: false,
      canRollBack: false,
    },
    { ...row, id: 'local-0b', number: 2, corrections: 3, state: 'live', reason: null, inForce: true, canRollBack: false },
    { ...row, id: 'local-0a', number: 1, corrections: 0, state: 'live', reason: null, inForce: false, canRollBack: true, judged: null },
  ];
}

export function firstNotices(): NoticeView[] {
  return [
    {
      id: 'notice-1',
      case: 'lift',
      reference: 'SD-4K7M-PQ2X',
      title: 'Lift B staat stil',
      kind: 'respond-late',
      team: 'facilities',
      at: hours(-1),
      seen: false,
      readable: true,
    },
    {
      id: 'notice-2',
      case: 'elsewhere',
      reference: 'SD-6XYZ-BC2D',
      title: null,
      kind: 'stays-late',
      team: 'hr',
      at: hours(-5),
      seen: true,
      readable: false,
    },
  ];
}
