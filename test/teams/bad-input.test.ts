import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_TEXT } from '../../channels/teams/receive.ts';
import { newId } from '../../domain/index.ts';
import type { Colleague } from '../../register/index.ts';
import { eventually } from '../support/eventually.ts';
import { actionsIn, openTeamsDesk, shownIn, somebody, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

/** Who looks into the intake ledger. */
const VIEWER: Colleague = { id: newId(), name: 'Beheer', role: 'admin', teams: [] };

describe('bad input from Teams', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  beforeAll(async () => {
    it = await openTeamsDesk();
  }, 120_000);
  afterAll(() => it?.close());

  const invoke = (chat: TeamsChat, value: unknown, replyToId?: string) =>
    chat.post(chat.activity({ type: 'invoke', name: 'adaptiveCard/action', value, ...(replyToId ? { replyToId } : {}) }));

  test.each(['event', 'messageReaction', 'endOfConversation', 'trace', 'handoff', 'somethingOfNextYear'])(
    'an activity of type %s is taken and ignored',
    async (type) => {
      const chat = new TeamsChat(it);
      expect((await chat.post(chat.activity({ type }))).status).toBe(200);
      expect(chat.messages).toEqual([]);
    },
  );

  test('an invoke that nobody knows is said not to be implemented', async () => {
    const chat = new TeamsChat(it);
    expect((await chat.post(chat.activity({ type: 'invoke', name: 'config/fetch', value: {} }))).status).toBe(501);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '{"type":'],
    ['an array', '[]'],
    ['a word', '"hallo"'],
    ['no type', '{"channelId":"msteams"}'],
    [
      'another channel',
      JSON.stringify({
        type: 'message',
        channelId: 'webchat',
        serviceUrl: 'http://127.0.0.1',
        from: { id: 'a' },
        conversation: { id: 'b' },
      }),
    ],
    [
      'a service address that is none',
      JSON.stringify({
        type: 'message',
        channelId: 'msteams',
        serviceUrl: 'file:///etc/passwd',
        from: { id: 'a' },
        conversation: { id: 'b' },
      }),
    ],
  ])('%s is refused', async (_, payload) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await it.service.token()}` };
    expect((await it.app.inject({ method: 'POST', url: '/api/messages', headers, payload })).statusCode).toBe(400);
  });

  test.each([
    ['a verb of no card', { action: { verb: 'delete-everything', data: { loket: 1, question: 'x' } } }],
    ['no data', { action: { verb: 'answer' } }],
    ['fields of another application', { action: { verb: 'answer', data: { msteams: { type: 'task/fetch' } } } }],
    ['a question that is a number', { action: { verb: 'answer', data: { loket: 1, question: 7 } } }],
    ['nothing at all', null],
    ['a card of a version that there is not yet', { action: { verb: 'answer', data: { loket: 9, question: 'x', value: 'yes' } } }],
  ])('a card with %s is refused', async (_, value) => {
    const { status, body } = await invoke(new TeamsChat(it), value);
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 400, type: 'application/vnd.microsoft.error' });
  });

  test("another person's question is not answered, and nothing of it is shown", async () => {
    const owner = new TeamsChat(it);
    await owner.say('de lamp in kamer 2.10 is kapot');
    const card = await owner.heard('Ongedaan maken');
    const [action] = actionsIn(card);
    const stranger = new TeamsChat(it, somebody('Omar Idrissi'));
    const { body } = await invoke(stranger, { action: { verb: 'answer', data: action?.data } }, card.id);
    expect(body).toMatchObject({ type: 'application/vnd.microsoft.activity.message', value: expect.stringContaining('oudere vraag') });
    expect(JSON.stringify(body)).not.toContain('SD-');
    expect(actionsIn(card)).not.toEqual([]);
  });

  test("another person's card does not refresh", async () => {
    const owner = new TeamsChat(it);
    await owner.say('de lamp in kamer 2.10 is kapot');
    const card = await owner.heard('Gemeld');
    const message = /"message":"([^"]+)"/.exec(JSON.stringify(card.activity))?.[1];
    expect(message).toBeDefined();
    const stranger = new TeamsChat(it, somebody('Omar Idrissi'));
    expect(JSON.stringify((await invoke(stranger, { action: { verb: 'refresh', data: { loket: 1, message } } })).body)).not.toContain(
      'kamer',
    );
    expect(JSON.stringify((await invoke(owner, { action: { verb: 'refresh', data: { loket: 1, message } } })).body)).toContain(
      'kamer 2.10',
    );
  });

  test('in a group chat the card of another says whose question it is', async () => {
    const owner = new TeamsChat(it, somebody(), { type: 'groupChat' });
    await owner.say('de lamp in kamer 2.10 is kapot');
    const card = await owner.heard('Ongedaan maken');
    const other = new TeamsChat(it, somebody('Omar Idrissi'), { type: 'groupChat', id: owner.conversation });
    expect(JSON.stringify(await other.press(card, 'Ongedaan maken'))).toContain('voor iemand anders');
  });

  test('a card of before an answer in words shows that it was answered, and asks nothing again', async () => {
    const chat = new TeamsChat(it);
    await chat.say('de lamp in kamer 2.10 is kapot');
    const card = await chat.heard('Ongedaan maken');
    const [action] = actionsIn(card);
    await chat.press(card, 'Ongedaan maken');
    const { body } = await invoke(chat, { action: { verb: 'answer', data: action?.data } }, card.id);
    expect(body).toMatchObject({ type: 'application/vnd.microsoft.card.adaptive' });
    expect(JSON.stringify(body)).toContain('ingetrokken');
  });

  test('fields that the form does not have are left alone', async () => {
    const chat = new TeamsChat(it);
    await chat.say('ik wil morgen een taxi naar Utrecht');
    const card = await chat.heard('Personenvervoer');
    const answer = await chat.press(card, 'Verder', {
      'field:time': '14:30',
      'field:budget': '4410-23',
      'field:nope': 'x',
      'field:__proto__': 'y',
      case: 'SD-7K3Q-MX2P',
    });
    expect(JSON.stringify(answer)).toContain('Klopt dat?');
    expect(JSON.stringify(answer)).not.toContain('nope');
  });

  test('HTML, Markdown, mentions and templates are words', async () => {
    const chat = new TeamsChat(it);
    const said = 'de lamp <b>in</b> kamer 2.10 is kapot [klik](https://evil.example) <at>Omar</at> {{DATE(2026-01-01T00:00:00Z)}}';
    await chat.say(said);
    const card = await chat.heard('SD-');
    expect(shownIn(card)).not.toContain('"TextBlock"');
    expect(shownIn(card)).not.toContain('{{');
    expect(JSON.stringify(card.activity)).not.toContain('"mention"');
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    const [own] = person ? await it.register.ownCases.list(person) : [];
    expect(own?.case.text).toContain('<b>in</b>');
    expect(own?.case.text).toContain('Omar');
  });

  test('a message of more than Teams takes is refused in words, and is on record', async () => {
    const chat = new TeamsChat(it);
    await chat.post(chat.activity({ text: 'x'.repeat(MAX_TEXT + 1) }));
    await chat.heard('te lang');
    expect((await it.register.ledger.list('refused', VIEWER)).map(({ reason }) => reason)).toContain('too-long');
  });

  test('an activity of half a megabyte is refused', async () => {
    const chat = new TeamsChat(it);
    expect((await chat.post(chat.activity({ text: 'x'.repeat(600_000) }))).status).toBe(413);
  });

  test('28 KB of text and a thousand lines are taken in, and what goes back fits in what Teams takes', async () => {
    const chat = new TeamsChat(it);
    await chat.say(`de lamp in kamer 2.10 is kapot\n${'regel van het logboek\n'.repeat(800)}`);
    await eventually(() => expect(chat.messages.length).toBeGreaterThan(0));
    for (const { activity } of chat.messages) expect(Buffer.byteLength(JSON.stringify(activity))).toBeLessThan(28_000);
  });

  test.each(['👍', '🔥🔥🔥', '?', '…', '   .   '])('"%s" alone is answered', async (text) => {
    const chat = new TeamsChat(it);
    await chat.say(text);
    await eventually(() => expect(chat.messages.length).toBeGreaterThan(0));
  });

  test('a message without words is asked what it is about', async () => {
    const chat = new TeamsChat(it);
    await chat.post(chat.activity({ text: '' }));
    await chat.heard('Er staat niets in je bericht');
    await chat.post(chat.activity({ text: '   ' }));
    await eventually(() => expect(chat.messages).toHaveLength(2));
  });

  test('half a surrogate pair and NUL are stored as what they are not', async () => {
    const chat = new TeamsChat(it);
    await chat.post(chat.activity({ text: 'de lamp \ud83d in kamer 2.10 \u0000 is kapot' }));
    await chat.heard('Gemeld');
  });

  test('nothing of all this was an error', () => {
    expect(it.errors).toEqual([]);
  });
});
