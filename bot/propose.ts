import type {
  Candidate,
  Channel,
  ConversationId,
  DisruptionId,
  FormField,
  Kind,
  Language,
  Reference,
  Registration,
  Source,
  Understanding,
} from '../domain/index.ts';
import type { FoundDanger } from './danger.ts';
import { sayOf } from './danger-turn.ts';
import { Decision, type Facts, type Ids } from './decision.ts';
import { knownDisruption } from './disruptions.ts';
import { missingFields } from './draft.ts';
import { shownField } from './form.ts';
import { teamFor } from './register-case.ts';
import { draftForOther, fieldsFor, firstLineAnswer } from './register-for.ts';

/** What a colleague has typed and settled so far of what he registers for somebody else. */
export interface StorySoFar extends Pick<Registration, 'product' | 'kind' | 'values'> {
  readonly channel: Channel;
  readonly language: Language;
  readonly text: string;
}

/** What the desk makes of it, to be seen beside what he types. Nothing is stored. */
export interface Proposal {
  readonly product: string | null;
  readonly kind: Kind;
  readonly team: string;
  readonly confidence: number;
  /** What it may be as well, best first. */
  readonly candidates: readonly Candidate[];
  /** The product's form with what is known; `required` is what is asked for. */
  readonly fields: readonly FormField[];
  /** To read aloud. */
  readonly answer: { readonly id: string; readonly text: string; readonly source: Source } | null;
  /** What to say at once; null where there is no danger. */
  readonly danger: string | null;
  /** A known disruption; `sure` when the story says so, otherwise it is to be asked. */
  readonly disruption: { readonly id: DisruptionId; readonly reference: Reference; readonly title: string; readonly sure: boolean } | null;
}

export interface ProposeInput {
  readonly story: StorySoFar;
  readonly conversation: ConversationId;
  readonly understanding: Understanding | null;
  readonly danger: FoundDanger | null;
  readonly facts: Facts;
  readonly now: Date;
  readonly ids: Ids;
}

/** What the desk would make of a story: pure, and by the same rules as registering it. */
export function propose({ story, conversation, understanding, danger, facts, now, ids }: ProposeInput): Proposal {
  const state = { language: story.language, open: [], lastProduct: null };
  const decision = new Decision({ id: conversation, channel: story.channel, person: null, state, version: 0 }, facts, now, ids);
  const { draft, errors } = draftForOther(decision, story.text, story, understanding);
  const product = decision.product(draft);
  const missing = new Set(
    (['before', 'after'] as const).flatMap((moment) => missingFields(product, draft.kind, draft.values, moment).map(({ id }) => id)),
  );
  const answer = firstLineAnswer(decision, draft, understanding);
  const known = knownDisruption(decision, draft);
  return {
    product: product?.id ?? null,
    kind: draft.kind,
    team: teamFor(draft, product),
    confidence: draft.why.rule === 'classified' ? draft.why.confidence : 1,
    candidates: understanding?.questions[0]?.top.filter(({ product: id }) => decision.productNamed(id) !== null) ?? [],
    fields: fieldsFor(product, draft.values)
      .filter(({ type }) => type !== 'attachment')
      .map((field) => ({
        ...shownField(decision, field, draft.values),
        ...(errors[field.id] ? { value: story.values[field.id] ?? '', error: errors[field.id] } : {}),
        required: missing.has(field.id),
      })),
    answer: answer && {
      id: answer.id,
      text: answer.text[story.language],
      source: { title: answer.source[story.language], ...(answer.url ? { url: answer.url } : {}) },
    },
    danger: danger && sayOf(decision, danger.danger, story.text),
    disruption: known && {
      id: known.disruption.id,
      reference: known.disruption.reference,
      title: known.disruption.title,
      sure: known.kind === 'same',
    },
  };
}
