/** Answers as the clients that write HTML build them. Each gives the plain form beside it, or '' when it sends none. */
import { html, type Letter, who, written } from './letters.ts';

export interface Client {
  readonly name: string;
  readonly build: (letter: Letter) => { readonly plain: string; readonly html: string };
  /** What the client itself adds to the signature. */
  readonly adds?: (letter: Letter) => string;
}

const mso = (text: string) =>
  `<p class="MsoNormal"><span style="font-size:11.0pt">${text === '' ? '<o:p>&nbsp;</o:p>' : `${html(text)}<o:p></o:p>`}</span></p>`;
const msoLetter = (letter: Letter) => [...letter.text.flatMap((text) => [text, '']), ...letter.closing].map(mso).join('\n');
const divs = (lines: readonly string[]) => lines.map((line) => `<div>${line === '' ? '<br>' : html(line)}</div>`).join('');
const divLetter = (letter: Letter) => divs([...letter.text.flatMap((text) => [text, '']), ...letter.closing]);
const earlierPs = ({ earlier }: Letter) => earlier.text.map((text) => `<p class="MsoNormal">${html(text)}</p>`).join('');
const earlierDivs = ({ earlier }: Letter) => divs(earlier.text);
const quoted = ({ earlier }: Letter) => earlier.text.map((line) => `> ${line}`).join('\n>\n');
const attribution = (letter: Letter) => letter.attribution(letter.earlier.on, who(letter.earlier.from));

/** The header block as Outlook shows it. */
const block = ({ earlier, fields, from }: Letter, date: string): readonly (readonly [string, string])[] => [
  [fields.from, who(earlier.from)],
  [date, earlier.sent],
  [fields.to, who(from)],
  [fields.subject, earlier.subject],
];
const blockHtml = (letter: Letter, date = letter.fields.sent) =>
  block(letter, date)
    .map(([name, value]) => `<b>${html(name)}:</b> ${html(value)}`)
    .join('<br>\n');
const blockPlain = (letter: Letter, date = letter.fields.sent) =>
  block(letter, date)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
const outlookPlain = (letter: Letter, rule = '') =>
  `${written(letter)}\n\n${rule}${blockPlain(letter)}\n\n${letter.earlier.text.join('\n\n')}\n`;
