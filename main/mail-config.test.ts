import { describe, expect, it } from 'vitest';
import { readMail } from './mail-config.ts';

const read = (mailboxes: string) => readMail({ LOKET_MAILBOXES: mailboxes, LOKET_MAIL_MAX_MB: 50, LOKET_MAIL_ANSWERS_PER_HOUR: 20 });
const only = (mailboxes: string) => {
  const { mail, problems } = read(mailboxes);
  expect(problems).toEqual([]);
  return mail.mailboxes[0];
};

describe('a mailbox', () => {
  it('needs an address, a server and a password; the rest is what most servers want', () => {
    expect(only('[{address: Desk@example.org, imap: imap.example.org, smtp: smtp.example.org, password: geheim}]')).toMatchObject({
      name: 'desk@example.org',
      address: 'desk@example.org',
      imap: { host: 'imap.example.org', port: 993, security: 'tls', user: 'desk@example.org', credential: { kind: 'password' } },
      smtp: { host: 'smtp.example.org', port: 587, security: 'starttls' },
      folder: 'INBOX',
      handledFolder: 'Verwerkt',
      trustsInternal: false,
    });
  });

  it('is written over several lines, and ports say how TLS begins', () => {
    expect(
      only('\n- address: desk@example.org\n  imap: imap.example.org:143\n  smtp: "[::1]:465"\n  password: x\n  handled: flag\n'),
    ).toMatchObject({
      imap: { port: 143, security: 'starttls' },
      smtp: { host: '::1', port: 465, security: 'tls' },
      handledFolder: null,
    });
  });

  it('of Microsoft 365 knows its servers, and where tokens come from', () => {
    expect(only('[{address: desk@example.org, microsoft: {tenant: t1, clientId: c1, clientSecret: s1}}]')).toMatchObject({
      imap: {
        host: 'outlook.office365.com',
        credential: {
          kind: 'oauth2',
          oauth2: { grant: 'client-credentials', tokenUrl: 'https://login.microsoftonline.com/t1/oauth2/v2.0/token' },
        },
      },
      smtp: { host: 'smtp.office365.com', port: 587 },
      trustsInternal: true,
    });
  });
});

describe('a mistake is said without its secret', () => {
  it.each([
    ['not: [a, list', /not a list in YAML/],
    ['[{imap: imap.example.org, password: geheim}]', /mailbox 1 address/],
    ['[{address: a@example.org, imap: h, password: geheim, pasword: geheim}]', /pasword/],
    ['[{address: a@example.org, imap: h}]', /neither password, microsoft nor google/],
    ['[{address: a@example.org, password: geheim}]', /no imap/],
    ['[{address: a@example.org, imap: mail.example.org, tls: false, password: geheim}]', /travel readable/],
    ['[{address: a@example.org, imap: "http://x", password: geheim}]', /host:port/],
    ['[{address: a@example.org, imap: h, password: geheim}, {address: a@example.org, imap: h, password: geheim}]', /two mailboxes/],
  ])('%s', (mailboxes, says) => {
    const { mail, problems } = read(mailboxes);
    expect(mail.mailboxes).toEqual([]);
    expect(problems.join('\n')).toMatch(says);
    expect(problems.join('\n')).not.toContain('geheim');
  });
});
