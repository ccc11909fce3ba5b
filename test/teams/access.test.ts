import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTeamsDesk, TeamsChat, type TeamsDesk } from '../support/teams-desk.ts';

describe('who may speak to the bot', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  beforeAll(async () => {
    it = await openTeamsDesk();
  }, 120_000);
  afterAll(() => it?.close());

  const statusWith = async (token: string, activity: Readonly<Record<string, unknown>> = {}): Promise<number> => {
    const chat = new TeamsChat(it);
    return (await chat.post(chat.activity({ text: 'hallo', ...activity }), token)).status;
  };
  const soon = Math.floor(Date.now() / 1000);

  test('a token that the service signed for this bot is let in', async () => {
    expect(await statusWith(await it.service.token())).toBe(200);
  });

  test.each<[string, () => Promise<string>]>([
    ['no token', async () => ''],
    ['something that is no token', async () => 'abc'],
    [
      'a token signed with another key under the name of the right one',
      async () => it.service.token({ key: (await generateKeyPair('RS256')).privateKey }),
    ],
    ['a token of a key that the service does not publish', async () => it.service.token({ kid: 'another' })],
    ['a token that has expired', async () => it.service.token({ expires: soon - 600 })],
    ['a token for another bot', async () => it.service.token({ audience: '99999999-2222-3333-4444-555555555555' })],
    [
      'a token of another issuer',
      async () => it.service.token({ issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }),
    ],
    ['a token for another service address', async () => it.service.token({ serviceUrl: 'https://smba.example.org/' })],
    [
      'a token that says that it needs no signature',
      async () => {
        const [, payload] = (await it.service.token()).split('.');
        return `${Buffer.from(JSON.stringify({ alg: 'none', kid: 'ours' })).toString('base64url')}.${payload}.`;
      },
    ],
  ])('%s is refused', async (_, token) => {
    expect(await statusWith(await token())).toBe(401);
  });

  test.each([
    ['another tenant', { conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee' } }],
    ['a tenant that is not said', { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: {} }],
  ])('%s is refused', async (_, activity) => {
    expect(await statusWith(await it.service.token(), activity)).toBe(403);
  });

  test('nothing of what was refused is stored', async () => {
    expect(await it.register.people.ofIdentity('teams', 'nobody')).toBeNull();
    expect(it.errors).toEqual([]);
  });
});

describe('the Playground, without credentials', { timeout: 60_000 }, () => {
  let it: TeamsDesk;
  beforeAll(async () => {
    it = await openTeamsDesk({ access: 'playground' });
  }, 120_000);
  afterAll(() => it?.close());

  const inject = (given: { readonly remoteAddress?: string; readonly headers?: Record<string, string>; readonly activity?: object }) => {
    const chat = new TeamsChat(it);
    const payload = chat.activity({ text: 'hallo', ...given.activity });
    return it.app.inject({
      method: 'POST',
      url: '/api/messages',
      payload,
      headers: given.headers ?? {},
      remoteAddress: given.remoteAddress ?? '127.0.0.1',
    });
  };

  test('a program on this machine is let in without a token', async () => {
    expect((await inject({})).statusCode).toBe(200);
    expect((await inject({ remoteAddress: '::1' })).statusCode).toBe(200);
  });

  test.each(['10.0.0.4', '192.168.1.2', '::ffff:10.0.0.4', '127.0.0.1.example.org'])('a socket from %s is not', async (remoteAddress) => {
    expect((await inject({ remoteAddress })).statusCode).toBe(403);
  });

  test.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])('what a proxy brings with "%s" is not', async (name) => {
    expect((await inject({ headers: { [name]: '127.0.0.1' } })).statusCode).toBe(403);
  });

  test.each([
    'http://10.0.0.4:8080',
    'https://smba.trafficmanager.net/emea/',
    'http://localhost.example.org/',
    'http://127.0.0.1.example.org/',
  ])('an answer to %s is not sent', async (serviceUrl) => {
    expect((await inject({ activity: { serviceUrl } })).statusCode).toBe(403);
  });

  test('its person is joined to nobody, whatever the roster says', async () => {
    const chat = new TeamsChat(it);
    const address = `${chat.who.objectId}@example.org`;
    const { token } = await it.register.signIn.invite({ address, name: 'Femke Bos', role: 'worker', team: 'ict', by: null });
    const worker = (await it.register.signIn.spend(token))?.colleague.id;
    await chat.post(chat.activity({ text: 'de lamp in kamer 2.10 is kapot' }));
    await chat.heard('Gemeld');
    const person = await it.register.people.ofIdentity('teams', `playground:${chat.who.objectId}`);
    expect(person).not.toBeNull();
    expect(person).not.toBe(worker);
    expect(await it.register.people.ofIdentity('teams', chat.who.objectId)).toBeNull();
  });
});
