/** The desk's word to colleagues, in their own chats with it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Case, type NoticeKind, type NoticeTo, newId, type OutgoingNotice, type PersonId } from '../../domain/index.ts';
import { eventually } from '../support/eventually.ts';
import { colleague, openTeamsDesk, shownIn, somebody, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

describe('a notice to a colleague', { timeout: 60_000 }, () => {
  const mailed: OutgoingNotice[] = [];
  let it: TeamsDesk;
  let about: Case;
  beforeAll(async () => {
    it = await openTeamsDesk({
      otherwise: {
        name: 'email',
        send: async (notice) => {
          mailed.push(notice);
          return { kind: 'delivered' };
        },
      },
    });
    const chat = new TeamsChat(it);
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    about = await caseOf(chat);
  }, 120_000);
  afterAll(() => it?.close());

  const caseOf = async (chat: TeamsChat): Promise<Case> => {
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    const [own] = person ? await it.register.ownCases.list(person) : [];
    if (!own) throw new Error('there is no case');
    return own.case;
  };
  const notice = async (kind: NoticeKind, to: NoticeTo): Promise<string> => {
    const id = newId<PersonId>();
    const view = await it.register.turns.viewOfCase(about.id);
    if (!view) throw new Error('the case is gone');
    const { id: conversation, version } = view.conversation;
    const effects = [{ kind: 'notice', notice: { id, case: about.id, kind, team: about.team, to } }] as const;
    await it.register.turns.commit({ conversation, version, at: new Date(), incoming: null, effects });
    return id;
  };
  /** A colleague who has said hello to the bot. */
  const inTeams = async (name: string, teams: readonly string[] = []) => {
    const chat = new TeamsChat(it, somebody(name));
    const address = `${chat.who.objectId}@example.org`;
    const person = await colleague(it.register, address, teams);
    await chat.say('hallo');
    await eventually(() => expect(chat.messages.length).toBeGreaterThan(0));
    return { chat, person, address };
  };

  test('comes in his chat, once, with a link to the case, and by mail no more', async () => {
    const { chat, person } = await inTeams('Sanne de Vries');
    const id = await notice('complete-late', { role: 'worker', person });
    const told = shownIn(await chat.heard('is niet op tijd klaar'));
    expect(told).toContain(about.title);
    expect(told).toContain(`https://desk.example.org/workbench/case/${about.id}`);
    const again = {
      id,
      case: about.id,
      reference: about.reference,
      title: null,
      kind: 'complete-late',
      role: 'worker',
      team: about.team,
    } as const;
    expect(await it.news.notice({ ...again, person, address: null, language: 'nl', at: new Date(), attempt: 2 })).toEqual({
      kind: 'delivered',
    });
    expect(chat.messages.filter((message) => shownIn(message).includes('niet op tijd'))).toHaveLength(1);
    expect(mailed.map((one) => one.id)).not.toContain(id);
  });

  test('reaches a coordinator who is named by his address', async () => {
    const { chat, address } = await inTeams('Noor Bakker');
    await notice('stays-late', { role: 'coordinator', address });
    await chat.heard('blijft te laat');
  });

  test('goes another way to who never spoke to the bot', async () => {
    const person = await colleague(it.register, 'nooit@example.org', []);
    const id = await notice('complete-soon', { role: 'worker', person });
    await eventually(() => expect(mailed.find((one) => one.id === id)?.address).toBe('nooit@example.org'));
  });

  test('goes another way to who has blocked it', async () => {
    const { chat, person } = await inTeams('Omar Idrissi');
    const conversation = (await it.register.references.privateOf(person, 'teams'))?.conversation;
    if (!conversation) throw new Error('he has no chat');
    await it.register.references.unreachable(conversation, 'blocked');
    const id = await notice('idle', { role: 'worker', person });
    await eventually(() => expect(mailed.map((one) => one.id)).toContain(id));
    expect(chat.messages.map(shownIn).join()).not.toContain(about.reference);
  });

  test('an alarm is told once to a coordinator who works the queue himself, and again when nobody takes it', async () => {
    const { chat, address } = await inTeams('Eva Jansen', it.alarmTeams);
    const caller = new TeamsChat(it);
    await caller.say('er is brand in kamer 3.14');
    await chat.heard('Spoed voor');
    const alarm = await caseOf(caller);
    const told = () => chat.messages.filter((message) => shownIn(message).includes(alarm.reference));
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    const { id, reference, title, team } = alarm;
    const same = {
      case: id,
      reference,
      title,
      team,
      kind: 'urgent',
      role: 'coordinator',
      person,
      address,
      language: 'nl',
      attempt: 1,
    } as const;
    expect(await it.news.notice({ ...same, id: newId<PersonId>(), at: new Date() })).toEqual({ kind: 'delivered' });
    await it.news.notice({ ...same, id: newId<PersonId>(), at: new Date(Date.now() + 15 * 60_000) });
    await eventually(() => expect(told()).toHaveLength(2));
  });
});
