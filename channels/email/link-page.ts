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
      /** By the organisation's provider; left out: whoever has the mail. */
      readonly signedIn?: boolean;
      /** It is to be said why. */
      readonly reason?: boolean;
    }
  /** Who answers must sign in first. @param unknown he did, and is nobody here */
  | {
      readonly kind: 'sign-in';
      readonly reference: Reference | null;
      readonly question: string;
      readonly href: string;
      readonly unknown: boolean;
    }
  /** Who signed in is not who decides it. */
  | { readonly kind: 'not-yours'; readonly href: string }
  /** What was decided by somebody who is signed in. */
  | { readonly kind: 'decided'; readonly verdict: 'approved' | 'refused' }
  /** What the desk said to the answer; the mail follows. */
  | { readonly kind: 'done'; readonly said: readonly string[] }
  | { readonly kind: 'answered' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

interface PageTexts {
  readonly title: string;
  readonly answersAs: (name: string) => string;
  readonly notYou: string;
  readonly signedInAs: (name: string) => string;
  readonly why: string;
  readonly signInFirst: string;
  readonly signIn: string;
  readonly nobodyHere: string;
  readonly notYours: string;
  readonly otherAccount: string;
  readonly approved: string;
  readonly refused: string;
  readonly mayClose: string;
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
    signedInAs: (name) => `Je bent aangemeld als ${name}.`,
    why: 'Waarom niet? De aanvrager krijgt je reden te lezen.',
    signInFirst: 'Meld je eerst aan, dan weten we zeker dat jij het bent.',
    signIn: 'Aanmelden',
    nobodyHere: 'Met dit account ken ik je niet. Meld je aan met dat van je werk.',
    notYours: 'Met dit account ga je hier niet (meer) over.',
    otherAccount: 'Met een ander account aanmelden',
    approved: 'Dank je. Je akkoord is vastgelegd, het gaat nu door.',
    refused: 'Dank je. Het gaat niet door, de aanvrager krijgt je reden.',
    mayClose: 'Deze pagina mag dicht.',
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
    signedInAs: (name) => `You are signed in as ${name}.`,
    why: 'Why not? Whoever asked for it will read your reason.',
    signInFirst: 'Sign in first, so that we are sure that it is you.',
    signIn: 'Sign in',
    nobodyHere: 'I do not know you by this account. Sign in with that of your work.',
    notYours: 'With this account it is not (or no longer) yours to decide.',
    otherAccount: 'Sign in with another account',
    approved: 'Thank you. Your approval is on record, it goes ahead now.',
    refused: 'Thank you. It will not go ahead, and whoever asked gets your reason.',
    mayClose: 'You can close this page.',
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
button.primary,a.button{background:#0b57d0;color:#fff}textarea{font:inherit;box-sizing:border-box;width:100%;margin:0 0 1rem;padding:.5rem;border:1px solid #8c959f;border-radius:8px}
a.button{display:block;box-sizing:border-box;text-align:center;text-decoration:none;font-weight:600;padding:.7rem 1rem;border-radius:8px}a:focus-visible,textarea:focus-visible,button:focus-visible{outline:3px solid #9cc2ff;outline-offset:2px}form{margin:0 0 1rem}
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
        form(page, texts),
        small(page.signedIn ? texts.signedInAs(page.name) : `${texts.answersAs(page.name)} ${texts.notYou}`),
      ].join('\n');
    case 'sign-in':
      return [
        ...(page.reference ? [small(page.reference)] : []),
        paragraph(page.question),
        paragraph(page.unknown ? texts.nobodyHere : texts.signInFirst),
        button(page.href, texts.signIn),
      ].join('\n');
    case 'not-yours':
      return [paragraph(texts.notYours), button(page.href, texts.otherAccount)].join('\n');
    case 'decided':
      return [paragraph(texts[page.verdict]), small(texts.mayClose)].join('\n');
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

function form({ primary, label, reason }: Extract<LinkPage, { kind: 'ask' }>, texts: PageTexts): string {
  const why = reason
    ? `<p><label for="reason">${escapeHtml(texts.why)}</label></p><textarea id="reason" name="reason" rows="4" maxlength="2000" required></textarea>`
    : '';
  return `<form method="post">${why}<button type="submit"${primary ? ' class="primary"' : ''}>${escapeHtml(label)}</button></form>`;
}

/** A link that looks like one: a form's answer may not lead to another host. */
function button(href: string, text: string): string {
  return `<p><a class="button" href="${escapeHtml(href)}">${escapeHtml(text)}</a></p>`;
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function small(text: string): string {
  return `<p class="small">${escapeHtml(text)}</p>`;
}
