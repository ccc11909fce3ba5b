import { deadline, type Language } from './dates.ts';
import { h, hidden, ICONS, icon } from './dom.ts';
import type { CaseCard } from './reply.ts';
import { TEXTS, type Texts } from './texts.ts';

/** What is the case's place on the way, and what that place is called. */
function progress(card: CaseCard, texts: Texts): { readonly at: number; readonly labels: readonly string[] } {
  const worker = card.worker ? ` (${card.worker})` : '';
  const labels = (middle: string): string[] => [texts.received, middle + worker, texts.ready];
  switch (card.state) {
    case 'claimed':
      return { at: 1, labels: labels(texts.working) };
    case 'waiting':
      return { at: 1, labels: labels(texts.waitingState) };
    case 'ready':
    case 'closed':
      return { at: 2, labels: labels(texts.working) };
    case 'withdrawn':
      return { at: 0, labels: [texts.withdrawn] };
    case 'merged':
      return { at: 0, labels: [texts.merged] };
    default:
      return { at: 0, labels: [texts.received, texts.working, texts.ready] };
  }
}

/** The case as a card: large enough to read the reference aloud, and how far it is in words, not in colour alone. */
export function caseCard(card: CaseCard, language: Language, now: Date): HTMLElement {
  const texts = TEXTS[language];
  const { at, labels } = progress(card, texts);
  const steps = labels.map((label, i) =>
    h(
      'li',
      { class: i < at || (i === at && at === 2) ? 'done' : i === at ? 'now' : undefined, 'aria-current': i === at ? 'step' : undefined },
      h('span', { class: 'dot' }, i < at || at === 2 ? icon(ICONS.check) : null),
      h('span', {}, label),
    ),
  );
  const due = card.due && at === 0 && labels.length > 1 ? new Date(card.due) : null;
  const facts = [card.team, due && !Number.isNaN(due.getTime()) ? `${texts.reaction} ${deadline(due, now, language)}` : ''].filter(Boolean);
  return h(
    'section',
    { class: 'card', 'aria-label': card.reference, tabindex: '-1' },
    h('strong', { class: 'reference' }, card.reference),
    h('p', { class: 'title' }, card.title),
    h('ol', { class: labels.length > 1 ? 'steps' : 'steps single', 'aria-label': texts.steps }, ...steps),
    h('p', { class: 'facts' }, hidden(`${texts.team} `), facts.join(' · ')),
  );
}

/** A later message about the same case: one line that leads back to its card. */
export function cardLine(card: CaseCard, language: Language, onPress: () => void): HTMLElement {
  const texts = TEXTS[language];
  const { at, labels } = progress(card, texts);
  const button = h(
    'button',
    { type: 'button', class: 'card-line' },
    h('span', { class: 'mono' }, card.reference),
    ` · ${labels[at] ?? ''}`,
  );
  button.addEventListener('click', onPress);
  button.title = texts.toCard(card.reference);
  return button;
}
