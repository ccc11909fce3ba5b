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
