import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayFetch } from '../../channels/teams/files.ts';
import { openTeamsDesk, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

/** The smallest PNG that there is: one pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==', 'base64');

describe('files that people send in Teams', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  beforeAll(async () => {
    it = await openTeamsDesk();
    it.service.files.set('/v3/attachments/1/views/original', PIXEL);
    it.service.files.set('/files/log.txt', Buffer.from('regel 1\nregel 2\n'));
    it.service.files.set('/files/large.bin', Buffer.alloc(200_000));
  }, 120_000);
  afterAll(() => it?.close());

  const picture = () => ({ contentType: 'image/png', contentUrl: `${it.service.url}/v3/attachments/1/views/original` });
  const file = (name: string) => ({
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    name,
    content: { downloadUrl: `${it.service.url}/files/${name}`, uniqueId: 'u', fileType: 'txt' },
  });
  const attachmentsOf = async (chat: TeamsChat) => {
    const person = await it.register.people.ofIdentity('teams', chat.who.objectId);
    const [own] = person ? await it.register.ownCases.list(person) : [];
    const lines = own ? await it.register.conversations.ofCase(own.case.id) : [];
    return [...(await it.register.attachments.ofMessages(lines.map(({ id }) => id))).values()].flat();
  };

  test('a pasted picture and a file become attachments of the message, and of its case', async () => {
    const chat = new TeamsChat(it);
    await chat.post(chat.activity({ text: 'de lamp in kamer 2.10 is kapot', attachments: [picture(), file('log.txt')] }));
    await chat.heard('Gemeld');
    expect((await attachmentsOf(chat)).map(({ name, type }) => [name, type])).toEqual([
      ['afbeelding.png', 'image/png'],
      ['log.txt', expect.any(String)],
    ]);
    expect(it.service.fetched.get('/v3/attachments/1/views/original')).toMatch(/^token-/);
  });

  test('a picture alone is kept and answered', async () => {
    const chat = new TeamsChat(it);
    await chat.post(chat.activity({ text: '', attachments: [picture()] }));
    await chat.heard(/\w/);
    expect(it.errors).toEqual([]);
  });

  test('what cannot be kept is said by name, and the message is taken in all the same', async () => {
    const chat = new TeamsChat(it);
    const elsewhere = { ...file('evil.txt'), content: { downloadUrl: 'http://169.254.169.254/latest/meta-data', uniqueId: 'u' } };
    await chat.post(
      chat.activity({ text: 'de lamp in kamer 2.10 is kapot', attachments: [file('large.bin'), file('gone.txt'), elsewhere] }),
    );
    await chat.heard('Gemeld');
    await chat.heard('large.bin, gone.txt, evil.txt');
    expect(await attachmentsOf(chat)).toEqual([]);
  });

  test.each([
    ['https://contoso-my.sharepoint.com/personal/x/_layouts/download.aspx?token=1', true],
    ['https://smba.trafficmanager.net/emea/v3/attachments/1/views/original', true],
    ['http://contoso-my.sharepoint.com/x', false],
    ['https://sharepoint.com.evil.example/x', false],
    ['https://user@contoso.sharepoint.com/x', false],
    ['https://10.0.0.1/x', false],
    ['file:///etc/passwd', false],
    ['not an address', false],
  ])('%s may be fetched: %s', (url, may) => {
    expect(mayFetch(url, 'https://smba.trafficmanager.net/emea/')).toBe(may);
  });
});
