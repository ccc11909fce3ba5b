import { describe, expect, it } from 'vitest';
import { parseMail } from '../parse-mail.ts';
import { type Colour, colourOf, coloursAnnounced } from './colour.ts';

const BLOCK =
  '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Van:</b> Servicedesk &lt;desk@example.org&gt;<br><b>Verzonden:</b> dinsdag 24 november 2026 09:12<br><b>Aan:</b> Eva Jansen &lt;eva@example.org&gt;<br><b>Onderwerp:</b> Lunch</p></div>';
const p = (html: string) => `<p class="MsoNormal">${html}</p>`;
const red = (text: string) => `<span style="font-size:11.0pt;color:red">${text}</span>`;
const outlook = (said: string, ...history: string[]) =>
  `<html><body><div class="WordSection1">${p(said)}${BLOCK}${history.map(p).join('')}</div></body></html>`;

function read(html: string, plain = '') {
  const head = ['From: Eva Jansen <eva@example.org>', 'To: desk@example.org', 'Subject: RE: Lunch', 'MIME-Version: 1.0'];
  const htmlPart = ['Content-Type: text/html; charset=utf-8', '', html];
  const parts =
    plain === ''
      ? htmlPart
      : [
          'Content-Type: multipart/alternative; boundary=b',
          '',
          '--b',
          'Content-Type: text/plain; charset=utf-8',
          '',
          plain,
          '--b',
          ...htmlPart,
          '--b--',
        ];
  return parseMail(Buffer.from([...head, ...parts].join('\r\n')));
}

describe('answers in the earlier mail, marked by their colour', () => {
  it('are new, and the questions stay quoted', async () => {
    const mail = await read(
      outlook('Zie mijn antwoorden in rood.', 'Hoe laat?', red('Om 12 uur.'), 'Met hoeveel personen?', red('Met zes.'), 'Groet, desk'),
    );
    expect(mail.text).toBe('Zie mijn antwoorden in rood.\n\nOm 12 uur.\nMet zes.');
    expect(mail.quoted).toContain('Hoe laat?');
    expect(mail.quoted).not.toContain('Om 12 uur');
  });

  it('also on the line of their question, and beside a plain form that has no colours', async () => {
    const plain =
      'Antwoorden in het rood.\n\nVan: Servicedesk <desk@example.org>\nVerzonden: dinsdag 24 november 2026 09:12\nAan: Eva Jansen <eva@example.org>\nOnderwerp: Lunch\n\nHoe laat? Om 12 uur.';
    const mail = await read(outlook('Antwoorden in het rood.', `Hoe laat? ${red('Om 12 uur.')}`), plain);
    expect(mail.text).toBe('Antwoorden in het rood.\n\nOm 12 uur.');
    expect(mail.quoted).toContain('Hoe laat?');
  });

  it('inside a block quote', async () => {
    const quote = `<blockquote type="cite"><div>Hoe laat?</div><div><font color="#ff0000">Om 12 uur.</font></div></blockquote>`;
    const mail = await read(
      `<div>See my answers in red.</div><div>On 24 Nov 2026, at 09:12, Desk &lt;desk@example.org&gt; wrote:</div>${quote}`,
    );
    expect(mail.text).toBe('See my answers in red.\n\nOm 12 uur.');
  });

  it('are none unless they were announced, in that colour, or in any', async () => {
    const blue = '<span style="color:#0070C0">Om 12 uur.</span>';
    expect((await read(outlook('Dank!', 'Hoe laat?', red('Let op: voor 12 uur.')))).text).toBe('Dank!');
    expect((await read(outlook('Antwoorden in rood.', 'Hoe laat?', blue, red('Met zes.')))).text).toBe('Antwoorden in rood.\n\nMet zes.');
    expect((await read(outlook('Ik heb in kleur geantwoord.', 'Hoe laat?', blue))).text).toBe('Ik heb in kleur geantwoord.\n\nOm 12 uur.');
  });

  it('of an earlier round, further below, are history', async () => {
    const mail = await read(
      outlook('Antwoorden in rood.', 'Hoe laat?', red('Om 12 uur.')).replace(
        '</div></body>',
        `${BLOCK}${p('Wat?')}${p(red('Lunch.'))}</div></body>`,
      ),
    );
    expect(mail.text).toBe('Antwoorden in rood.\n\nOm 12 uur.');
  });

  it('are none in a mail that is coloured all over, or in a link', async () => {
    expect((await read(outlook('Mijn antwoord in rood?', red('Hoe laat wilt u lunchen?'), red('Groet, desk')))).quoted).toContain(
      'Hoe laat wilt u lunchen?',
    );
    const link = '<a style="color:red" href="https://example.org">intranet</a>';
    expect((await read(outlook('Antwoord in rood.', `Zie ${link}.`, red('Gezien.')))).text).toBe('Antwoord in rood.\n\nGezien.');
  });
});

describe('a colour', () => {
  it.each<[string, Colour | null | undefined]>([
    ['color:#FF0000', 'red'],
    ['color: #c00000;', 'red'],
    ['font-size:11pt;color:rgb(0, 176, 80)', 'green'],
    ['color:#1F497D', 'blue'],
    ['color:#7030A0', 'purple'],
    ['color:#ED7D31', 'orange'],
    ['color:windowtext', null],
    ['color:#333', null],
    ['background-color:red', undefined],
    ['color:inherit', undefined],
    ['', undefined],
  ])('%s', (style, colour) => {
    expect(colourOf('span', { style })).toBe(colour);
  });

  it.each<[string, readonly Colour[]]>([
    ['Zie mijn antwoorden in rood', ['red']],
    ['Ich habe in grün geantwortet', ['green']],
    ['Voir mes réponses en rouge', ['red']],
    ['my answers are in blue below', ['blue']],
    ['De muur is rood geverfd.', []],
    ['Ik woon in Roden', []],
  ])('announced: %s', (text, colours) => {
    expect([...coloursAnnounced(text)]).toEqual(colours);
  });
});
