/** Forwarded mails, as clients build them. */
import type { Client } from './html-replies.ts';
import { html, type Letter, who } from './letters.ts';

/** Somebody outside wrote the original. */
export const ORIGINAL = {
  from: { name: 'Karin Smit', address: 'karin.smit@example.com' },
  text: ['Dag,', 'Volgende week dinsdag komen wij met twaalf mensen langs. Is er parkeerruimte?', 'Karin'],
  subject: 'Bezoek volgende week',
} as const;

const block = ({ fields, from, earlier }: Letter, date: string) =>
  [
    [fields.from, who(ORIGINAL.from)],
    [date, earlier.sent],
    [fields.to, who(from)],
    [fields.subject, ORIGINAL.subject],
  ] as const;
const blockPlain = (letter: Letter, date: string, prefix = '') =>
  block(letter, date)
    .map(([name, value]) => `${prefix}${name}: ${value}`)
    .join('\n');
const blockHtml = (letter: Letter, date: string) =>
  block(letter, date)
    .map(([name, value]) => `<b>${html(name)}:</b> ${html(value)}`)
    .join('<br>');
const body = (prefix = '') => ORIGINAL.text.map((text) => `${prefix}${text}`).join(`\n${prefix}\n`);
const bodyHtml = ORIGINAL.text.map((text) => `<p class="MsoNormal">${html(text)}</p>`).join('');
const note = (letter: Letter) => letter.text[1] ?? '';

export const FORWARDS: readonly (Client & { readonly hasNote: boolean })[] = [
  {
    name: 'Gmail, without a note',
    hasNote: false,
    build: (letter) => ({
      plain: `---------- ${letter.forwarded} ---------\n${blockPlain(letter, letter.fields.date)}\n\n\n${body()}\n`,
      html: `<div dir="ltr"><br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- ${html(letter.forwarded)} ---------<br>${blockHtml(letter, letter.fields.date)}<br></div><br><br>${bodyHtml}</div></div>`,
    }),
  },
  {
    name: 'Gmail, with a note',
    hasNote: true,
    build: (letter) => ({
      plain: `${note(letter)}\n\n---------- ${letter.forwarded} ---------\n${blockPlain(letter, letter.fields.date)}\n\n\n${body()}\n`,
      html: `<div dir="ltr">${html(note(letter))}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- ${html(letter.forwarded)} ---------<br>${blockHtml(letter, letter.fields.date)}<br></div><br><br>${bodyHtml}</div>`,
    }),
  },
  {
    name: 'Outlook, without a note',
    hasNote: false,
    build: (letter) => ({
      plain: `\n\n${blockPlain(letter, letter.fields.sent)}\n\n${body()}\n`,
      html: `<html><body><div class="WordSection1"><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${blockHtml(letter, letter.fields.sent)}</p></div><p class="MsoNormal">&nbsp;</p>${bodyHtml}</div></body></html>`,
    }),
  },
  {
    name: 'Outlook on the web, with a note',
    hasNote: true,
    build: (letter) => ({
      plain: '',
      html: `<html><body><div class="elementToProof">${html(note(letter))}</div><div id="appendonsend"></div><hr tabindex="-1" style="display:inline-block; width:98%"><div id="divRplyFwdMsg" dir="ltr"><font>${blockHtml(letter, letter.fields.sent)}</font><div>&nbsp;</div></div>${bodyHtml}</body></html>`,
    }),
  },
  {
    name: 'Outlook in plain text',
    hasNote: true,
    build: (letter) => ({
      plain: `${note(letter)}\n\n-----${letter.original}-----\n${blockPlain(letter, letter.fields.sent)}\n\n${body()}\n`,
      html: '',
    }),
  },
  {
    name: 'iPhone',
    hasNote: true,
    adds: (letter) => letter.phone,
    build: (letter) => ({
      plain: `${note(letter)}\n\n${letter.phone}\n\n${letter.beginForwarded}\n\n${blockPlain(letter, letter.fields.date, '> ')}\n> \n${body('> ')}\n`,
      html: `<html><body dir="auto">${html(note(letter))}<br><br><div dir="ltr">${html(letter.phone)}</div><div dir="ltr"><br>${html(letter.beginForwarded)}<br><br></div><blockquote type="cite"><div dir="ltr">${blockHtml(letter, letter.fields.date)}<br><br></div></blockquote><blockquote type="cite"><div dir="ltr">${bodyHtml}</div></blockquote></body></html>`,
    }),
  },
  {
    name: 'Thunderbird',
    hasNote: false,
    build: (letter) => ({
      plain: '',
      html: `<html><body><p><br></p><div class="moz-forward-container"><br><br>-------- ${html(letter.forwarded)} --------<table class="moz-email-headers-table"><tbody>${block(
        letter,
        letter.fields.date,
      )
        .map(([name, value]) => `<tr><th valign="BASELINE" align="RIGHT">${html(name)}: </th><td>${html(value)}</td></tr>`)
        .join('')}</tbody></table><br><br>${bodyHtml}</div></body></html>`,
    }),
  },
  {
    name: 'Apple Mail, all in a quote',
    hasNote: true,
    build: (letter) => ({
      plain: '',
      html: `<html><body style="overflow-wrap: break-word;">${html(note(letter))}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>${html(letter.beginForwarded)}</div><br class="Apple-interchange-newline"><div>${blockHtml(letter, letter.fields.date)}</div><br><div>${bodyHtml}</div></blockquote></div></body></html>`,
    }),
  },
];
