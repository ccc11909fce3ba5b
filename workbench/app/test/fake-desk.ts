import type {
  CallBackList,
  CalledRequest,
  CaseDetail,
  PersonDetail,
  PersonRow,
  Proposal,
  RegisteredCase,
  RegisterRequest,
  StorySoFar,
} from '../../protocol.ts';

const FATIMA: PersonRow = {
  id: 'person-fatima',
  name: 'Fatima El Idrissi',
  address: 'fatima@example.org',
  verified: true,
  phone: '020 555 0001',
  room: 'B 2.10',
  department: 'Financiën',
  language: 'nl',
};
const MEVROUW: PersonRow = {
  id: 'person-mevrouw',
  name: 'Mevrouw Idrissi',
  address: null,
  verified: false,
  phone: '020 555 0001',
  room: null,
  department: null,
  language: null,
};

/** The server's side of the desk's own channel, in memory. */
export class FakeDesk {
  readonly registrations: RegisterRequest[] = [];
  readonly called: CalledRequest[] = [];
  joined = false;
  private calls: CallBackList['calls'] = [
    {
      conversation: 'talk-1',
      person: { id: 'person-greet', name: 'Greet de Boer', phone: '020 555 1234', room: '1.04' },
      news: [
        {
          message: 'm-1',
          case: 'warm',
          reference: 'SD-7K3Q-MX2P',
          at: new Date().toISOString(),
          text: 'Brandt de andere lamp nog?',
          by: 'Omar',
        },
      ],
      ask: { question: 'q-1', choices: [] },
      attempts: 0,
      triedAt: null,
    },
  ];

  people(search: string): PersonRow[] {
    return [FATIMA, MEVROUW].filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  }

  person(cases: readonly CaseDetail[]): PersonDetail {
    const join = { one: { id: FATIMA.id, name: FATIMA.name }, other: { id: MEVROUW.id, name: MEVROUW.name } };
    return {
      ...FATIMA,
      identities: [{ channel: 'web', externalId: 'fatima', since: new Date().toISOString() }],
      same: this.joined ? [MEVROUW] : [],
      joins: this.joined ? [{ id: 'join-1', ...join, by: 'Sanne Bakker', at: new Date().toISOString() }] : [],
      cases: cases.filter(({ requester }) => requester === FATIMA.name),
    };
  }

  look({ text, values, person, product }: StorySoFar, cases: readonly CaseDetail[]): Proposal {
    const told = text !== '';
    return {
      product: product === undefined ? (told ? 'lift' : null) : product,
      kind: 'fault',
      team: 'facilities',
      confidence: 0.9,
      candidates: told ? [{ product: 'lift', confidence: 0.9 }] : [],
      fields: told ? [{ id: 'place', label: 'Waar', input: 'text', required: true, value: values.place ?? 'lift B' }] : [],
      answer: told ? { id: 'call', text: 'Bel 0800-1234 bij een storing.', source: { title: 'Catalogus: lift' } } : null,
      danger: text.includes('brand') ? 'Bel 112 en ga naar buiten.' : null,
      disruption: null,
      open: person ? cases.filter(({ requester }) => requester === FATIMA.name).map((one) => ({ ...one, alike: true })) : [],
    };
  }

  register(request: RegisterRequest): RegisteredCase {
    this.registrations.push(request);
    return { person: FATIMA.id, reference: 'SD-2BCD-FG4K', said: 'Ik heb je storing gemeld bij Gebouwbeheer.', alarm: false, asks: null };
  }

  callBacks(): CallBackList {
    return { calls: this.calls };
  }

  call(request: CalledRequest): CallBackList {
    this.called.push(request);
    this.calls = request.reached
      ? []
      : this.calls.map((one) => ({ ...one, attempts: one.attempts + 1, triedAt: new Date().toISOString() }));
    return this.callBacks();
  }
}
