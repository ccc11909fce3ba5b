import { describe, expect, it } from 'vitest';
import { parseMail } from '../parse/parse-mail.ts';
import { fingerprintOf } from './fingerprint.ts';
import { plainSubject, questionOf } from './question.ts';

const HEADERS = 'From: Eva <eva@example.org>\r\nTo: desk@example.org\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\nMessage-ID: <a@x>\r\n';
const parsed = (subject: string, text: string, headers = HEADERS) => parseMail(Buffer.from(`${headers}Subject: ${subject}\r\n\r\n${text}`));
const question = async (subject: string, text: string, answers = false) => questionOf(await parsed(subject, text), answers);

describe('the question of a mail', () => {
  it('has the subject where it says more than the text, as one sentence with it', async () => {
    expect(await question('Kamer 3.14 te warm', 'Kunnen jullie iets doen?')).toBe('Kamer 3.14 te warm: Kunnen jullie iets doen?');
    expect(await question('Lamp', 'De lamp in gang 2 is kapot.')).toBe('De lamp in gang 2 is kapot.');
  });
  it.each(['Vraag', 'vraagje', 'Geen onderwerp', '', 'SPOED!', 'Re: Lamp in gang'])(
    'has not the subject "%s", which adds nothing',
    async (subject) => {
      expect(await question(subject, 'De lamp in gang 2 is kapot.')).toBe('De lamp in gang 2 is kapot.');
    },
  );
  it('keeps a greeting in front', async () => {
    expect(await question('Kamer 3.14', 'Beste collega,\n\nHet is hier te warm.')).toMatch(
      /^Beste collega,\s+Kamer 3\.14: Het is hier te warm\.$/,
    );
  });
  it('is the subject alone where there is no text', async () => {
    expect(await question('FW: De koffieautomaat is leeg', '')).toBe('De koffieautomaat is leeg');
  });
  it('is only what was newly said in an answer', async () => {
    expect(await question('Re: [SD-7K3Q-MX2P] Kamer 3.14 te warm', 'Nog steeds te warm.', true)).toBe('Nog steeds te warm.');
  });
  it('is what was forwarded too, where what stands above it leans on that', async () => {
    const forwarded = (above: string) =>
      question(
        'FW: nieuwe collega',
        `${above}\n\nVan: Wim <wim@example.org>\nVerzonden: dinsdag 24 november 2026 16:12\nAan: Eva\nOnderwerp: nieuwe collega\n\nPer 1 december begint Noor, zij heeft een laptop nodig.`,
      );
    expect(await forwarded('Kunnen jullie dit regelen? Alvast bedankt, Eva')).toContain('Per 1 december begint Noor');
    expect(await forwarded('Graag actie.')).toContain('Per 1 december begint Noor');
    expect(
      await forwarded('De beamer in zaal 2.14 doet niets meer en morgen vergadert daar de raad. Kan iemand komen kijken?'),
    ).not.toContain('Noor');
  });
  it('is never longer than somebody reads', async () => {
    expect((await question('Lang', 'De lamp is kapot. '.repeat(5000))).length).toBeLessThan(8_100);
  });
  it('names a case where the mail does only in its subject', async () => {
    expect(questionOf(await parsed('[SD-7K3Q-MX2P] Lamp', 'Nog steeds kapot.'), false, 'SD-7K3Q-MX2P')).toContain('SD-7K3Q-MX2P');
  });
});

it.each([
  ['RE: AW: Antw: [EXTERN] Lamp', 'Lamp'],
  ['Re[2]: Lamp', 'Lamp'],
  ['Fwd: FW:Lamp  kapot', 'Lamp kapot'],
  ['Regenwater lekt', 'Regenwater lekt'],
])('"%s" is about "%s"', (subject, plain) => {
  expect(plainSubject(subject)).toBe(plain);
});

describe('the same mail', () => {
  it('is known again however it came, and is another when anything of it is', async () => {
    const one = fingerprintOf(await parsed('Lamp', 'De lamp is kapot.'));
    expect(
      fingerprintOf(await parsed('Lamp', 'De lamp is kapot.', `Received: from elsewhere\r\nDelivered-To: ict@example.org\r\n${HEADERS}`)),
    ).toBe(one);
    const others = await Promise.all([
      parsed('Lamp', 'De deur is kapot.'),
      parsed('Deur', 'De lamp is kapot.'),
      parsed('Lamp', 'De lamp is kapot.', HEADERS.replace('<a@x>', '<b@x>')),
      parsed('Lamp', 'De lamp is kapot.', HEADERS.replace('eva@', 'bo@')),
      parsed('Lamp', 'De lamp is kapot.', HEADERS.replace('10:00', '10:01')),
    ]);
    expect(new Set([one, ...others.map(fingerprintOf)]).size).toBe(6);
  });
});
