import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMail, firstName, type Line } from './compose.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import { brokenInClients } from './test/client-limits.ts';
import { ANSWER, CHOOSE, FORM, letter, READY, REGISTERED } from './test/letters.ts';

const text = (lines: readonly Line[], changed: Parameters<typeof letter>[1] = {}): string =>
  renderText(composeMail(letter(lines, changed)));
const html = (lines: readonly Line[]): string => renderHtml(composeMail(letter(lines)), 'Re: te warm');

describe('a mail in plain text', () => {
  it('says what was done, then the case number, then who says it', () => {
    expect(text([REGISTERED])).toBe(`Hoi Eva,

Gemeld bij Gebouwbeheer: SD-7K3Q-MX2J. Reactie vandaag voor 14.00 uur. Ik laat het je weten.

- Plaats: kamer 3.14

Toch niet nodig, of klopt er iets niet? Antwoord op deze mail.

Ongedaan maken: https://desk.example.org/mail/undo

Zaaknummer: SD-7K3Q-MX2J

Groet,
Servicedesk Gemeente Voorbeeld
`);
  });

  it('of two questions has two headings: what is answered first, then what is still asked', () => {
    expect(text([FORM, REGISTERED], { link: () => null })).toBe(`Hoi Eva,

Het is te warm in kamer 3.14
----------------------------

Gemeld bij Gebouwbeheer: SD-7K3Q-MX2J. Reactie vandaag voor 14.00 uur. Ik laat het je weten.

- Plaats: kamer 3.14

Toch niet nodig, of klopt er iets niet? Antwoord op deze mail.

Lunch voor een vergadering
--------------------------

Dit heb ik al:
- Datum: morgen

Als je me dit nog laat weten, vraag ik het meteen voor je aan (vergadercatering):

- Aantal personen
- Soort lunch (broodjes, soep of warm)
- Budgetnummer
- Dieetwensen (mag je overslaan)

Je kunt gewoon op deze mail antwoorden, in je eigen woorden.

Zaaknummer: SD-7K3Q-MX2J

Groet,
Servicedesk Gemeente Voorbeeld
`);
  });

  it('with an answer says where it comes from, and what to do when it did not help', () => {
    expect(text([ANSWER])).toContain(`11.30 tot 13.30 uur.

Bron: Intranet: eten en drinken (https://intranet.example.org/eten?dag=1&lang=nl)

Helpt dit?

Zo niet, antwoord dan met "dit hielp niet". Dan kijkt een collega ernaar.

Dit hielp niet: https://desk.example.org/mail/no
`);
  });

  it('of a colleague is signed by them', () => {
    expect(text([READY], { author: 'Sanne' })).toMatch(/Is het nu goed\?[\s\S]*Groet,\nSanne\nServicedesk Gemeente Voorbeeld\n$/);
  });

  it('lets choose by number', () => {
    expect(text([CHOOSE])).toContain(
      'Waar gaat het over?\n\n1. Klimaat\n2. Deuren en ramen\n3. Iets anders\n\nAntwoord met het nummer of met een paar woorden.',
    );
  });

  it('asks nothing that was answered meanwhile', () => {
    expect(text([{ ...READY, question: null }])).not.toMatch(/https:|Antwoord/);
  });

  it('of danger begins with the number', () => {
    const alarm: Line = { topic: null, question: null, reply: { text: 'Bel nu 112, of 5555 voor de beveiliging.' } };
    expect(text([alarm], { urgent: true })).toMatch(/^Bel nu 112/);
  });

  it('greets once', () => {
    expect(text([{ topic: null, question: null, reply: { text: 'Hoi Eva. Waar kan ik je mee helpen?' } }])).toMatch(/^Hoi Eva\. Waar/);
  });
});

describe('a first name', () => {
  it.each([
    ['Eva Jansen', 'Eva'],
    ['Jansen, Eva', 'Eva'],
    ['Jansen - de Vries, Eva (ICT)', 'Eva'],
    ['eva@example.org', null],
    ['', null],
    [null, null],
    ['ICT 3e lijn', null],
  ])('of %s is %s', (name, first) => {
    expect(firstName(name)).toBe(first);
  });
});

describe('a mail in HTML', () => {
  it.each([
    ['a registration', [REGISTERED]],
    ['two questions', [FORM, REGISTERED]],
    ['an answer', [ANSWER]],
    ['a ready report', [READY]],
    ['a choice', [CHOOSE]],
  ])('keeps to what the clients can do: %s', (_, lines) => {
    expect(brokenInClients(html(lines))).toEqual([]);
  });

  it('says all that the text says', () => {
    const words = (said: string): string =>
      said
        .replace(/<style>.*?<\/style>|<title>.*?<\/title>|<!--.*?-->/gs, ' ')
        .replace(/<\/?span[^>]*>/g, '')
        .replace(/<[^>]+>/g, ' ')
        .replaceAll('&quot;', '"')
        .replaceAll('&nbsp;', ' ')
        .replace(/\s+/g, ' ');
    const all = words(html([FORM, REGISTERED]));
    for (const line of text([FORM, REGISTERED], { link: () => null }).split('\n')) {
      const bare = line.replace(/^-+\s*/, '').replace(/^([^:]+): (kamer 3\.14|morgen)$/, '$1 $2');
      expect(all).toContain(bare.trim());
    }
  });

  it('never lets what people wrote become HTML', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', ' ', 'a', '\n', ':', '/', 'http://x', '<script>', '</td>') }),
        (said) => {
          const page = html([
            {
              topic: { key: said, title: said, reference: null },
              question: null,
              reply: { text: said, summary: [{ label: said, value: said }], sources: [{ title: said, url: said }] },
            },
            REGISTERED,
          ]);
          expect(page).not.toMatch(/<script|javascript:/i);
          expect(brokenInClients(page)).toEqual([]);
        },
      ),
    );
  });

  it('links to web addresses alone', () => {
    const page = html([{ ...ANSWER, reply: { ...ANSWER.reply, sources: [{ title: 'x', url: 'javascript:alert(1)' }] } }]);
    expect(page).not.toContain('javascript:');
  });
});

describe('the tool that looks at the HTML', () => {
  it('sees what goes wrong', () => {
    const bad =
      '<html><head><style>@import url(x)</style></head><body><script></script><p>x</p><img src="https://example.org/a.png"><table><tr><td style="display:flex"></td></tr></table><a href="javascript:x">x</a></body></html>';
    expect(brokenInClients(bad).length).toBeGreaterThan(10);
    expect(brokenInClients(`<!DOCTYPE html><html lang="nl">${'x'.repeat(110_000)}`).join()).toContain('Gmail cuts');
  });
});
