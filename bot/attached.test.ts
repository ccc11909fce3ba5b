/** Files that come with a message: where they end up, and what is said. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type AttachmentId, newId } from '../domain/index.ts';
import { Simulator, type Turn } from './test/simulator.ts';
import { type World, world } from './test/world.ts';

let shared: World;
beforeAll(async () => {
  shared = await world();
});

const COFFEE = 'De koffieautomaat op de derde verdieping is kapot';
const TAXI = 'Ik wil een taxi';
const photo = (chat: Simulator, text = ''): Turn => chat.message({ text, answer: null, attachments: [newId<AttachmentId>()] });
/** The messages of the requester that belong to the only case: the desk's answer is one besides. */
const linked = (chat: Simulator): number => (chat.links.get(chat.only().id)?.size ?? 0) - 1;

describe('a photo', () => {
  it('alone is asked about, and goes along with the question that follows', () => {
    const chat = new Simulator(shared);
    expect(photo(chat).text).toBe('Bedankt. Waar gaat het over?');
    expect(chat.cases()).toEqual([]);
    chat.say(COFFEE);
    expect(linked(chat)).toBe(2);
    expect(chat.conversation.state.aside).toBeUndefined();
  });

  it('is in English for who speaks English', () => {
    const chat = new Simulator(shared, { language: 'en' });
    expect(photo(chat).text).toBe('Thanks. What is it about?');
  });

  it('of yesterday is not what today’s question is about', () => {
    const chat = new Simulator(shared);
    photo(chat);
    chat.now = new Date(chat.now.getTime() + 24 * 3_600_000);
    chat.say(COFFEE);
    expect(linked(chat)).toBe(1);
  });

  it('with the question itself is part of it', () => {
    const chat = new Simulator(shared);
    photo(chat, COFFEE);
    expect(linked(chat)).toBe(1);
    expect(chat.conversation.state.aside).toBeUndefined();
  });

  it.each(['', 'hierbij de foto', 'Zie bijlage', 'nog een foto', 'here is the picture', 'See attached.'])(
    'after it (%j) is an addition',
    (text) => {
      const chat = new Simulator(shared);
      chat.say(COFFEE);
      const it = chat.only();
      expect(photo(chat, text).text).toContain(it.reference);
      expect(chat.history(it.id)).toContain('added');
      expect(chat.cases()).toHaveLength(1);
    },
  );

  it('of something else begins its own case', () => {
    const chat = new Simulator(shared);
    chat.say(COFFEE);
    photo(chat, 'De lift in gebouw B staat stil');
    expect(chat.cases()).toHaveLength(2);
  });

  it('while a form is open goes along with it, and the form stays', () => {
    const chat = new Simulator(shared);
    chat.say(TAXI);
    const before = chat.waitsFor;
    expect(photo(chat).text).toBe('Bedankt, dat gaat mee met je vraag.');
    expect(chat.waitsFor).toEqual(before);
    expect(chat.conversation.state.aside).toHaveLength(1);
  });

  it('is the answer to a colleague who asked for one', () => {
    const chat = new Simulator(shared);
    chat.say(COFFEE);
    const it = chat.only();
    chat.act(it, { action: 'claim' });
    chat.act(it, { action: 'ask', text: 'Kun je een foto sturen?' });
    photo(chat);
    expect(chat.case(it.id).state).toBe('claimed');
    expect(chat.waitsFor).not.toContain('worker-question');
  });

  it('with a greeting is kept for what comes next', () => {
    const chat = new Simulator(shared);
    photo(chat, 'hallo');
    chat.say(COFFEE);
    expect(linked(chat)).toBe(2);
  });
});

describe('a colleague’s files', () => {
  it('go to the requester with a reply, a question or a ready report, and stay inside with a note', () => {
    const chat = new Simulator(shared);
    chat.say(COFFEE);
    const it = chat.only();
    const attachments = [newId<AttachmentId>()];
    chat.act(it, { action: 'claim' });
    for (const action of ['reply', 'ask', 'ready'] as const) {
      const turn = chat.act(it, { action, text: 'Zie de plattegrond', attachments });
      expect(
        turn.replies.map((reply) => reply.attachments),
        action,
      ).toEqual([attachments]);
    }
    const note = chat.act(it, { action: 'note', text: 'intern', attachments });
    expect(note.replies).toEqual([]);
    expect(note.effects).toContainEqual(expect.objectContaining({ kind: 'note', attachments }));
  });
});

