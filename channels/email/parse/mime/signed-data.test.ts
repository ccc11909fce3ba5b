import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMail } from '../parse-mail.ts';
import { signedContent } from './signed-data.ts';

const ENTITY = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\nDe lamp in het café is stuk.\r\n');
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
const ENVELOPED_DATA = Buffer.from('06092a864886f70d010703', 'hex');
const DATA = Buffer.from('06092a864886f70d010701', 'hex');
const VERSION_AND_DIGESTS = Buffer.from('0201013100', 'hex');

type Wrap = (tag: number, ...parts: Buffer[]) => Buffer;

/** With its length in front, as DER wants it. */
const ended: Wrap = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.from([tag, 0x84]), size, body]);
};

/** Without a length, as signers write that do not know it yet. */
const unended: Wrap = (tag, ...parts) => Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);

function signed(wrap: Wrap, octets: Buffer, type = SIGNED_DATA): Buffer {
  return wrap(0x30, type, wrap(0xa0, wrap(0x30, VERSION_AND_DIGESTS, wrap(0x30, DATA, wrap(0xa0, octets)), ended(0x31))));
}

const inPieces = unended(0x24, ended(0x04, ENTITY.subarray(0, 20)), ended(0x04, ENTITY.subarray(20)));

describe('what was signed opaquely', () => {
  it('is read, with lengths and without, whole and in pieces', () => {
    for (const wrap of [ended, unended])
      for (const octets of [ended(0x04, ENTITY), inPieces]) expect(signedContent(signed(wrap, octets))).toEqual(ENTITY);
  });

  it('is nothing in what is encrypted, or signed apart', () => {
    expect(signedContent(signed(ended, ended(0x04, ENTITY), ENVELOPED_DATA))).toBeNull();
    expect(signedContent(ended(0x30, SIGNED_DATA, ended(0xa0, ended(0x30, VERSION_AND_DIGESTS, ended(0x30, DATA)))))).toBeNull();
  });

  it('is nothing in bytes that are none, and never an error', () => {
    const whole = signed(unended, inPieces);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
        const broken = Buffer.from(whole);
        broken[at] = byte;
        const found = signedContent(broken.subarray(0, length));
        expect(found === null || found.length <= whole.length).toBe(true);
      }),
    );
    expect(signedContent(Buffer.concat(Array.from({ length: 100_000 }, () => Buffer.from([0x30, 0x80]))))).toBeNull();
  });
});

function mailOf(type: string, content: Buffer): Buffer {
  const head = ['From: Jan <jan@example.org>', 'Subject: Lamp', 'MIME-Version: 1.0', `Content-Type: application/pkcs7-mime; ${type}`];
  return Buffer.from([...head, 'Content-Transfer-Encoding: base64', '', content.toString('base64')].join('\r\n'));
}

describe('a mail in a container of S/MIME', () => {
  it('that is only signed is read as any other', async () => {
    for (const type of ['smime-type=signed-data; name="smime.p7m"', 'name="smime.p7m"']) {
      const { text, isEncrypted, warnings } = await parseMail(mailOf(type, signed(ended, ended(0x04, ENTITY))));
      expect({ text, isEncrypted, warnings }).toEqual({ text: 'De lamp in het café is stuk.', isEncrypted: false, warnings: [] });
    }
  });

  it('signed again by somebody else, too', async () => {
    const inner = mailOf('smime-type=signed-data', signed(unended, inPieces));
    expect((await parseMail(mailOf('smime-type=signed-data', signed(ended, ended(0x04, inner))))).text).toBe(
      'De lamp in het café is stuk.',
    );
  });

  it('that is encrypted says so, and keeps the container', async () => {
    const mail = await parseMail(mailOf('smime-type=enveloped-data; name="smime.p7m"', signed(ended, ended(0x04, ENTITY), ENVELOPED_DATA)));
    expect(mail).toMatchObject({ text: '', isEncrypted: true, warnings: ['encrypted: it cannot be read here'] });
    expect(mail.attachments.map(({ name }) => name)).toEqual(['smime.p7m']);
  });

  it('with certificates alone is not called encrypted', async () => {
    const mail = await parseMail(mailOf('smime-type=certs-only; name="smime.p7c"', Buffer.from('3000', 'hex')));
    expect({ encrypted: mail.isEncrypted, files: mail.attachments.length }).toEqual({ encrypted: false, files: 1 });
  });
});
