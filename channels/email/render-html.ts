import type { Block, MailContent, MailLink } from './compose.ts';

/**
 * A mail as HTML for all clients at once: tables for layout (Outlook on Windows renders by Word), every style inline (Gmail drops what it does not
 * know), nothing that is loaded from elsewhere. The one style sheet only turns the colours of a dark screen; where it is dropped, the client turns
 * them itself.
 */

const FONT = "font-family:Aptos,Calibri,'Segoe UI',Helvetica,Arial,sans-serif;";
const TEXT = `${FONT}font-size:15px;line-height:22px;mso-line-height-rule:exactly;color:#1f2328;`;
const SMALL = `${FONT}font-size:13px;line-height:20px;mso-line-height-rule:exactly;color:#57606a;`;
const LINK = 'color:#0b57d0;text-decoration:underline;';

const DARK = [
  '.t,.t td{color:#e8e8e8!important}',
  '.m{color:#b3b3b3!important}',
  '.l{color:#9cc2ff!important}',
  '.b{background-color:#1c1c1e!important}',
  '.p{background-color:#0b57d0!important;border-color:#0b57d0!important}.p a{color:#ffffff!important}',
  '.s{border-color:#9cc2ff!important}.s a{color:#9cc2ff!important}',
];
/** For screens that are dark; Outlook's apps mark the message instead (`data-ogsc`). */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${DARK.join('')}}${DARK.map(
  (rule) => rule.replace(/(^|[,}])\./g, '$1[data-ogsc] .'),
).join('')}`;

export function renderHtml(content: MailContent, subject: string): string {
  const { language, salutation, sections, reference, closing } = content;
  const body = [
    ...(salutation ? [p(salutation)] : []),
    ...sections.flatMap(({ heading, blocks }) => [...(heading ? [h2(heading)] : []), ...blocks.map(block)]),
    ...(reference ? [`<p class="m" style="margin:0 0 14px 0;${SMALL}">${rich(reference)}</p>`] : []),
    `<p class="t" style="margin:0;${TEXT}">${closing.map(escapeHtml).join('<br>')}</p>`,
  ].join('\n');
  return `<!DOCTYPE html>
<html lang="${language}" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${escapeHtml(subject)}</title>
<style>${STYLE}</style>
</head>
<body class="b" style="margin:0;padding:0;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;">
<tr><td class="b" align="left" style="padding:12px;">
${body}
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</body>
</html>
`;
}

function p(text: string): string {
  return `<p class="t" style="margin:0 0 14px 0;${TEXT}">${rich(text.trim())}</p>`;
}

function h2(text: string): string {
  return `<h2 class="t" style="margin:10px 0 8px 0;${TEXT}font-size:16px;font-weight:bold;">${rich(text)}</h2>`;
}

function block(it: Block): string {
  switch (it.kind) {
    case 'paragraph':
      return p(it.text);
    case 'hint':
      return `<p class="m" style="margin:0 0 14px 0;${SMALL}">${rich(it.text)}</p>`;
    case 'pairs':
      return `${it.lead ? p(it.lead) : ''}${table(it.lines.map(({ label, value }) => [escapeHtml(label), rich(value)]))}`;
    case 'sources':
      return `<p class="m" style="margin:0 0 14px 0;${SMALL}">${it.sources
        .map(({ title, url }) => `${escapeHtml(it.label)}: ${url ? anchor(url, title) : escapeHtml(title)}`)
        .join('<br>')}</p>`;
    case 'list':
      return list('ul', it.items.map(rich));
    case 'links':
      return it.numbered
        ? list(
            'ol',
            it.links.map(({ label, url }) => (url ? anchor(url, label) : escapeHtml(label))),
          )
        : buttons(it.links);
    default:
      return it satisfies never;
  }
}

function list(tag: 'ul' | 'ol', items: readonly string[]): string {
  const lines = items.map((item) => `<li class="t" style="margin:0 0 4px 0;${TEXT}">${item}</li>`).join('');
  return `<${tag} style="margin:0 0 14px 0;padding:0 0 0 24px;">${lines}</${tag}>`;
}

function table(rows: readonly (readonly [label: string, value: string])[]): string {
  const lines = rows.map(
    ([label, value]) =>
      `<tr><td class="m" valign="top" style="padding:0 16px 4px 0;${SMALL}line-height:22px;">${label}</td><td class="t" valign="top" style="padding:0 0 4px 0;${TEXT}">${value}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 12px 0;">${lines.join('')}</table>`;
}

/** A button is a cell with a colour of its own: Outlook on Windows gives a link no padding. Each stands on a line, wide enough for a thumb. */
function buttons(links: readonly MailLink[]): string {
  const rows = links.flatMap(({ label, url, primary }) => {
    if (!url) return [];
    const colours = primary ? 'background-color:#0b57d0;border:1px solid #0b57d0;' : 'border:1px solid #0b57d0;';
    const link = `${FONT}font-size:15px;line-height:20px;text-decoration:none;display:inline-block;padding:9px 18px;color:${primary ? '#ffffff' : '#0b57d0'};`;
    return [
      `<tr><td class="${primary ? 'p' : 's'}" align="center" ${primary ? 'bgcolor="#0b57d0" ' : ''}style="${colours}border-radius:6px;mso-padding-alt:9px 18px;"><a href="${escapeHtml(url)}" style="${link}">${escapeHtml(label)}</a></td></tr>`,
      '<tr><td height="8" style="height:8px;font-size:8px;line-height:8px;">&nbsp;</td></tr>',
    ];
  });
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 6px 0;border-collapse:separate;">${rows.join('')}</table>`;
}

function anchor(url: string, label: string): string {
  return /^https?:\/\//i.test(url) ? `<a class="l" href="${escapeHtml(url)}" style="${LINK}">${escapeHtml(label)}</a>` : escapeHtml(label);
}

/** Addresses become links, a case number stays on one line, line breaks stay. */
function rich(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/)
    .map((part, i) => (i % 2 === 1 ? anchor(part, part) : plain(part)))
    .join('');
}

function plain(text: string): string {
  return escapeHtml(text)
    .replace(/\bSD-[A-Z2-9]{4}-[A-Z2-9]{4}\b/g, '<span style="white-space:nowrap;">$&</span>')
    .replace(/\r?\n/g, '<br>');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
