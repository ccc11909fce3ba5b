import { describe, expect, it } from 'vitest';
import { parseMail } from '../parse-mail.ts';

const HISTORY = [
  ['Van', 'Servicedesk <desk@example.org>'],
  ['Verzonden', 'dinsdag 24 november 2026 09:12'],
  ['Aan', 'Eva Jansen <eva@example.org>'],
  ['Onderwerp', 'Lunch'],
] as const;

function mailOf(type: string, body: string, from = 'Eva Jansen <eva@example.org>'): Buffer {
  const head = [`From: ${from}`, 'To: desk@example.org', 'Subject: RE: Lunch', 'MIME-Version: 1.0', `Content-Type: ${type}; charset=utf-8`];
  return Buffer.from([...head, '', body].join('\r\n'));
}

describe('answers inside the earlier mail, as Outlook marks them with the writer’s name', () => {
  const answers = ['Hoi,', '', 'Ik heb het erbij gezet.', '', ...HISTORY.map(([name, value]) => `${name}: ${value}`), ''];
  const asked = ['Hoe laat?', '', '[Eva Jansen] Om 12 uur.', '', 'Met hoeveel personen?', '', '[Eva Jansen] Met zes,', 'en een gast.', ''];
  const plain = [...answers, ...asked, 'Groet,', 'Servicedesk'].join('\r\n');

  it('are new, and the questions stay quoted', async () => {
    const mail = await parseMail(mailOf('text/plain', plain));
    expect(mail.text).toBe('Hoi,\n\nIk heb het erbij gezet.\n\nOm 12 uur.\nMet zes,\nen een gast.');
    expect(mail.quoted).toContain('Hoe laat?');
    expect(mail.quoted).toContain('Met hoeveel personen?');
    expect(mail.quoted).not.toContain('Om 12 uur');
  });

  it('also in HTML, and with the last name first', async () => {
    const block = HISTORY.map(([name, value]) => `<b>${name}:</b> ${value.replace('<', '&lt;').replace('>', '&gt;')}<br>`).join('');
    const history = `<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${block}</p></div>`;
    const said = '<p class="MsoNormal">Hoe laat?</p><p class="MsoNormal"><span style="color:red">[Jansen, Eva] Om 12 uur.</span></p>';
    const body = `<html><body><div class="WordSection1"><p class="MsoNormal">Zie mijn antwoord.</p>${history}${said}</div></body></html>`;
    expect((await parseMail(mailOf('text/html', body))).text).toBe('Zie mijn antwoord.\n\nOm 12 uur.');
  });

  it('of somebody else, or of a sender without a name, are history', async () => {
    for (const from of ['Pim Post <pim@example.org>', 'eva@example.org']) {
      const mail = await parseMail(mailOf('text/plain', plain, from));
      expect(mail.text).toBe('Hoi,\n\nIk heb het erbij gezet.');
      expect(mail.quoted).toContain('[Eva Jansen] Om 12 uur.');
    }
  });
});

describe('an attribution without a word for "wrote"', () => {
  it.each(['2026-11-24 17:21 GMT+01:00 Jan Jansen', '2026/11/24 Jan Jansen <jan@example.org>', '2026-11-24 Jan Jansen <jan@example.org>:'])(
    '%s begins the earlier mail',
    async (line) => {
      expect((await parseMail(mailOf('text/plain', `Dat klopt.\r\n\r\n${line}\r\n\r\nKlopt dit?`))).text).toBe('Dat klopt.');
    },
  );
  it.each(['2026-11-24 is de dag.', '2026-11-24 17:21 gebeurde het weer', 'Op 2026/11/24 mailde ik jan@example.org al.'])(
    '%s is a sentence',
    async (line) => {
      expect((await parseMail(mailOf('text/plain', `Dat klopt.\r\n\r\n${line}\r\n\r\nKlopt dit?`))).text).toContain('Klopt dit?');
    },
  );
});
