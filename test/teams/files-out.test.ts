import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttachmentId, PersonId } from '../../domain/index.ts';
import { eventually } from '../support/eventually.ts';
import { colleague, openTeamsDesk, shownIn, somebody, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';
import type { SentActivity } from '../support/teams-service.ts';

const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';

describe('files that a colleague sends to Teams', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  let worker: { readonly id: PersonId; readonly name: string };
  beforeAll(async () => {
    it = await openTeamsDesk();
    worker = { id: await colleague(it.register, 'sanne@example.org', ['facilities', 'ict']), name: 'Sanne de Vries' };
  }, 120_000);
  afterAll(() => it?.close());

  async function* content(text: string) {
    yield Buffer.from(text);
  }

  /** Somebody asks, and the colleague answers with a file. */
  async function answered(chat: TeamsChat): Promise<{ readonly file: AttachmentId }> {
    await chat.say('de lamp in kamer 2.10 is kapot');
    await chat.heard('Gemeld');
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    const [own] = person ? await it.register.ownCases.list(person) : [];
    if (!own) throw new Error('there is no case');
    const about = { name: 'uitleg.txt', type: 'text/plain', conversation: own.case.conversation, author: worker.id };
    const file = await it.files.store(content('zo zet je hem uit'), about);
    await it.desk.act(own.case.id, { action: 'claim' }, worker);
    await it.desk.act(own.case.id, { action: 'reply', text: 'Zie het bestand.', attachments: [file.id] }, worker);
    await chat.heard('Zie het bestand');
    return { file: file.id };
  }

  const consentIn = async (chat: TeamsChat): Promise<SentActivity> =>
    await eventually(() => {
      const found = chat.messages.find(({ activity }) => JSON.stringify(activity).includes(CONSENT));
      if (!found) throw new Error('nobody was asked');
      return found;
    });
  const answer = (chat: TeamsChat, question: SentActivity | null, action: string, file: string, path = '/upload/1') =>
    chat.post(
      chat.activity({
        type: 'invoke',
        name: 'fileConsent/invoke',
        ...(question ? { replyToId: question.id } : {}),
        value: {
          type: 'fileUpload',
          action,
          context: { loket: 1, file },
          uploadInfo: {
            contentUrl: 'https://example.sharepoint.com/uitleg.txt',
            name: 'uitleg.txt',
            uploadUrl: path.startsWith('http') ? path : `${it.service.url}${path}`,
            uniqueId: 'unique',
            fileType: 'txt',
          },
        },
      }),
    );

  test('it is asked for, put into the OneDrive when allowed, and shown there', async () => {
    const chat = new TeamsChat(it);
    const { file } = await answered(chat);
    const question = await consentIn(chat);
    expect(question.activity.attachments).toEqual([
      { contentType: CONSENT, name: 'uitleg.txt', content: expect.objectContaining({ sizeInBytes: 17 }) },
    ]);
    expect((await answer(chat, question, 'accept', file)).status).toBe(200);
    await eventually(() => expect(shownIn(question)).toContain('file.info'));
    expect(it.service.uploads.get('/upload/1')).toEqual({ content: 'zo zet je hem uit', range: 'bytes 0-16/17', token: '' });
  });

  test.each([
    ['is not wanted', 'decline', '/upload/2', 'niet in je OneDrive'],
    ['does not fit', 'accept', '/upload/full', 'kon niet in je OneDrive'],
    ['is to be put elsewhere', 'accept', 'http://169.254.169.254/latest', 'kon niet in je OneDrive'],
  ])('of one that %s it is said, and nothing is asked any more', async (_, action, path, said) => {
    const chat = new TeamsChat(it);
    const { file } = await answered(chat);
    const question = await consentIn(chat);
    expect((await answer(chat, question, action, file, path)).status).toBe(200);
    await eventually(() => expect(shownIn(question)).toContain(said));
    expect(JSON.stringify(question.activity)).not.toContain(CONSENT);
    expect(it.service.uploads.has(path)).toBe(false);
  });

  test('nobody gets the file of another’s conversation, or one that is none', async () => {
    const { file } = await answered(new TeamsChat(it));
    const stranger = new TeamsChat(it, somebody('Omar Idrissi'));
    for (const id of [file, 'x', '']) expect((await answer(stranger, null, 'accept', id, '/upload/3')).status).toBe(200);
    expect((await stranger.post(stranger.activity({ type: 'invoke', name: 'fileConsent/invoke', value: null }))).status).toBe(200);
    await it.desk.settled();
    expect(it.service.uploads.has('/upload/3')).toBe(false);
    expect(stranger.messages).toEqual([]);
  });

  test('where others read along nobody is asked, and it is said that there is a file', async () => {
    const chat = new TeamsChat(it, somebody(), { type: 'groupChat' });
    await answered(chat);
    await chat.heard('Waar anderen meelezen kan ik geen bestanden geven');
    expect(JSON.stringify(chat.messages.map(({ activity }) => activity))).not.toContain(CONSENT);
  });

  test('nothing of all this was an error', () => expect(it.errors).toEqual([]));
});
