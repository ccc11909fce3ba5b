import { createHash } from 'node:crypto';
import type { Language, Reference } from '../../domain/index.ts';
import { escapeHtml } from './render-html.ts';

/** What the page behind a link shows. */
export type LinkPage =
  /** Asks once more, by a button: who only looks (a scanner of links) answers nothing. */
  | {
      readonly kind: 'ask';
      readonly reference: Reference | null;
      readonly question: string;
      readonly label: string;
      readonly primary: boolean;
      readonly name: string;
    }
  /** What the desk said to the answer; the mail follows. */
  | { readonly kind: 'done'; readonly said: readonly string[] }
  | { readonly kind: 'answered' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

interface PageTexts {
  readonly title: string;
  readonly answersAs: (name: string) => string;
  readonly notYou: string;
  readonly done: string;
  readonly follows: string;
  readonly answered: string;
  readonly expired: string;
  readonly unknown: string;
}

const TEXTS: Readonly<Record<Language, PageTexts>> = {
  nl: {
    title: 'Servicedesk',
    answersAs: (name) => `Je antwoordt als ${name}.`,
    notYou: 'Ben jij dat niet, sluit dan deze pagina.',
    done: 'Dank je, dat is doorgegeven.',
    follows: 'Je krijgt dit ook per mail. Deze pagina mag dicht.',
    answered: 'Deze vraag is al beantwoord. Wil je iets wijzigen, antwoord dan op de mail.',
    expired: 'Deze link is verlopen. Antwoord op de mail, dan gaat het verder.',
    unknown: 'Deze link klopt niet. Antwoord op de mail, dan komt het goed.',
  },
  en: {
    title: 'Service desk',
    answersAs: (name) => `You answer as ${name}.`,
    notYou: 'If that is not you, close this page.',
    done: 'Thank you, that has been passed on.',
    follows: 'You will get this by mail too. You can close this page.',
    answered: 'This question has been answered already. To change something, reply to the mail.',
    expired: 'This link has expired. Reply to the mail and we go on from there.',
    unknown: 'This link is not right. Reply to the mail and it will be taken care of.',
  },
};

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:17px/1.5 system-ui,sans-serif;background:#f5f6f8;color:#1f2328}
main{max-width:30rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1rem;font-weight:600;margin:0 0 1rem}
.card{background:#fff;border:1px solid #d8dce1;border-radius:10px;padding:1.25rem}p{margin:0 0 1rem;overflow-wrap:anywhere;white-space:pre-line}
.small{font-size:.9rem;color:#57606a}.small:last-child{margin-bottom:0}
button{font:inherit;font-weight:600;width:100%;min-height:3rem;padding:.6rem 1rem;border-radius:8px;border:2px solid #0b57d0;background:#fff;color:#0b57d0}
button.primary{background:#0b57d0;color:#fff}button:focus-visible{outline:3px solid #9cc2ff;outline-offset:2px}form{margin:0 0 1rem}
@media(prefers-color-scheme:dark){body{background:#16181b;color:#e8e8e8}.card{background:#22252a;border-color:#3a3f46}.small{color:#b3b3b3}
button{background:#22252a;color:#9cc2ff;border-color:#9cc2ff}button.primary{background:#0b57d0;color:#fff;border-color:#0b57d0}}`;

/** Only this page's own style sheet, no script, nothing from elsewhere, and its form goes to itself. */
export const LINK_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** A page of its own: phone width, without script or cookie. */
export function renderLinkPage(page: LinkPage, language: Language, organisation: string): string {
  const texts = TEXTS[language];
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow">
<title>${escapeHtml(`${texts.title} ${organisation}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(`${texts.title} ${organisation}`)}</h1>
<div class="card">
${body(page, texts)}
</div>
</main>
</body>
</html>
`;
}

function body(page: LinkPage, texts: PageTexts): string {
  switch (page.kind) {
    case 'ask':
      return [
        ...(page.reference ? [small(page.reference)] : []),
        paragraph(page.question),
        `<form method="post"><button type="submit"${page.primary ? ' class="primary"' : ''}>${escapeHtml(page.label)}</button></form>`,
        small(`${texts.answersAs(page.name)} ${texts.notYou}`),
      ].join('\n');
    case 'done':
      return [...(page.said.length > 0 ? page.said : [texts.done]).map(paragraph), small(texts.follows)].join('\n');
    case 'answered':
    case 'expired':
    case 'unknown':
      return paragraph(texts[page.kind]);
    default:
      return page satisfies never;
  }
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function small(text: string): string {
  return `<p class="small">${escapeHtml(text)}</p>`;
}