describe('what a product asks as a file', () => {
  const named = (chat: Simulator, ...names: readonly string[]): AttachmentId[] =>
    names.map((name) => {
      const id = newId<AttachmentId>();
      chat.fileNames.set(id, name);
      return id;
    });
  const sends = (chat: Simulator, text: string, ...names: readonly string[]): Turn =>
    chat.message({ text, answer: null, attachments: named(chat, ...names) });
  const BONNEN = 'ik wil de bonnetjes van mijn dienstreis declareren';

  it('is asked after the registration, taken from the answer, and stands on the case', () => {
    const chat = new Simulator(shared);
    const asked = chat.say(BONNEN);
    expect(asked.text).toContain('Heb je de bonnen bij de hand?');
    expect(chat.choices(chat.open.at(-1)?.id ?? newId()).map(({ label }) => label)).toEqual(['Heb ik niet']);
    expect(sends(chat, '', 'trein.pdf', 'taxi.jpg').text).toBe('Dank je, dat staat erbij.');
    expect(chat.only().values).toEqual({ receipts: 'trein.pdf, taxi.jpg' });
    expect(chat.waitsFor).not.toContain('detail');
    sends(chat, 'en nog een foto', 'lunch.jpg');
    expect(chat.only().values.receipts).toBe('trein.pdf, taxi.jpg, lunch.jpg');
  });

  it('is not asked when it came with the question, or was sent before it', () => {
    const chat = new Simulator(shared);
    const turn = sends(chat, BONNEN, 'bon.pdf');
    expect(turn.text).not.toContain('bijlage');
    expect(turn.replies.at(-1)?.summary).toContainEqual({ label: 'Bonnen', value: 'bon.pdf' });
    const before = new Simulator(shared);
    sends(before, '', 'bon.pdf');
    expect(before.say(BONNEN).text).not.toContain('bijlage');
    expect(before.only().values).toEqual({ receipts: 'bon.pdf' });
  });

  it.each([
    'heb ik niet',
    'Nee, die heb ik niet meer',
    'geen bonnetjes',
    'nee',
    'weet ik niet',
    'I don’t have it',
    'none',
    'sla maar over',
  ])('may be skipped (%j)', (text) => {
    const chat = new Simulator(shared);
    chat.say(BONNEN);
    expect(chat.say(text).text).toMatch(/Goed, dan zonder|do without/);
    expect(chat.only().values).toEqual({});
    expect(chat.waitsFor).not.toContain('detail');
  });

  it('is asked again when the answer has no file, and goes along when it comes later', () => {
    const chat = new Simulator(shared);
    chat.say(BONNEN);
    expect(chat.say('ik stuur ze zo').text).toContain('Ik zie geen bestand bij je bericht');
    chat.press('Heb ik niet');
    sends(chat, 'hierbij de foto', 'bon.jpg');
    expect(chat.only().values).toEqual({ receipts: 'bon.jpg' });
  });

  it('is taken from a message about damage, and never asked there', () => {
    const chat = new Simulator(shared);
    sends(chat, 'de deur van kamer 3.14 klemt', 'deur.jpg');
    expect(chat.only().values).toMatchObject({ photo: 'deur.jpg' });
    const without = new Simulator(shared);
    expect(without.say('de deur van kamer 3.14 klemt').text).not.toContain('foto');
  });

  it('belongs, of two questions in one message, to the one that speaks of it', () => {
    const chat = new Simulator(shared);
    sends(chat, 'de kraan in kamer 2.14 lekt, zie de foto. En mijn bureaustoel in kamer 2.16 is kapot.', 'lek.jpg');
    expect(chat.cases().map(({ product }) => product)).toEqual(expect.arrayContaining(['plumbing', 'furniture']));
    expect(chat.cases().find(({ product }) => product === 'furniture')?.values).not.toHaveProperty('photo');
    const both = new Simulator(shared);
    sends(both, 'de kraan in kamer 2.14 lekt. En mijn bureaustoel in kamer 2.16 is kapot, zie de foto.', 'stoel.jpg');
    expect(both.cases().find(({ product }) => product === 'furniture')?.values).toMatchObject({ photo: 'stoel.jpg' });
  });

  it('belongs to the order that is being made complete, or is shown once more', () => {
    const chat = new Simulator(shared);
    chat.say('ik wil een beamer aanschaffen');
    expect(chat.waitsFor).toContain('form');
    const form = sends(chat, 'hierbij de bijlage', 'offerte.pdf').replies.at(-1);
    expect(form?.summary).toContainEqual({ label: 'Offerte', value: 'offerte.pdf' });
    expect(form?.ask?.kind === 'form' && form.ask.fields.map(({ id }) => id)).toEqual(['amount', 'budget']);
    chat.say('450 euro, budget 4410-23');
    const confirm = sends(chat, '', 'bijlage-2.pdf');
    expect(chat.waitsFor).toContain('confirm');
    expect(confirm.replies.at(-1)?.summary).toContainEqual({ label: 'Offerte', value: 'offerte.pdf, bijlage-2.pdf' });
    chat.say('ja');
    expect(chat.only().values).toMatchObject({ amount: '450.00', quote: 'offerte.pdf, bijlage-2.pdf' });
    expect(linked(chat)).toBeGreaterThan(2);
  });

  it('that the product cannot do without is asked alone, after what can be filled in', () => {
    const products = shared.catalogue.products.map((product) =>
      product.id === 'purchase'
        ? { ...product, fields: product.fields.map((field) => (field.id === 'quote' ? { ...field, required: 'before' as const } : field)) }
        : product,
    );
    const strict = { ...shared, catalogue: { ...shared.catalogue, products } };
    const chat = new Simulator(strict);
    chat.say('ik wil een beamer aanschaffen');
    const asked = chat.say('450 euro, budget 4410-23').replies.at(-1);
    expect(asked).toMatchObject({ text: expect.stringContaining('Heb je een offerte?'), ask: { kind: 'text' } });
    expect(chat.say('volgende week pas').text).toContain('Ik zie geen bestand');
    expect(chat.say('heb ik niet').text).toContain('Zal ik het bij een collega neerleggen?');
    expect(sends(chat, '', 'offerte.pdf').replies.at(-1)?.summary).toContainEqual({ label: 'Offerte', value: 'offerte.pdf' });
    const mail = new Simulator(strict, { pace: 'slow' });
    const all = mail.say('ik wil een beamer aanschaffen').replies.at(-1)?.ask;
    expect(all?.kind === 'form' && all.fields.map(({ id }) => id)).toEqual(['amount', 'budget', 'quote']);
    sends(mail, 'Bedrag: 450 euro\nBudget: 4410-23', 'offerte.pdf');
    expect(mail.only().values).toMatchObject({ quote: 'offerte.pdf', budget: '4410-23' });
  });
});
