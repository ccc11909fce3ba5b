import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { describe, expect, it } from 'vitest';
import { parseMail } from '../parse/parse-mail.ts';
import { judge } from './trust.ts';

const raw = (headers = '', from = 'eva@example.org') =>
  Buffer.from(
    `${headers}From: Eva <${from}>\r\nTo: desk@example.org\r\nSubject: Lamp\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\nMessage-ID: <a@x>\r\n\r\nDe lamp is kapot.\r\n`,
  );
const TRUSTED = { trustedHosts: ['mx.example.org'], trustsInternal: false };
const byServer = async (headers: string, settings = TRUSTED) => {
  const mail = raw(headers);
  return await judge(mail, await parseMail(mail, { trustedHosts: settings.trustedHosts }), settings);
};

describe('by the organisation own server', () => {
  it('DMARC that passed is proof', async () => {
    expect(await byServer('Authentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=pass\r\n')).toMatchObject({ trusted: true });
  });
  it.each([
    ['', /no trusted server/],
    ['Authentication-Results: mx.evil.example; dmarc=pass\r\n', /no trusted server/],
    ['Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=other.example; dmarc=fail\r\n', /dmarc=fail/],
    ['Authentication-Results: mx.example.org; spf=pass; dkim=pass\r\n', /dmarc=none/],
  ])('%s is none', async (headers, why) => {
    expect(await byServer(headers)).toMatchObject({ trusted: false, why: expect.stringMatching(why) });
  });
  it('the mark of Exchange counts only where it is configured, and only in the head', async () => {
    const mark = 'X-MS-Exchange-Organization-AuthAs: Internal\r\n';
    expect(await byServer(mark)).toMatchObject({ trusted: false });
    expect(await byServer(mark, { ...TRUSTED, trustsInternal: true })).toMatchObject({ trusted: true });
    const inBody = Buffer.concat([raw(), Buffer.from(mark)]);
    expect(await judge(inBody, await parseMail(inBody), { ...TRUSTED, trustsInternal: true })).toMatchObject({ trusted: false });
  });
});

describe('checked here', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const records: Readonly<Record<string, string>> = {
    's1._domainkey.example.org': `v=DKIM1; k=rsa; p=${key}`,
    '_dmarc.example.org': 'v=DMARC1; p=reject',
  };
  const resolver = async (domain: string, type: string): Promise<string[][]> => {
    const record = type === 'TXT' ? records[domain] : undefined;
    if (!record) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return [[record]];
  };
  const HERE = { trustedHosts: [], trustsInternal: false };
  const signed = async (mail: Buffer, domain = 'example.org'): Promise<Buffer> => {
    const key = { signingDomain: domain, selector: 's1', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    const { signatures } = await dkimSign(mail, { ...key, signatureData: [key] });
    return Buffer.concat([Buffer.from(signatures), mail]);
  };
  const check = async (mail: Buffer) => await judge(mail, await parseMail(mail), HERE, { resolver });

  it('a signature of the domain in the From is proof', async () => {
    expect(await check(await signed(raw()))).toMatchObject({ trusted: true });
  });
  it('one of another domain is none, nor one over another text, nor none at all', async () => {
    const mail = await signed(raw());
    expect(await check(await signed(raw(), 'other.example'))).toMatchObject({ trusted: false });
    expect(await check(Buffer.from(mail.toString().replace('lamp', 'deur')))).toMatchObject({ trusted: false });
    expect(await check(raw())).toMatchObject({ trusted: false });
  });
  it('DNS that does not answer is no proof, and nothing waits for it', async () => {
    const mail = await signed(raw());
    const never = () => new Promise<string[][]>(() => {});
    expect(await judge(mail, await parseMail(mail), HERE, { resolver: never, patienceMs: 20 })).toMatchObject({
      trusted: false,
      why: expect.stringMatching(/in time/),
    });
  });
});
