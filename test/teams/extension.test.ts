import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openTeamsDesk, shownIn, somebody, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

describe('the message extension', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  let chat: TeamsChat;
  beforeAll(async () => {
    it = await openTeamsDesk();
    chat = new TeamsChat(it);
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
  }, 120_000);
  afterAll(() => it?.close());

  const invoke = async (by: TeamsChat, name: string, value: unknown): Promise<string> =>
    JSON.stringify((await by.post(by.activity({ type: 'invoke', name: `composeExtension/${name}`, value }))).body);

  test("finds one's own cases by number, title or words, and nobody else's", async () => {
    const search = (words: string) => ({ commandId: 'myCases', parameters: [{ name: 'search', value: words }] });
    expect(await invoke(chat, 'query', search('kamer 2.10'))).toContain(chat.reference);
    expect(await invoke(chat, 'query', search(chat.reference))).toContain(chat.reference);
    expect(await invoke(chat, 'query', { commandId: 'myCases', parameters: [{ name: 'initialRun', value: 'true' }] })).toContain(
      chat.reference,
    );
    expect(await invoke(chat, 'query', search('%'))).not.toContain(chat.reference);
    const other = new TeamsChat(it, somebody('Omar Idrissi'));
    await other.say('hallo');
    await other.heard('Omar');
    expect(await invoke(other, 'query', search('kamer'))).not.toContain('SD-');
  });

  test('a link to a case shows the case to who may see it; to others it stays a link', async () => {
    const url = `https://desk.example.org/my/${chat.reference}`;
    expect(await invoke(chat, 'queryLink', { url })).toContain('kamer 2.10');
    const other = new TeamsChat(it, somebody('Omar Idrissi'));
    expect(await invoke(other, 'queryLink', { url })).not.toContain('kamer 2.10');
    expect(await invoke(chat, 'queryLink', { url: 'https://desk.example.org/%' })).toContain('"attachments":[]');
  });

  test('"Register at the desk" shows what the message says and how it is read, and makes it a question of one’s own', async () => {
    const group = new TeamsChat(it, somebody('Priya Shah'), { type: 'groupChat' });
    const message = { body: { contentType: 'html', content: '<p>de radiator in kamer <b>1.04</b> wordt niet warm &amp; piept</p>' } };
    const form = await invoke(group, 'fetchTask', { commandId: 'register', messagePayload: message });
    expect(form).toContain('de radiator in kamer 1.04 wordt niet warm & piept');
    expect(form).toContain('Zo lees ik het:');
    const answer = await invoke(group, 'submitAction', {
      commandId: 'register',
      data: { question: 'de radiator in kamer 1.04 wordt niet warm' },
    });
    expect(answer).toContain('in onze eigen chat');
    await eventually(() =>
      expect(
        it.service.sent
          .filter((sent) => sent.conversation.startsWith('begun-'))
          .map(shownIn)
          .join(),
      ).toContain('Gemeld'),
    );
    expect(group.messages).toEqual([]);
  });

  test.each(['selectItem', 'setting', 'nonsense'])('%s is said not to be implemented', async (name) => {
    expect((await chat.post(chat.activity({ type: 'invoke', name: `composeExtension/${name}`, value: {} }))).status).toBe(501);
  });
});
