import { afterEach, describe, expect, it } from 'vitest';
import { type ReceiverOptions, SmtpReceiver } from '../../test/support/smtp-receiver.ts';
import { openTokens } from './oauth.ts';
import type { ServerSettings } from './settings.ts';
import { openSmtp, type Smtp } from './smtp.ts';
import { TokenServer } from './test/token-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const ENVELOPE = { from: 'desk@example.org', to: 'eva@example.org' };
const MAIL = Buffer.from('From: desk@example.org\r\nTo: eva@example.org\r\nSubject: Hoi\r\n\r\nGemeld.\r\n');
const noTokens = () => Promise.reject(new Error('no tokens'));

async function scene(
  options: ReceiverOptions = {},
): Promise<{ receiver: SmtpReceiver; open: (changed?: Partial<ServerSettings>) => Smtp }> {
  const receiver = new SmtpReceiver(options);
  await receiver.start();
  closing.push(() => receiver.remove());
  return {
    receiver,
    open: (changed) => {
      const smtp = openSmtp(receiver.settings(changed), noTokens, { socketTimeout: 2000 });
      closing.push(() => smtp.close());
      return smtp;
    },
  };
}

describe('handing a mail over', () => {
  it.each(['none', 'starttls', 'tls'] as const)('works with security %s', async (tls) => {
    const { receiver, open } = await scene({ tls });
    expect(await open().send(ENVELOPE, MAIL)).toEqual({ kind: 'accepted', words: expect.stringContaining('2.0.0 taken') });
    expect(receiver.mails).toMatchObject([{ from: 'desk@example.org', to: ['eva@example.org'], raw: expect.stringContaining('Gemeld.') }]);
  });

  it('keeps its connection for the next', async () => {
    const { receiver, open } = await scene();
    const smtp = open();
    for (let i = 0; i < 5; i++) await smtp.send(ENVELOPE, MAIL);
    expect(receiver.mails).toHaveLength(5);
    expect(receiver.connections).toBe(1);
  });

  it('trusts no certificate that nobody vouches for, and no server that offers no TLS', async () => {
    const secure = await scene({ tls: 'tls' });
    expect(await secure.open({ caFile: null }).send(ENVELOPE, MAIL)).toMatchObject({ kind: 'deferred', uncertain: false });
    const open = await scene();
    expect(await open.open({ security: 'starttls' }).send(ENVELOPE, MAIL)).toMatchObject({ kind: 'deferred', uncertain: false });
    expect([...secure.receiver.mails, ...open.receiver.mails]).toEqual([]);
  });

  it.each([
    ['recipient', 550, 'refused'],
    ['data', 554, 'refused'],
    ['recipient', 450, 'deferred'],
    ['data', 451, 'deferred'],
    // A sender that the server does not let write is for the administrator to mend: no mail is given up for it.
    ['sender', 550, 'deferred'],
  ] as const)('%s answered with %d is %s, in the words of the server', async (at, code, kind) => {
    const { receiver, open } = await scene();
    receiver.whims.push({ at, code, words: '5.1.1 mailbox of nobody' });
    expect(await open().send(ENVELOPE, MAIL)).toMatchObject({ kind, words: expect.stringContaining(`${code} 5.1.1 mailbox of nobody`) });
    expect(await open().send(ENVELOPE, MAIL)).toMatchObject({ kind: 'accepted' });
  });

  it.each(['middle', 'end'] as const)('is uncertain when the line drops at the %s of the mail', async (at) => {
    const { receiver, open } = await scene();
    receiver.whims.push({ at, kept: at === 'end' });
    expect(await open().send(ENVELOPE, MAIL)).toMatchObject({ kind: 'deferred', uncertain: true });
  });

  it('is deferred when nobody listens, and certain not to have arrived', async () => {
    const { receiver, open } = await scene();
    const smtp = open();
    await receiver.stop();
    expect(await smtp.send(ENVELOPE, MAIL)).toMatchObject({ kind: 'deferred', uncertain: false });
  });

  it('is deferred when the password is wrong: that is for the administrator to mend', async () => {
    const { open } = await scene({ signIn: (_, __, callback) => callback(new Error('no such user')) });
    expect(await open().send(ENVELOPE, MAIL)).toMatchObject({ kind: 'deferred', words: expect.stringContaining('535'), uncertain: false });
    await expect(open().verify()).rejects.toThrow();
  });
});

describe('signing in with OAuth2', () => {
  it('sends the token, and another one when that was taken back', async () => {
    const tokens = new TokenServer();
    await tokens.start();
    closing.push(() => tokens.stop());
    const seen: string[] = [];
    const { receiver } = await scene({
      signIn: (auth, _, callback) => {
        seen.push(`${auth.method} ${auth.username} ${auth.accessToken}`);
        if (auth.accessToken === 'token-1') return callback(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } });
        callback(null, { user: auth.username ?? '' });
      },
    });
    const settings = receiver.settings({ user: 'desk@example.org', credential: { kind: 'oauth2', oauth2: tokens.microsoft } });
    const smtp = openSmtp(settings, openTokens());
    closing.push(() => smtp.close());
    expect(await smtp.send(ENVELOPE, MAIL)).toMatchObject({ kind: 'accepted' });
    expect(seen).toEqual(['XOAUTH2 desk@example.org token-1', 'XOAUTH2 desk@example.org token-2']);
    expect(tokens.asked).toHaveLength(2);
  });

  it('that gives no token defers the mail, and says why', async () => {
    const tokens = new TokenServer();
    await tokens.start();
    closing.push(() => tokens.stop());
    tokens.refusals.push({ status: 400, body: '{"error":"invalid_client"}' });
    const { receiver } = await scene({ signIn: (_, __, callback) => callback(null, { user: 'x' }) });
    const smtp = openSmtp(receiver.settings({ credential: { kind: 'oauth2', oauth2: tokens.microsoft } }), openTokens());
    closing.push(() => smtp.close());
    expect(await smtp.send(ENVELOPE, MAIL)).toMatchObject({ kind: 'deferred', words: expect.stringContaining('invalid_client') });
  });
});
