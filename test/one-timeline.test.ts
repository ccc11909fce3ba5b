/** A case goes on by another channel than it began: news about it follows its requester, and the colleague sees one timeline. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseAction } from '../bot/index.ts';
import { type CaseId, type PersonId, parseReference } from '../domain/index.ts';
import { ChatClient } from './support/chat-client.ts';
import { eventually } from './support/eventually.ts';
import { colleague, openTeamsDesk, shownIn, somebody, TeamsChat, type TeamsDesk } from './support/teams-desk.ts';
import { TestMailbox } from './support/test-mailbox.ts';

describe('one case by Teams, mail and web', { timeout: 60_000 }, () => {
  const mailbox = new TestMailbox();
  let it: TeamsDesk;
  let base: string;
  let sanne: { readonly id: PersonId; readonly name: string };
  beforeAll(async () => {
    it = await openTeamsDesk({ mailbox });
    base = await it.app.listen({ port: 0, host: '127.0.0.1' });
    sanne = { id: await colleague(it.register, 'sanne@example.org', []), name: 'Sanne de Vries' };
  }, 120_000);
  afterAll(async () => {
    await it?.close();
    await mailbox.close();
  });

  const addressOf = ({ who }: TeamsChat) => `${who.name} <${who.objectId}@example.org>`;
  const act = async (id: CaseId, action: CaseAction) => {
    const result = await it.desk.act(id, action, sanne);
    if (result?.kind !== 'done') throw new Error(`refused: ${JSON.stringify(result)}`);
  };
  const caseOf = async (reference: string): Promise<CaseId> => {
    const parsed = parseReference(reference);
    const found = parsed && (await it.register.cases.byReference(parsed));
    if (!found) throw new Error(`there is no case ${reference}`);
    return found.id;
  };
  /** Somebody whose lamp is broken, told in Teams. */
  const inTeams = async (name: string) => {
    const chat = new TeamsChat(it, somebody(name));
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    const { reference } = chat;
    return { chat, reference, id: await caseOf(reference) };
  };
  const read = async (web: ChatClient) => (await web.timeline()).map(({ text }) => text).join('\n');
  const seen = (chat: TeamsChat) => chat.messages.map(shownIn).join('\n');

  test('begun in Teams it goes on by mail and back: the news goes where the person last was', async () => {
    const { chat, reference, id } = await inTeams('Femke Bos');
    await act(id, { action: 'claim' });
    await chat.heard('Sanne');

    await mailbox.receive({ from: addressOf(chat), subject: `[${reference}] de lamp`, text: 'Het is de lamp boven het raam.' });
    await mailbox.sent(reference);
    await act(id, { action: 'ask', text: 'Hoe hoog hangt die lamp?' });
    const asked = await mailbox.sent('Hoe hoog hangt die lamp?');
    expect(seen(chat)).not.toContain('Hoe hoog');

    // Answered by mail, in the same thread: what waited for it goes on.
    await mailbox.receive({
      from: addressOf(chat),
      subject: `Re: ${asked.subject}`,
      text: 'Ongeveer drie meter.',
      answers: asked.messageId?.slice(1, -1) ?? '',
    });
    await eventually(async () => expect((await it.register.cases.byReference(parsed(reference)))?.state).toBe('claimed'));

    await chat.say(`${reference} morgen ben ik er niet`);
    await chat.heard('Toegevoegd');
    await act(id, { action: 'reply', text: 'Dan komen we overmorgen.' });
    await chat.heard('Dan komen we overmorgen.');
    expect(await mailbox.everything()).not.toContain('overmorgen');

    const timeline = await it.register.conversations.ofCase(id);
    expect(
      timeline.filter(({ from }) => from !== 'desk').map(({ from, channel, text }) => [from, channel, text.split('\n').at(-1)]),
    ).toEqual([
      ['requester', 'teams', 'de lamp in kamer 2.10 is kapot'],
      ['requester', 'email', expect.stringContaining('boven het raam')],
      ['worker', 'email', 'Hoe hoog hangt die lamp?'],
      ['requester', 'email', 'Ongeveer drie meter.'],
      ['requester', 'teams', `${reference} morgen ben ik er niet`],
      ['worker', 'teams', expect.stringContaining('overmorgen')],
    ]);
  });

  test('reported ready by mail it is confirmed in Teams, and nothing waits for an answer by mail any more', async () => {
    const { chat, reference, id } = await inTeams('Omar Idrissi');
    await act(id, { action: 'claim' });
    await mailbox.receive({ from: addressOf(chat), subject: reference, text: 'De sleutel ligt bij de receptie.' });
    await act(id, { action: 'ready', text: 'Er zit een nieuwe lamp in.' });
    await mailbox.sent('Er zit een nieuwe lamp in.');
    await chat.say(`${reference} is opgelost, dank je wel`);
    await eventually(async () => expect((await it.register.cases.byReference(parsed(reference)))?.state).toBe('closed'));
  });

  test('in the web chat too, when the intranet vouches for the same person', async () => {
    const { chat, reference, id } = await inTeams('Priya Shah');
    const visitor = { sub: randomUUID(), name: chat.who.name, email: `${chat.who.objectId}@example.org` };
    const web = await ChatClient.start(() => base, visitor);
    await web.say(`${reference} het gaat om twee lampen`);
    await act(id, { action: 'claim' });
    await eventually(async () => expect(await read(web)).toContain('Sanne'));
    expect(seen(chat)).not.toContain('Sanne');
    // A colleague's own chat is where he is now, too.
    await act(id, { action: 'chat', text: 'Hoi, welke twee?' });
    await eventually(async () => expect(await read(web)).toContain('welke twee?'));
    // While she talks with him it stays there.
    await mailbox.receive({ from: addressOf(chat), subject: reference, text: 'De twee bij de deur.' });
    await act(id, { action: 'chat', text: 'Dank, ik kom eraan.' });
    await eventually(async () => expect(await read(web)).toContain('ik kom eraan'));
  });

  test('somebody else who writes about it, or who cannot be shown to be him, moves nothing', async () => {
    const { chat, reference, id } = await inTeams('Lotte Visser');
    await act(id, { action: 'claim' });
    await mailbox.receive({ from: 'Pim Vos <pim@example.com>', subject: reference, text: 'Bij mij ook.' });
    await mailbox.receive({ from: addressOf(chat), subject: reference, text: 'Ik ben het echt.', dmarc: 'fail' });
    await act(id, { action: 'reply', text: 'Ik kom vanmiddag.' });
    await chat.heard('Ik kom vanmiddag.');
    expect(await mailbox.everything()).not.toContain('vanmiddag');
  });

  test('what was asked in a group chat and goes on by mail stays out of the group', async () => {
    const group = new TeamsChat(it, somebody('Youssef Amrani'), { type: 'groupChat' });
    await group.say('de radiator in kamer 1.04 wordt niet warm');
    await group.heard(/SD-/);
    const id = await caseOf(group.reference);
    await mailbox.receive({ from: addressOf(group), subject: group.reference, text: 'Ik zit er met koorts.' });
    await act(id, { action: 'claim' });
    await act(id, { action: 'reply', text: 'Beterschap, ik kom zo.' });
    await mailbox.sent('Beterschap, ik kom zo.');
    expect(seen(group)).not.toContain('Beterschap');
  });
});

function parsed(reference: string) {
  const it = parseReference(reference);
  if (!it) throw new Error(`${reference} is no reference`);
  return it;
}
