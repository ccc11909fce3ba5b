import { Parser } from 'htmlparser2';

/**
 * What is known to go wrong in mail clients, looked for in the HTML of a mail. Outlook on Windows renders by Word: no flexible boxes, no padding on links,
 * widths from attributes. Gmail cuts what is longer than 102 kB and drops scripts, forms and what is loaded by a style sheet.
 */
export function brokenInClients(html: string): string[] {
  const broken: string[] = [];
  const open: string[] = [];
  const seen = new Set<string>();
  const complain = (what: string): void => {
    broken.push(what);
  };
  if (Buffer.byteLength(html) > GMAIL_CUTS_AT) complain(`Gmail cuts a mail of ${Buffer.byteLength(html)} bytes`);
  if (!/^<!DOCTYPE html>/i.test(html)) complain('without a doctype Outlook.com renders in quirks mode');
  const parser = new Parser({
    onopentag: (name, attributes) => {
      open.push(name);
      seen.add(name);
      if (FORBIDDEN.has(name)) complain(`<${name}> is dropped or refused`);
      if (name === 'html' && !attributes.lang) complain('no lang: screen readers guess the language');
      if (name === 'meta' && attributes.name) seen.add(`meta ${attributes.name}`);
      if (name === 'table' && attributes.role !== 'presentation')
        complain('a table for layout without role="presentation" is read aloud as one');
      if (name === 'img' && attributes.alt === undefined) complain('an image without alt');
      if (name === 'img' && !/^cid:/.test(attributes.src ?? '')) complain('an image from elsewhere is blocked, and tells who reads');
      if (name === 'a' && !/^(?:https?:|mailto:|tel:)/.test(attributes.href ?? '')) complain(`a link to ${attributes.href ?? 'nowhere'}`);
      if (STYLED.has(name) && !attributes.style) complain(`<${name}> without a style of its own: each client has another default`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^on/i.test(attribute)) complain(`${attribute} is dropped`);
        if (attribute === 'style') for (const problem of inStyle(name, value)) complain(problem);
      }
    },
    ontext: (text) => {
      if (open.at(-1) === 'style') for (const problem of inSheet(text)) complain(problem);
    },
    onclosetag: () => {
      open.pop();
    },
  });
  parser.write(html);
  parser.end();
  for (const meta of ['meta color-scheme', 'meta supported-color-schemes', 'meta viewport']) if (!seen.has(meta)) complain(`no ${meta}`);
  if (!seen.has('title')) complain('no title');
  return broken;
}

/** Measured by many: at 102 kB the rest is hidden behind a link. */
const GMAIL_CUTS_AT = 102 * 1024;
const FORBIDDEN = new Set('script link iframe object embed form input button select textarea svg video audio base canvas'.split(' '));
const STYLED = new Set(['p', 'td', 'a', 'li', 'ul', 'ol', 'h2', 'body']);

function inStyle(name: string, style: string): string[] {
  const problems: string[] = [];
  if (/display:\s*(?:flex|grid|inline-flex|inline-grid)/i.test(style)) problems.push('Outlook knows no flex and no grid');
  if (/position:|float:/i.test(style)) problems.push('position and float are dropped');
  if (/url\(/i.test(style)) problems.push('a style loads something from elsewhere');
  if (/\b(?:rem|vw|vh|calc\(|var\()/i.test(style)) problems.push('units that Outlook does not know');
  if (/(?:^|;)\s*(?:margin|padding)-(?:inline|block)/i.test(style)) problems.push('logical margins are not known everywhere');
  if (name === 'p' && !/margin:/.test(style)) problems.push('a paragraph without a margin: each client has another');
  const size = /font-size:(\d+)px/.exec(style)?.[1];
  if (size && Number(size) < 13 && !/height:8px/.test(style)) problems.push('text smaller than 13 px is made larger on a phone');
  return problems;
}

function inSheet(css: string): string[] {
  const problems: string[] = [];
  if (/@import|url\(/i.test(css)) problems.push('the style sheet loads something from elsewhere');
  if (css.length > 16_000) problems.push('Gmail drops a style sheet of more than 16 kB');
  if (css.split('{').length !== css.split('}').length) problems.push('the style sheet is not closed');
  return problems;
}
