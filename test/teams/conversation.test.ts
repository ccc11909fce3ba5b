import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CaseId, newId, type PersonId, parseId } from '../../domain/index.ts';
import { eventually } from '../support/eventually.ts';
import { actionsIn, colleague, openTeamsDesk, shownIn, somebody, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

describe('a conversation in Teams', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  beforeAll(async () => {
    it = await openTeamsDesk();
  }, 120_000);
  afterAll(() => it?.close());

  const casesOf = async (chat: TeamsChat) => {
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    return person ? await it.register.ownCases.list(person) : [];
  };

  test('a fault is registered, and its card changes as it is claimed and made ready', async () => {
    const chat = new TeamsChat(it);
    await chat.say('het is te warm in kamer 3.14');
    const card = await chat.heard('Gemeld bij Gebouwbeheer');
    expect(shownIn(card)).toContain('● Ontvangen');
    const [own] = await casesOf(chat);
    const id = parseId<CaseId>(own?.case.id);
    if (!id) throw new Error('there is no case');
    const worker = { id: await colleague(it.register, 'sanne@example.org', ['facilities']), name: 'Sanne de Vries' };
    await it.desk.act(id, { action: 'claim' }, worker);
    await chat.heard('Sanne van');
    await eventually(() => expect(shownIn(card)).toContain('In behandeling (Sanne)'));
    await it.desk.act(id, { action: 'ready', text: 'De regelaar is vervangen.' }, worker);
    const ready = await chat.heard('Is het nu goed?');
    await eventually(() => expect(shownIn(card)).toContain('✓ Gereed'));
    await chat.press(ready, 'Ja');
    await eventually(() => expect(actionsIn(ready).map(({ title }) => title)).toEqual([]));
    expect((await casesOf(chat))[0]?.case.state).toBe('closed');
  });

  test('the same activity again changes nothing', async () => {
    const chat = new TeamsChat(it);
    const id = await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    await chat.say('de lamp in kamer 2.10 is kapot', id);
    await chat.say('de lamp in kamer 2.10 is kapot', id);
    await it.desk.settled();
    expect(await casesOf(chat)).toHaveLength(1);
    expect(chat.messages.filter((sent) => shownIn(sent).includes('Gemeld'))).toHaveLength(1);
  });

  test('a button answers in the same response, and is gone for whoever looks later', async () => {
    const chat = new TeamsChat(it);
    await chat.say('de lamp in kamer 2.11 is kapot');
    const card = await chat.heard('Ongedaan maken');
    const answer = JSON.stringify(await chat.press(card, 'Ongedaan maken'));
    expect(answer).toContain('application/vnd.microsoft.card.adaptive');
    expect(answer).toContain('ingetrokken');
    await eventually(() => expect(shownIn(card)).toContain('Gekozen: Ongedaan maken'));
    expect(actionsIn(card)).toEqual([]);
    expect(chat.messages).toHaveLength(1);
  });

  test('a form is filled in on its card; what is wrong comes back on it, and sent twice it counts once', async () => {
    const chat = new TeamsChat(it);
    await chat.say('ik wil morgen een taxi naar Utrecht');
    const card = await chat.heard('Personenvervoer');
    const [{ data } = { data: {} }] = actionsIn(card);
    const fields = (shownIn(card).match(/"id":"field:[^"]+"/g) ?? []).map((found) => found.slice(6, -1));
    const time = fields.find((field) => /time|tijd/i.test(field)) ?? fields[0] ?? '';
    const budget = fields.find((field) => /budget/i.test(field)) ?? '';
    const wrong = JSON.stringify(await chat.press(card, 'Verder', { [time]: '14:30', [budget]: '4410-32' }));
    expect(wrong).toContain('Budgetnummer 4410-32 bestaat niet');
    await eventually(() => expect(shownIn(card)).toContain('4410-32'));
    const right = JSON.stringify(await chat.press(card, 'Verder', { [time]: '14:30', [budget]: '4410-23' }));
    expect(right).toContain('Klopt dat?');
    const again = await chat.post(
      chat.activity({
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { verb: 'answer', data: { ...data, [time]: '14:30', [budget]: '4410-23' } } },
        replyToId: card.id,
      }),
    );
    expect(JSON.stringify(again.body)).toContain('Klopt dat?');
    await eventually(() => expect(actionsIn(card).map(({ title }) => title)).toContain('Klopt'));
    expect(JSON.stringify(await chat.press(card, 'Klopt'))).toContain('SD-');
    expect(await casesOf(chat)).toHaveLength(1);
  });

  test('installed, the desk welcomes once, in the language of the person', async () => {
    const chat = new TeamsChat(it, somebody('Priya Shah'));
    await chat.post(chat.activity({ type: 'installationUpdate', action: 'add', locale: 'en-US' }));
    await chat.post(
      chat.activity({ type: 'conversationUpdate', membersAdded: [{ id: '28:11111111-2222-3333-4444-555555555555' }], locale: 'en-US' }),
    );
    await chat.heard('Hello Priya, I am the service desk');
    await it.desk.settled();
    await it.queues.flushed();
    expect(chat.messages).toHaveLength(1);
  });

  test('two people in a group chat are two requesters, and nothing of either is told there', async () => {
    const one = new TeamsChat(it);
    await one.say('de lamp in kamer 4.01 is kapot');
    await one.heard('Gemeld');
    const group = new TeamsChat(it, one.who, { type: 'groupChat' });
    const other = new TeamsChat(it, somebody('Omar Idrissi'), { type: 'groupChat', id: group.conversation });
    await group.say('de lamp in kamer 1.02 is kapot');
    await group.heard('Gemeld');
    await other.say('de radiator in kamer 1.04 wordt niet warm');
    await eventually(() => expect(group.messages.filter((sent) => shownIn(sent).includes('Gemeld'))).toHaveLength(2));
    expect(await casesOf(other)).toHaveLength(1);
    await group.say('hoe staat het met mijn meldingen?');
    await group.heard('Zo staat het ervoor');
    expect(group.messages.map(shownIn).join()).not.toContain('kamer 4.01');
  });

  test('what is said in a channel without the name of the desk is not for the desk', async () => {
    const chat = new TeamsChat(it, somebody(), { type: 'channel' });
    expect((await chat.post(chat.activity({ text: 'het is te warm in kamer 3.14' }))).status).toBe(200);
    await it.desk.settled();
    expect(await casesOf(chat)).toEqual([]);
  });

  test('who the roster gives a verified address is the same person as on the web', async () => {
    const chat = new TeamsChat(it);
    const known = await it.register.people.known(
      { channel: 'web', externalId: 'femke', name: 'Femke Bos', address: `${chat.who.objectId}@example.org` },
      newId<PersonId>(),
    );
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    expect(await it.register.people.ofIdentity('teams', chat.who.objectId)).toBe(known);
  });

  test('a guest is not joined by the address that another tenant gives', async () => {
    const chat = new TeamsChat(it);
    const address = `${chat.who.objectId}@example.org`;
    const known = await it.register.people.known({ channel: 'web', externalId: address, name: 'Femke Bos', address }, newId<PersonId>());
    it.service.members.set(chat.who.id, {
      id: chat.who.id,
      name: 'Femke Bos',
      email: address,
      userPrincipalName: 'femke_example.org#EXT#@other.example',
      userRole: 'guest',
    });
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    expect(await it.register.people.ofIdentity('teams', chat.who.objectId)).not.toBe(known);
  });

  test('an edited message is changed where the backoffice reads it, a deleted one is marked', async () => {
    const chat = new TeamsChat(it);
    const id = await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    await chat.post(
      chat.activity({
        type: 'messageUpdate',
        id,
        text: 'de lamp in kamer 2.12 is kapot',
        channelData: { eventType: 'editMessage', tenant: { id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' } },
      }),
    );
    const [own] = await casesOf(chat);
    const said = async () => (own ? await it.register.conversations.ofCase(own.case.id) : []).find(({ from }) => from === 'requester');
    expect(await said()).toMatchObject({ text: 'de lamp in kamer 2.12 is kapot', changed: 'edited' });
    await chat.post(chat.activity({ type: 'messageDelete', id }));
    expect(await said()).toMatchObject({ changed: 'deleted' });
  });

  test('danger stands large in the first line, and who works the queue is told', async () => {
    const worker = new TeamsChat(it, somebody('Sanne de Vries'));
    await colleague(it.register, `${worker.who.objectId}@example.org`, it.alarmTeams);
    await worker.say('hallo');
    await worker.heard('Sanne');
    const chat = new TeamsChat(it);
    await chat.say('er is brand in kamer 3.14');
    const alarm = await chat.heard(/112|brand/i);
    expect(shownIn(alarm)).toContain('"style":"attention"');
    const [own] = await casesOf(chat);
    expect(own?.case.urgent).toBe(true);
    await worker.heard(`Spoed voor`);
    expect(shownIn(await worker.heard('Spoed voor'))).toContain(own?.case.reference ?? 'a reference');
  });
});
