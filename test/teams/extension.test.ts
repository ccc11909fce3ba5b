import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventually } from '../support/eventually.ts';
import { openTeamsDesk, shownIn, somebody, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

const RESTRICTED = 'sickness';

const form = z.object({
  task: z.object({
    value: z.object({
      card: z.object({
        content: z.looseObject({
          actions: z.tuple([z.looseObject({ data: z.record(z.string(), z.unknown()) })]),
          body: z.array(
            z.looseObject({ id: z.string().optional(), value: z.string().optional(), choices: z.array(z.unknown()).optional() }),
          ),
        }),
      }),
    }),
  }),
});

function formIn(answer: string) {
  const card = form.parse(JSON.parse(answer)).task.value.card.content;
  return { card, inputs: card.body.filter(({ id }) => id !== undefined) };
}

function problemsOf(card: object): string[] {
  const context = new SerializationContext(Versions.v1_5);
  new AdaptiveCard().parse(card, context);
  return Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
}

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

  /** A colleague of these teams with a role, whom the directory vouches for. */
  const worker = async (name: string, teams: readonly string[], role: 'worker' | 'agent' | 'auditor' = 'worker'): Promise<TeamsChat> => {
    const who = new TeamsChat(it, somebody(name));
    const address = `${who.who.objectId}@example.org`;
    for (const team of [null, ...teams])
      await it.register.signIn.invite({ address, name, role, team, by: null, directoryId: who.who.objectId });
    await who.say('hallo');
    await who.heard(name.split(' ')[0] ?? name);
    return who;
  };
  const caseOf = async (who: TeamsChat) => {
    const person = await it.register.people.ofIdentity('teams', who.who.objectId);
    const [own] = person ? await it.register.ownCases.list(person) : [];
    if (!own) throw new Error('there is no case');
    return own.case;
  };

  test('a pasted link shows a case to a colleague who may read it: of its team or an agent, and to no other', async () => {
    const { id, team, reference } = await caseOf(chat);
    const links = [`https://desk.example.org/my/${reference}`, `https://desk.example.org/workbench/case/${id}`];
    const own = await worker('Sanne de Vries', [team]);
    const agent = await worker('Noor Bakker', [], 'agent');
    const other = await worker('Pim Vos', ['hr']);
    for (const url of links) {
      for (const may of [own, agent]) expect(await invoke(may, 'queryLink', { url })).toContain('kamer 2.10');
      expect(await invoke(other, 'queryLink', { url })).not.toContain(reference);
    }
    // Where others read along, no more than that there is such a case and how it stands.
    const group = new TeamsChat(it, own.who, { type: 'groupChat' });
    const shown = await invoke(group, 'queryLink', { url: links[1] });
    expect(shown).toContain(reference);
    expect(shown).not.toContain('kamer 2.10');
  });

  test('a role that was given to an address alone, and not to the id of the directory, shows nothing', async () => {
    const { id, team } = await caseOf(chat);
    const who = new TeamsChat(it, somebody('Lotte Visser'));
    const address = `${who.who.objectId}@example.org`;
    for (const one of [null, team]) await it.register.signIn.invite({ address, name: 'Lotte Visser', role: 'worker', team: one, by: null });
    await who.say('hallo');
    await who.heard('Lotte');
    expect(await invoke(who, 'queryLink', { url: `https://desk.example.org/workbench/case/${id}` })).toContain('"attachments":[]');
  });

  test('a restricted case is shown to no colleague, whoever he is', async () => {
    const asker = new TeamsChat(it, somebody('Ilse Mulder'));
    await invoke(asker, 'submitAction', {
      commandId: 'register',
      data: { question: 'mijn ziekmelding van vorige week is verkeerd verwerkt', other: RESTRICTED },
    });
    const restricted = await eventually(async () => await caseOf(asker), 20_000);
    expect(restricted.restricted).toBe(true);
    for (const role of ['worker', 'agent'] as const) {
      const who = await worker('Karim Said', [restricted.team], role);
      expect(await invoke(who, 'queryLink', { url: `https://desk.example.org/workbench/case/${restricted.id}` })).toContain(
        '"attachments":[]',
      );
    }
    expect(await invoke(asker, 'queryLink', { url: `https://desk.example.org/my/${restricted.reference}` })).toContain(
      restricted.reference,
    );
  });

  test('the form proposes the three likeliest products, and all to search in; what is chosen goes before what the text says', async () => {
    const who = new TeamsChat(it, somebody('Youssef Amrani'));
    const content = 'de radiator in kamer 1.04 wordt niet warm';
    const { card, inputs } = formIn(await invoke(who, 'fetchTask', { commandId: 'register', messagePayload: { body: { content } } }));
    expect(problemsOf(card)).toEqual([]);
    const [, likely, all] = inputs;
    expect(likely?.choices).toHaveLength(4);
    expect(likely?.value).toBe('heating-cooling');
    expect(all?.choices?.length).toBeGreaterThan(50);
    await invoke(who, 'submitAction', {
      commandId: 'register',
      data: { question: content, product: likely?.value, other: 'cleaning-request' },
    });
    await eventually(async () => expect((await caseOf(who)).product).toBe('cleaning-request'), 20_000);
    expect((await caseOf(who)).why.rule).toBe('chosen');
  });

  test('what was proposed for other words is read anew; a product that is not there is as if none was chosen', async () => {
    const who = new TeamsChat(it, somebody('Hanna Smit'));
    const content = 'de radiator wordt niet warm';
    const { card } = formIn(await invoke(who, 'fetchTask', { commandId: 'register', messagePayload: { body: { content } } }));
    const [button] = card.actions;
    const data = { ...button.data, product: button.data.proposed, question: 'de lamp in kamer 1.04 is kapot' };
    expect(data.product).toBe('heating-cooling');
    await invoke(who, 'submitAction', { commandId: 'register', data });
    await eventually(async () => expect((await caseOf(who)).product).toBe('lighting'), 20_000);
    const other = new TeamsChat(it, somebody('Bram Kok'));
    await invoke(other, 'submitAction', {
      commandId: 'register',
      data: { question: 'de lamp in kamer 1.05 is kapot', other: 'no-such-product' },
    });
    await eventually(async () => expect((await caseOf(other)).product).toBe('lighting'), 20_000);
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