const gmailPlain = (letter: Letter) => `${written(letter)}\n\n${attribution(letter)}\n\n${quoted(letter)}\n`;
const word = (body: string) =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name="Generator" content="Microsoft Word 15 (filtered medium)"><style><!--\np.MsoNormal {margin:0cm;}\n--></style></head><body lang="NL" link="#0563C1"><div class="WordSection1">${body}</div></body></html>`;

export const HTML_CLIENTS: readonly Client[] = [
  {
    name: 'Outlook 365 on Windows',
    build: (letter) => ({
      plain: outlookPlain(letter),
      html: word(
        `${msoLetter(letter)}${mso('')}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${blockHtml(letter)}<o:p></o:p></p></div></div>${mso('')}${earlierPs(letter)}`,
      ),
    }),
  },
  {
    name: 'Outlook 2010',
    build: (letter) => ({
      plain: '',
      html: word(
        `${msoLetter(letter)}<div><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>${blockHtml(letter)}<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>${earlierPs(letter)}`,
      ),
    }),
  },
  {
    name: 'Outlook 2003',
    build: (letter) => ({
      plain: outlookPlain(letter, '  _____  \n\n'),
      html: word(
        `${msoLetter(letter)}<div class=MsoNormal align=center style='text-align:center'><hr size=2 width="100%" align=center tabindex=-1></div><p class=MsoNormal>${blockHtml(letter)}</p>${earlierPs(letter)}`,
      ),
    }),
  },
  {
    name: 'Outlook with a line left of the quote',
    build: (letter) => ({
      plain: '',
      html: word(
        `${msoLetter(letter)}<div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>${blockHtml(letter)}</p></div></div>${earlierPs(letter)}</div>`,
      ),
    }),
  },
  {
    name: 'Outlook on the web',
    build: (letter) => ({
      plain: `${written(letter)}\n________________________________\n${blockPlain(letter)}\n\n${letter.earlier.text.join('\n\n')}\n`,
      html: `<html><head><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head><body dir="ltr"><div class="elementToProof" style="font-family: Calibri">${divs(letter.text.flatMap((text) => [text, '']))}</div><div id="Signature">${divs(letter.closing)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${blockHtml(letter)}</font><div>&nbsp;</div></div>${earlierDivs(letter)}</body></html>`,
    }),
  },
  {
    name: 'the new Outlook',
    build: (letter) => ({
      plain: outlookPlain(letter),
      html: `<html><body><div>${divLetter(letter)}</div><div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message skipProofing"><div style="text-align: left; padding: 3pt 0in 0in; border-width: 1pt medium medium; border-style: solid none none; border-color: rgb(181, 196, 223) currentcolor currentcolor;">${blockHtml(letter, letter.fields.date)}<br><br></div>${earlierDivs(letter)}</div></body></html>`,
    }),
  },
  {
    name: 'Outlook for iOS',
    adds: (letter) => letter.outlookPhone,
    build: (letter) => ({
      plain: `${written(letter)}\n\n${letter.outlookPhone}<https://example.org/o>\n________________________________\n${blockPlain(letter)}\n\n${letter.earlier.text.join('\n\n')}\n`,
      html: `<html><body><div dir="ltr">${divLetter(letter)}</div><div id="ms-outlook-mobile-body-separator-line" dir="ltr"><br></div><div id="ms-outlook-mobile-signature" dir="ltr"><a href="https://example.org/o">${html(letter.outlookPhone)}</a></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">${blockHtml(letter)}</font><div>&nbsp;</div></div>${earlierDivs(letter)}</body></html>`,
    }),
  },
  {
    name: 'Outlook for Mac 2011',
    build: (letter) => ({
      plain: outlookPlain(letter),
      html: `<html><body style="word-wrap: break-word;">${divLetter(letter)}<div><br></div><span id="OLK_SRC_BODY_SECTION"><div style="font-family:Calibri; border-bottom:medium none; border-left:medium none; padding:0in; border-top:#b5c4df 1pt solid;">${blockHtml(letter, letter.fields.date)}<br></div><div><br></div>${earlierDivs(letter)}</span></body></html>`,
    }),
  },
  {
    name: 'Gmail on the web',
    build: (letter) => ({
      plain: gmailPlain(letter),
      html: `<div dir="ltr">${divs(letter.text.flatMap((text) => [text, '']))}<div>${divs(letter.closing)}</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${html(attribution(letter))}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${earlierDivs(letter)}</blockquote></div>`,
    }),
  },
  {
    name: 'Gmail with its signature',
    build: (letter) => ({
      plain: `${letter.text.join('\n\n')}\n\n-- \n${letter.closing.join('\n')}\n\n${attribution(letter)}\n\n${quoted(letter)}\n`,
      html: `<div dir="ltr">${divs(letter.text.flatMap((text) => [text, '']))}<div><br clear="all"></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">${divs(letter.closing)}</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${html(attribution(letter))}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">${earlierDivs(letter)}</blockquote></div>`,
    }),
  },
  {
    name: 'Apple Mail',
    build: (letter) => ({
      plain: `${written(letter)}\n\n> ${attribution(letter)}\n>\n${quoted(letter)}\n`,
      html: `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">${divLetter(letter)}<div><br><blockquote type="cite"><div>${html(attribution(letter))}</div><br class="Apple-interchange-newline"><div><div>${earlierDivs(letter)}</div></div></blockquote></div><br></body></html>`,
    }),
  },
  {
    name: 'iPhone',
    adds: (letter) => letter.phone,
    build: (letter) => ({
      plain: `${written(letter)}\n\n${letter.phone}\n\n> ${attribution(letter)}\n>\n${quoted(letter)}\n`,
      html: `<html><body dir="auto">${divLetter(letter)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">${html(letter.phone)}</div><div dir="ltr"><br><blockquote type="cite">${html(attribution(letter))}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">${earlierDivs(letter)}</div></blockquote></body></html>`,
    }),
  },
  {
    name: 'Thunderbird',
    build: (letter) => ({
      plain: '',
      html: `<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>${letter.text.map((text) => `<p>${html(text)}</p>`).join('')}<p>${letter.closing.map(html).join('<br>')}</p><div class="moz-cite-prefix">${html(attribution(letter))}<br></div><blockquote type="cite" cite="mid:x@example.org">${earlierDivs(letter)}</blockquote></body></html>`,
    }),
  },
  {
    name: 'Yahoo',
    build: (letter) => ({
      plain: `${written(letter)}\n\n    ${attribution(letter)}  \n \n ${letter.earlier.text.join('\n')}\n`,
      html: `<div class="ydp1yahoo-style-wrap">${divLetter(letter)}</div><div id="yahoo_quoted_123" class="yahoo_quoted"><div style="font-family:'Helvetica Neue'"><div>${html(attribution(letter))}</div><div><br></div><div>${earlierDivs(letter)}</div></div></div>`,
    }),
  },
  {
    name: 'Samsung Mail',
    build: (letter) => ({
      plain: `${written(letter)}\n-------- ${letter.original} --------\n${blockPlain(letter, letter.fields.date)}\n${letter.earlier.text.join('\n')}\n`,
      html: `<html><body><div>${divLetter(letter)}</div><div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>-------- ${html(letter.original)} --------</div><div>${block(
        letter,
        letter.fields.date,
      )
        .map(([name, value]) => `${html(name)}: ${html(value)} </div><div>`)
        .join('')}</div></div>${earlierDivs(letter)}</body></html>`,
    }),
  },
  {
    name: 'Zimbra',
    build: (letter) => ({
      plain: `${written(letter)}\n\n----- ${letter.original} -----\n${blockPlain(letter)}\n\n${letter.earlier.text.join('\n')}\n`,
      html: `<html><body><div style="font-family: arial; font-size: 12pt;">${divLetter(letter)}<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">${blockHtml(letter)}<br></div><div data-marker="__QUOTED_TEXT__">${earlierDivs(letter)}</div></div></body></html>`,
    }),
  },
  {
    name: 'Proton Mail',
    build: (letter) => ({
      plain: '',
      html: `<div style="font-family: Arial">${divLetter(letter)}</div><div class="protonmail_quote">${html(attribution(letter))}<br><blockquote class="protonmail_quote" type="cite">${earlierDivs(letter)}</blockquote><br></div>`,
    }),
  },
  {
    name: 'HCL Notes',
    build: (letter) => ({
      plain: '',
      html: `<font size=2 face="sans-serif">${[...letter.text, ...letter.closing].map(html).join('<br><br>')}</font><br><br><br><br><font size=1 color=#5f5f5f face="sans-serif">${html(letter.fields.from)}: &nbsp; &nbsp; &nbsp; &nbsp;</font><font size=1 face="sans-serif">${html(who(letter.earlier.from))}</font><br><font size=1 color=#5f5f5f>${html(letter.fields.to)}: &nbsp; &nbsp;</font><font size=1>${html(who(letter.from))}</font><br><font size=1 color=#5f5f5f>${html(letter.fields.date)}: &nbsp;</font><font size=1>03.06.2024 09:12</font><br><font size=1 color=#5f5f5f>${html(letter.fields.subject)}: &nbsp;</font><font size=1>${html(letter.earlier.subject)}</font><br><hr noshade><br>${letter.earlier.text.map(html).join('<br>')}`,
    }),
  },
  {
    name: 'GMX and web.de',
    build: (letter) => ({
      plain: '',
      html: `<html><head></head><body><div style="font-family: Verdana;font-size: 12.0px;">${divLetter(letter)}<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;">${blockHtml(letter)}</div><div name="quoted-content">${earlierDivs(letter)}</div></div></div></div></body></html>`,
    }),
  },
  {
    name: 'Roundcube',
    build: (letter) => ({
      plain: gmailPlain(letter),
      html: `<html><body>${letter.text.map((text) => `<p>${html(text)}</p>`).join('')}<p>${letter.closing.map(html).join('<br />')}</p><p id="reply-intro">${html(attribution(letter))}</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">${earlierDivs(letter)}</blockquote></body></html>`,
    }),
  },
  {
    name: 'an Outlook answer read and answered in Gmail',
    build: (letter) => ({
      plain: '',
      html: `<div dir="ltr">${divLetter(letter)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${html(attribution(letter))}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex"><div class="msg-1"><div id="m_1x_divRplyFwdMsg">${blockHtml(letter)}</div><div id="m_1x_Signature">${earlierDivs(letter)}</div></div></blockquote></div>`,
    }),
  },
];
