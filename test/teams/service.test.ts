import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CaseId, type ConversationId, idFrom, type MessageId, type PersonId, parseId } from '../../domain/index.ts';
import { eventually } from '../support/eventually.ts';
import { openTeamsDesk, shownIn, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';
import { TENANT } from '../support/teams-service.ts';

const SEND = { method: 'POST', path: /\/activities$/ };
const UPDATE = { method: 'PUT', path: /\/activities\// };

describe('what the connector service does to us', { timeout: 90_000 }, () => {
  let it: TeamsDesk;
  beforeAll(async () => {
    it = await openTeamsDesk();
  }, 120_000);
  beforeEach(() => {
    it.service.faults.length = 0;
  });
  afterAll(() => it?.close());

  const conversationOf = async (chat: TeamsChat): Promise<ConversationId> => {
    const found = await it.register.references.at('teams', `${encodeURIComponent(chat.conversation)} ${encodeURIComponent(chat.who.id)}`);
    if (!found) throw new Error('there is no such conversation');
    return found;
  };
  const sendsIn = async (chat: TeamsChat) => {
    const [line] = (await it.register.conversations.timeline(await conversationOf(chat), null)).filter(({ from }) => from === 'desk');
    return line ? await it.register.sends.ofMessage(line.id) : [];
  };

  test('429 with Retry-After is waited for, and then the message goes out once', async () => {
    const chat = new TeamsChat(it);
    it.service.faults.push({ status: 429, headers: { 'retry-after': '1' }, on: SEND });
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    const [put, sent] = await eventually(async () => {
      const sends = await sendsIn(chat);
      expect(sends.map(({ outcome }) => outcome)).toEqual(['deferred', 'sent']);
      return sends;
    });
    expect((sent?.at.getTime() ?? 0) - (put?.at.getTime() ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(put?.detail).toContain('429');
    expect(chat.messages).toHaveLength(1);
  });

  test.each([500, 502, 503, 504])('after %i it is tried again', async (status) => {
    const chat = new TeamsChat(it);
    it.service.faults.push({ status, on: SEND }, { status, on: SEND });
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    await eventually(async () => expect((await sendsIn(chat)).map(({ outcome }) => outcome)).toEqual(['deferred', 'deferred', 'sent']));
    expect(chat.messages).toHaveLength(1);
  });

  test('403 is written down with the conversation, in the words of the service, and undone by the next word of the person', async () => {
    const chat = new TeamsChat(it);
    await chat.say('hallo');
    await chat.heard('Femke');
    it.service.faults.push({
      status: 403,
      body: { error: { code: 'ConversationBlockedByUser', message: 'The user blocked the bot' } },
      on: SEND,
    });
    const conversation = await conversationOf(chat);
    await it.desk.tell(conversation, idFrom<MessageId>(conversation, 'news'), { text: 'Nieuws' });
    await eventually(async () =>
      expect((await it.register.references.of(conversation))?.unreachable).toContain('ConversationBlockedByUser'),
    );
    await it.desk.tell(conversation, idFrom<MessageId>(conversation, 'more'), { text: 'Meer nieuws' });
    await eventually(async () =>
      expect((await it.register.outbox.parked(20)).filter((row) => row.conversation === conversation)).toHaveLength(2),
    );
    expect(chat.messages.map(shownIn).join()).not.toContain('ieuws');
    await chat.post(
      chat.activity({
        type: 'installationUpdate',
        action: 'add',
        serviceUrl: it.service.url,
        locale: 'nl-NL',
        recipient: { id: '28:new' },
      }),
    );
    await eventually(async () => expect((await it.register.references.of(conversation))?.unreachable).toBeNull());
  });

  test('a token is asked for once, renewed when the service refuses it, and before it ends', async () => {
    const chat = new TeamsChat(it);
    await chat.say('hallo');
    await chat.heard('Femke');
    const before = it.service.tokens.length;
    expect(before).toBe(1);
    for (const token of it.service.tokens) it.service.withdrawn.add(token);
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    expect(it.service.tokens.length).toBe(before + 1);
    expect(it.service.logins.at(-1)?.get('grant_type')).toBe('client_credentials');
    expect(it.service.logins.at(-1)?.get('scope')).toBe('https://api.botframework.com/.default');
  });

  test('a card that cannot be changed now is changed at the next occasion', async () => {
    const chat = new TeamsChat(it);
    await chat.say('de lamp in kamer 2.10 is kapot');
    const card = await chat.heard('Ongedaan maken');
    it.service.faults.push({ status: 503, on: UPDATE });
    await chat.press(card, 'Ongedaan maken');
    await eventually(() => expect(it.service.faults).toEqual([]));
    await chat.say('hallo');
    await eventually(() => expect(shownIn(card)).toContain('Gekozen: Ongedaan maken'));
  });

  test('a slow service is given up and asked again; what it took is not lost', async () => {
    const chat = new TeamsChat(it);
    const { promise, resolve } = Promise.withResolvers<void>();
    it.service.faults.push({ status: 200, taken: true, until: promise, on: SEND });
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    resolve();
    expect(await eventually(() => sendsIn(chat))).not.toEqual([]);
  });

  test('of several that wait together, one that was sent meanwhile takes none of the others with it', async () => {
    const chat = new TeamsChat(it);
    await chat.say('hallo');
    await chat.heard('Femke');
    const conversation = await conversationOf(chat);
    it.service.faults.push({ status: 400, on: SEND });
    await it.desk.tell(conversation, idFrom<MessageId>(conversation, 'news'), { text: 'De lift doet het weer.' });
    await eventually(async () =>
      expect((await it.register.outbox.parked(200)).filter((row) => row.conversation === conversation)).toHaveLength(1),
    );
    const said = (await it.register.conversations.timeline(conversation, null)).filter(({ from }) => from === 'desk');
    const [sent, waiting] = said.map(({ id, seq, text, reply }) => ({
      id,
      conversation,
      channel: 'teams' as const,
      seq,
      author: null,
      text,
      reply: reply ?? null,
      attempt: 1,
    }));
    if (!sent || !waiting) throw new Error('there were to be two');
    expect(await it.deliver([sent, waiting])).toEqual({ kind: 'delivered' });
    expect(await it.deliver([sent, waiting])).toEqual({ kind: 'delivered' });
    expect(chat.messages.map(shownIn).map((shown) => shown.includes('De lift doet het weer.'))).toEqual([false, true]);
  });

  test('messages of one chat that come at once are each handled once, and answered in the order of their arrival', async () => {
    const chat = new TeamsChat(it);
    await chat.say('hallo');
    await chat.heard('Femke');
    const rooms = ['2.01', '2.02', '2.03', '2.04', '2.05'];
    await Promise.all(
      rooms.flatMap((room) => [
        chat.say(`de lamp in kamer ${room} is kapot`, `a-${room}`),
        chat.say(`de lamp in kamer ${room} is kapot`, `a-${room}`),
      ]),
    );
    for (const room of rooms) await chat.heard(`kamer ${room}`);
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    expect(person ? await it.register.ownCases.list(person) : []).toHaveLength(rooms.length);
    const order = (await it.register.conversations.timeline(await conversationOf(chat), null)).map(({ from }) => from);
    expect(order.filter((from) => from === 'requester')).toHaveLength(rooms.length + 1);
  });

  test('a thousand people are told something, each once, while the service slows us down', async () => {
    const known = async (_: unknown, i: number): Promise<ConversationId> => {
      const person = idFrom<PersonId>('person', String(i));
      await it.register.people.known({ channel: 'teams', externalId: `many-${i}`, name: `Iemand ${i}`, address: null }, person);
      const data = {
        serviceUrl: it.service.url,
        conversation: `many:${i}`,
        kind: 'personal',
        tenant: TENANT,
        bot: '28:bot',
        user: `29:${i}`,
      };
      const place = { channel: 'teams', address: `many%3A${i} 29%3A${i}`, shared: false, person, language: 'nl', data } as const;
      return (await it.register.references.seen(place, idFrom<ConversationId>('many', String(i)))).conversation;
    };
    const conversations = await Promise.all(Array.from({ length: 1_000 }, known));
    for (let i = 0; i < 30; i++) it.service.faults.push({ status: i % 3 === 0 ? 503 : 429, headers: { 'retry-after': '0' }, on: SEND });
    await Promise.all(
      conversations.map((conversation) =>
        it.desk.tell(conversation, idFrom<MessageId>(conversation, 'news'), { text: 'De lift doet het weer.' }),
      ),
    );
    await eventually(() => expect(it.service.sent.filter((sent) => sent.conversation.startsWith('many:'))).toHaveLength(1_000), 200_000);
    const counts = new Map<string, number>();
    for (const { conversation } of it.service.sent) counts.set(conversation, (counts.get(conversation) ?? 0) + 1);
    expect([...counts].filter(([conversation, count]) => conversation.startsWith('many:') && count !== 1)).toEqual([]);
  }, 240_000);
});

describe('a person whom Teams does not reach', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  beforeAll(async () => {
    it = await openTeamsDesk({ mail: true });
  }, 120_000);
  afterAll(() => it?.close());

  test('is written to in another way, from the first refusal on', async () => {
    const chat = new TeamsChat(it);
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    const [own] = person ? await it.register.ownCases.list(person) : [];
    const id = parseId<CaseId>(own?.case.id);
    const { token } = await it.register.signIn.invite({
      address: 'sanne@example.org',
      name: 'Sanne de Vries',
      role: 'worker',
      team: 'facilities',
      by: null,
    });
    const worker = (await it.register.signIn.spend(token))?.colleague;
    if (!id || !worker) throw new Error('there is no case, or nobody to work on it');
    it.service.faults.push({
      status: 403,
      body: { error: { code: 'BotNotInConversationRoster', message: 'The bot is not part of the conversation roster.' } },
      on: SEND,
    });
    await it.desk.act(id, { action: 'claim' }, worker);
    await eventually(() => expect(it.instead).toEqual([expect.stringContaining('Sanne van')]));
    await it.desk.act(id, { action: 'ready', text: 'De lamp is vervangen.' }, worker);
    await eventually(() => expect(it.instead).toEqual([expect.anything(), expect.stringContaining('De lamp is vervangen.')]));
    expect(await it.register.outbox.parked(10)).toEqual([]);
  });
});

describe('an answer that takes long', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  let hold: Promise<void> | null = null;
  beforeAll(async () => {
    it = await openTeamsDesk({ slow: async () => void (await hold) });
  }, 120_000);
  afterAll(() => it?.close());

  test('a message is acknowledged before it is worked on, with a sign that it is', async () => {
    const chat = new TeamsChat(it);
    const { promise, resolve } = Promise.withResolvers<void>();
    hold = promise;
    await chat.say('de lamp in kamer 2.10 is kapot');
    await eventually(() => expect(it.service.typing).toContain(chat.conversation));
    expect(chat.messages).toEqual([]);
    resolve();
    hold = null;
    await chat.heard('Gemeld');
  });

  test('a button is answered with "working on it" within three seconds, and its card then shows the outcome', async () => {
    const chat = new TeamsChat(it);
    await chat.say('de lamp in kamer 2.10 is kapot');
    const card = await chat.heard('Ongedaan maken');
    const { promise, resolve } = Promise.withResolvers<void>();
    hold = promise;
    expect(JSON.stringify(await chat.press(card, 'Ongedaan maken'))).toContain('Ik ben ermee bezig');
    resolve();
    hold = null;
    await eventually(() => expect(shownIn(card)).toContain('ingetrokken'));
    expect(chat.messages).toHaveLength(1);
  });
});
