import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CaseId, parseId } from '../../domain/index.ts';
import { eventually } from '../support/eventually.ts';
import { colleague, openTeamsDesk, shownIn, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

describe('a chat in Teams that a colleague takes over', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  beforeAll(async () => {
    it = await openTeamsDesk();
  }, 120_000);
  afterAll(() => it?.close());

  async function begun(text: string) {
    const chat = new TeamsChat(it);
    await chat.say(text);
    await chat.heard('Gemeld bij Gebouwbeheer');
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    const [own] = person ? await it.register.ownCases.list(person) : [];
    const id = parseId<CaseId>(own?.case.id);
    if (!id) throw new Error('there is no case');
    const sanne = { id: await colleague(it.register, 'sanne@example.org', ['facilities']), name: 'Sanne de Vries' };
    return { chat, id, sanne };
  }

  test('hears the colleague by name in the same chat, and the desk not at all until it is handed back', async () => {
    const { chat, id, sanne } = await begun('de lamp in kamer 2.10 is kapot');
    await it.desk.act(id, { action: 'chat', text: 'Hoi, welke lamp is het?' }, sanne);
    expect(shownIn(await chat.heard('welke lamp'))).toContain('Sanne (collega van de servicedesk): Hoi, welke lamp is het?');
    const before = chat.messages.length;
    await chat.say('die boven het raam');
    await chat.say('hoe laat gaat het bedrijfsrestaurant open?');
    await it.desk.settled();
    await eventually(async () =>
      expect((await it.register.conversations.ofCase(id)).map(({ text }) => text)).toContain('hoe laat gaat het bedrijfsrestaurant open?'),
    );
    await it.desk.act(id, { action: 'chat', text: 'Half twaalf. De lamp komt morgen.' }, sanne);
    expect(shownIn(await chat.heard('komt morgen'))).toContain('Sanne: Half twaalf');
    expect(chat.messages).toHaveLength(before + 1);
    await it.desk.act(id, { action: 'hand-back' }, sanne);
    await chat.heard('Sanne heeft het gesprek teruggegeven; ik ben er weer.');
    await chat.say('hoe laat gaat het bedrijfsrestaurant open?');
    await chat.heard('11.30');
    expect(it.errors).toEqual([]);
  });

  test('answers danger above the colleague', async () => {
    const { chat, id, sanne } = await begun('de lamp in kamer 2.11 is kapot');
    await it.desk.act(id, { action: 'chat', text: 'Ik ben er, wat zie je?' }, sanne);
    await chat.heard('wat zie je');
    await chat.say('er is brand in kamer 2.11!');
    await chat.heard('112');
    expect((await it.register.conversations.ofCase(id)).map(({ text }) => text)).toContain('er is brand in kamer 2.11!');
  });

  test('keeps the buttons that were there: pressed meanwhile they say nothing, afterwards they work', async () => {
    const { chat, id, sanne } = await begun('de lamp in kamer 2.12 is kapot');
    await chat.say('ik wil morgen een taxi naar Utrecht om 14:30, budget 4410-23');
    const card = await chat.heard('Klopt dat?');
    await it.desk.act(id, { action: 'chat', text: 'Over die lamp: welke is het?' }, sanne);
    await chat.heard('welke is het');
    const pressed = JSON.stringify(await chat.press(card, 'Klopt'));
    expect(pressed).not.toContain('SD-');
    await it.desk.act(id, { action: 'hand-back' }, sanne);
    await chat.heard('ik ben er weer');
    expect(JSON.stringify(await chat.press(card, 'Klopt'))).toContain('SD-');
  });
});
