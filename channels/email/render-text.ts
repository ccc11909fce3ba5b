import type { Block, MailContent } from './compose.ts';

/** A mail as plain text (RFC 3676 is left alone: lines are as long as their paragraph, and break where the reader's window does). */
export function renderText({ salutation, sections, reference, closing }: MailContent): string {
  const parts = [
    ...(salutation ? [salutation] : []),
    ...sections.flatMap(({ heading, blocks }) => [
      ...(heading ? [`${heading}\n${'-'.repeat([...heading].length)}`] : []),
      ...blocks.map(block),
    ]),
    ...(reference ? [reference] : []),
    closing.join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function block(it: Block): string {
  switch (it.kind) {
    case 'paragraph':
    case 'hint':
      return it.text.trim();
    case 'pairs':
      return [...(it.lead ? [it.lead] : []), ...it.lines.map(({ label, value }) => `- ${label}: ${value}`)].join('\n');
    case 'sources':
      return it.sources.map(({ title, url }) => `${it.label}: ${title}${url ? ` (${url})` : ''}`).join('\n');
    case 'list':
      return it.items.map((item) => `- ${item}`).join('\n');
    case 'links':
      // A list to choose from is answered by its number: the addresses would drown it.
      return it.numbered
        ? it.links.map(({ label }, i) => `${i + 1}. ${label}`).join('\n')
        : it.links.flatMap(({ label, url }) => (url ? [`${label}: ${url}`] : [])).join('\n');
    default:
      return it satisfies never;
  }
}
