import { h, hidden } from './dom.ts';
import { linkify, safeUrl } from './linkify.ts';
import type { Texts } from './texts.ts';

/** Plain text as paragraphs (an empty line between them), web addresses as links. */
export function paragraphs(text: string, texts: Texts): HTMLParagraphElement[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) =>
      h('p', {}, ...linkify(part).flatMap((piece) => (piece.href ? [link(piece.href, piece.text, texts)] : unbroken(piece.text)))),
    );
}

/** A reference stays on one line, so that it can be read aloud in one go. */
function unbroken(text: string): (string | HTMLElement)[] {
  return text.split(/(\bSD-\w{4}-\w{4}\b)/).map((part, i) => (i % 2 === 1 ? h('span', { class: 'case-number' }, part) : part));
}

/** A link that leaves the page where the chat stands, and keeps the conversation open. */
export function link(href: string, text: string, texts: Texts): HTMLElement {
  const safe = safeUrl(href);
  if (!safe) return h('span', {}, text);
  return h('a', { href: safe, target: '_blank', rel: 'noopener noreferrer' }, text, hidden(` (${texts.newTab})`));
}
