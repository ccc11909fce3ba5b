import type { CaseCard, CaseState, Language } from '../../domain/index.ts';
import { block, type CardElement, container, row } from './card-blocks.ts';
import { momentOf, teamsTexts } from './texts.ts';

interface CaseContext {
  readonly language: Language;
  readonly timeZone: string;
  readonly now: Date;
  readonly shared: boolean;
  /** Where whose case it is opens it. */
  readonly caseLink?: ((reference: string) => string) | undefined;
}

/** How far each state is: received, being worked on, done. Null: it went another way. */
const STAGE: Readonly<Record<CaseState, 0 | 1 | 2 | null>> = {
  open: 0,
  queued: 0,
  claimed: 1,
  waiting: 1,
  ready: 2,
  closed: 2,
  withdrawn: null,
  merged: null,
};

/** A case with its state: reference and title, how far it is, and who has it. */
export function caseBlocks(it: CaseCard, context: CaseContext): CardElement[] {
  return [
    {
      ...container(
        [
          block(context.shared ? it.reference : `${it.reference} · ${it.title}`, { bold: true, spacing: 'None' }),
          stages(it, context),
          block(facts(it, context), { subtle: true, small: true, spacing: 'Small' }),
        ],
        context.shared || !context.caseLink ? {} : { open: context.caseLink(it.reference) },
      ),
      style: 'emphasis',
      spacing: 'Medium',
    },
  ];
}

/** The same in a line of text. */
export function caseLine(it: CaseCard, context: CaseContext): string {
  const title = context.shared ? '' : ` · ${it.title}`;
  return `${it.reference}${title}: ${stateOf(it, context.language)}. ${facts(it, context)}`;
}

function stages(it: CaseCard, { language }: CaseContext): CardElement {
  const texts = teamsTexts(language);
  const at = STAGE[it.state];
  if (at === null) return block(texts.state(it.state), { spacing: 'Small' });
  return row(
    texts.stages.map((name, i) => [
      i < at
        ? block(`✓ ${name}`, { subtle: true, small: true })
        : i === at
          ? block(`${at === 2 ? '✓' : '●'} ${stateOf(it, language)}`, {
              bold: true,
              small: true,
              ...(at === 2 ? { good: true } : { accent: true }),
            })
          : block(`○ ${name}`, { subtle: true, small: true }),
    ]),
    { widths: ['auto', 'auto', 'auto'], spacing: 'Small' },
  );
}

function stateOf({ state, worker }: CaseCard, language: Language): string {
  const name = teamsTexts(language).state(state);
  return worker && STAGE[state] === 1 ? `${name} (${worker})` : name;
}

function facts({ team, due }: CaseCard, { language, timeZone, now }: CaseContext): string {
  const texts = teamsTexts(language);
  return [texts.handledBy(team), due ? texts.dueBy(momentOf(due, language, timeZone, now)) : ''].filter(Boolean).join(' · ');
}
