/** Colleagues in what people write of them. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Field } from '../catalogue/index.ts';
import type { ListedPerson } from '../domain/index.ts';
import { context, field } from './field-fixture.ts';
import { peopleWanted } from './field-people.ts';
import { findInText, type ReadContext, readAnswer } from './fields.ts';
import { Simulator } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

const person = (name: string, more: Partial<ListedPerson> = {}): ListedPerson => ({
  name,
  address: null,
  department: null,
  room: null,
  holdsBudget: false,
  ...more,
});
const PEOPLE: readonly ListedPerson[] = [
  person('Jan de Vries', { address: 'jan.devries@example.org', department: 'ICT', room: '3.14' }),
  person('Jan de Vries', { address: 'j.devries@example.org', department: 'Burgerzaken', room: '1.02' }),
  person('Renée Özdemir', { address: 'renee@example.org', department: 'Griffie', room: '2.10', holdsBudget: true }),
  person('Bartholomeus Kuipers', { department: 'Post' }),
  person('Noor van den Berg', { address: 'noor@example.org', room: '2.10' }),
];
const inList: ReadContext = { ...context(), people: PEOPLE };
const read = (text: string, more: Partial<Field> = {}, given = inList) => readAnswer(field('person', more), text, given);
const RENEE = { kind: 'taken', value: 'Renée Özdemir (renee@example.org)' };

describe('the answer to who it is', () => {
  it.each([
    'Renée Özdemir',
    'renee ozdemir',
    'RENEE',
    'Renee Ozdemr',
    'R. Özdemir',
    'Özdemir, Renée',
    'renee@example.org',
    'Het is voor Renée Özdemir.',
    'dat is Renée Özdemir van de griffie',
    'Renée Özdemir <Renee@Example.org>',
  ])('is somebody of the list (%j)', (text) => {
    expect(read(text)).toEqual(RENEE);
  });

  it('is read again as itself, also of whom there is no address', () => {
    for (const one of PEOPLE) {
      const kept = read(one.address ?? one.name);
      expect(kept.kind).toBe('taken');
      expect(kept.kind === 'taken' && read(kept.value)).toEqual(kept);
    }
    expect(read('Bartolomeus Kuypers')).toEqual({ kind: 'taken', value: 'Bartholomeus Kuipers (Post)' });
  });

  it('is a room where one person sits, and is asked where several do', () => {
    expect(read('kamer 3.14')).toEqual({ kind: 'taken', value: 'Jan de Vries (jan.devries@example.org)' });
    expect(read('de collega van kamer 2.10')).toMatchObject({
      kind: 'refused',
      reason: 'which-person',
      among: [{ name: 'Renée Özdemir' }, { name: 'Noor van den Berg' }],
    });
  });

  it('is asked when several have the name, and not when what tells them apart is said', () => {
    expect(read('Jan de Vries')).toMatchObject({
      kind: 'refused',
      reason: 'which-person',
      among: [{ department: 'ICT' }, { department: 'Burgerzaken' }],
    });
    expect(read('Jan de Vries (Burgerzaken)')).toEqual({ kind: 'taken', value: 'Jan de Vries (j.devries@example.org)' });
    expect(read('"Jan de Vries"')).toEqual({ kind: 'taken', value: 'Jan de Vries' });
    const crowd = { ...inList, people: Array.from({ length: 9 }, (_, i) => person(`Anna Bos ${i}`)) };
    expect(read('Anna Bos', {}, crowd)).toEqual({ kind: 'refused', reason: 'which-person', among: [] });
  });

  it('is taken as written when nobody is meant, unless who it is must be known', () => {
    expect(read('Tamara Willems')).toEqual({ kind: 'taken', value: 'Tamara Willems' });
    expect(read('Tamara Willems', { who: 'listed' })).toEqual({ kind: 'refused', reason: 'unknown-person' });
    expect(read('Renée Özdemir', { who: 'outsider' })).toEqual({ kind: 'taken', value: 'Renée Özdemir' });
    expect(read('Renee', {}, context())).toEqual({ kind: 'taken', value: 'Renee' });
  });

  it('is a budget holder only when he holds one', () => {
    const holder = (text: string) => readAnswer(field('budget-holder'), text, inList);
    expect(holder('Renee Ozdemir')).toEqual(RENEE);
    expect(holder('kamer 2.10')).toEqual(RENEE);
    expect(holder('Jan de Vries')).toEqual({ kind: 'refused', reason: 'no-budget-holder' });
    expect(holder('Tamara Willems')).toEqual({ kind: 'refused', reason: 'unknown-person' });
    expect(findInText(field('budget-holder'), 'graag een beamer, budgethouder Renee Ozdemir', inList)).toEqual(RENEE);
    expect(findInText(field('budget-holder'), 'graag een beamer, budgethouder Piet Jansen', inList)).toEqual({ kind: 'absent' });
  });

  it('forgives a slip in any longer word of a name, and never falls over', () => {
    const slip = fc.tuple(fc.nat(20), fc.constantFrom('', 'x', 'ee'));
    fc.assert(
      fc.property(slip, ([at, put]) => {
        const name = 'bartholomeus';
        const typed = name.slice(0, at % name.length) + put + name.slice((at % name.length) + 1);
        expect(read(`${typed} Kuipers`)).toEqual({ kind: 'taken', value: 'Bartholomeus Kuipers (Post)' });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const wanted = peopleWanted(text);
        expect(wanted.names.length + wanted.addresses.length).toBeLessThanOrEqual(10);
        expect(['taken', 'refused']).toContain(read(text).kind);
        expect(findInText(field('person', { find: ['voor'] }), text, inList).kind).not.toBe('refused');
      }),
    );
  });
});

describe('in a conversation', () => {
  let staffed: World;
  beforeAll(async () => {
    const plain = await world();
    // A product that asks before it is registered for whom it is.
    const products = plain.catalogue.products.map((product) =>
      product.id === 'account-access'
        ? { ...product, fields: product.fields.map((one) => (one.type === 'person' ? { ...one, required: 'before' as const } : one)) }
        : product,
    );
    staffed = { ...plain, people: PEOPLE, catalogue: { ...plain.catalogue, products } };
  }, 60_000);
  const asked = (chat: Simulator) => {
    chat.say('graag toegang tot de map Vergunningen');
    expect(chat.waitsFor).toContain('form');
  };

  it('it is asked which of them is meant, to choose from, or somebody else', () => {
    const chat = new Simulator(staffed);
    asked(chat);
    const [reply] = chat.say('Jan de Vries').replies;
    expect(reply?.text).toContain('Er zijn er meer die zo heten: Jan de Vries');
    const choices = reply?.ask?.kind === 'form' ? reply.ask.fields.find(({ id }) => id === 'for-whom')?.choices : [];
    expect(choices?.map(({ label }) => label)).toEqual([
      'Jan de Vries (ICT, 3.14)',
      'Jan de Vries (Burgerzaken, 1.02)',
      'Iemand anders: Jan de Vries',
    ]);
    chat.fill({ 'for-whom': choices?.[1]?.value ?? '' });
    expect(chat.only().values).toMatchObject({ 'for-whom': 'Jan de Vries (j.devries@example.org)' });
  });

  it('a name in the question itself is looked up, and asked about at once when several have it', () => {
    const chat = new Simulator(staffed);
    chat.say('graag toegang tot de map Vergunningen voor mijn collega Renee Ozdemir');
    expect(chat.only().values).toMatchObject({ 'for-whom': RENEE.value });
    const other = new Simulator(staffed);
    expect(other.say('graag toegang tot de map Vergunningen voor mijn collega Jan de Vries').text).toContain('Wie bedoel je?');
    other.say('die van Burgerzaken: j.devries@example.org');
    expect(other.only().values).toMatchObject({ 'for-whom': 'Jan de Vries (j.devries@example.org)' });
  });
});
