import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dovecot, findProgram } from '../../test/setup/parts.ts';
import { Dovecot, PASSWORD } from '../../test/support/dovecot.ts';
import { connect } from './imap/connection.ts';
import { openSentFolder, type SentFolder } from './sent-folder.ts';

const MAIL = Buffer.from('Message-ID: <one@example.org>\r\nSubject: Antwoord\r\n\r\nGemeld.\r\n');

describe.skipIf(findProgram(dovecot) === null)('the Sent folder of a real server (needs Dovecot)', () => {
  let server: Dovecot;
  const opened: SentFolder[] = [];
  beforeAll(async () => {
    server = new Dovecot();
    await server.start();
  }, 60_000);
  afterEach(async () => {
    for (const it of opened.splice(0)) await it.close();
  });
  afterAll(() => server.remove());

  const open = (user: string, folder: string | null = null): SentFolder => {
    const credential = { kind: 'password', password: PASSWORD } as const;
    const settings = { host: '127.0.0.1', port: server.port, security: 'none', caFile: null, user, credential } as const;
    const it = openSentFolder(() => connect(settings, () => Promise.reject(new Error('no tokens'))), folder);
    opened.push(it);
    return it;
  };

  it('is made where there is none, keeps a mail once, and finds it by its Message-ID', async () => {
    const sent = open('one');
    expect(await sent.has('one@example.org')).toBe(false);
    await Promise.all([sent.keep('one@example.org', MAIL), sent.keep('one@example.org', MAIL)]);
    expect(await sent.has('one@example.org')).toBe(true);
    expect(await sent.has('two@example.org')).toBe(false);
    expect(await server.subjects('one', 'Sent')).toEqual(['Antwoord']);
  });

  it('shows at once what came into it while it stood open', async () => {
    const sent = open('five');
    await sent.keep('zero@example.org', Buffer.from(MAIL.toString().replace('one@', 'zero@')));
    expect(await sent.has('one@example.org')).toBe(false);
    await server.deliver('five', [MAIL], 'Sent');
    expect(await sent.has('one@example.org')).toBe(true);
  });

  it('is the one that is configured', async () => {
    await open('two', 'Verzonden').keep('one@example.org', MAIL);
    expect(await server.subjects('two', 'Verzonden')).toEqual(['Antwoord']);
  });

  it('is reached again when the server broke the connection off', async () => {
    const sent = open('three');
    await sent.keep('one@example.org', MAIL);
    server.breakConnections();
    expect(await sent.has('one@example.org')).toBe(true);
  });

  it('says so when the server is away, and is there again with it', async () => {
    const sent = open('four');
    await server.stop();
    await expect(sent.has('one@example.org')).rejects.toThrow();
    await server.start();
    expect(await sent.has('one@example.org')).toBe(false);
  });
});
