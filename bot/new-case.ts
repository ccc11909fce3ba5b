import type { Product } from '../catalogue/index.ts';
import type { Case, CaseId, Conversation, Draft, Language, Part, PersonId, Reference } from '../domain/index.ts';

/** Cases as they begin: in nobody's queue yet, and without a moment by which anything is to be done. */
const BEGINNING = {
  state: 'open',
  round: 0,
  events: 1,
  divided: false,
  approval: null,
  respondBy: null,
  completeBy: null,
  expectedBy: null,
} as const satisfies Partial<Case>;

interface Begun {
  readonly id: CaseId;
  readonly reference: Reference;
  /** Null: none fits. */
  readonly product: Product | null;
  readonly team: string;
  readonly title: string;
  readonly at: Date;
}

/** The case of a draft. */
export function newCase(
  draft: Draft,
  begun: Begun & { readonly conversation: Conversation; readonly person: PersonId | null; readonly language: Language },
): Case {
  const { id, reference, conversation, person, language, product, team, title, at } = begun;
  return {
    ...BEGINNING,
    id,
    reference,
    conversation: conversation.id,
    person,
    channel: conversation.channel,
    language,
    product: draft.product,
    kind: draft.kind,
    team,
    title,
    text: draft.text,
    values: draft.values,
    why: draft.why,
    restricted: product?.restricted ?? false,
    urgent: draft.why.rule === 'danger',
    priority: product?.priority ?? 'normal',
    disruption: null,
    part: null,
    handler: null,
    worker: null,
    openedAt: at,
    readyAt: null,
    closedAt: null,
  };
}

/** A part of a case, which has of the whole what is not its own. */
export function newPart(whole: Case, part: Omit<Part, 'of'>, { id, reference, product, team, title, at }: Begun): Case {
  return {
    ...whole,
    ...BEGINNING,
    id,
    reference,
    product: product?.id ?? null,
    team,
    title,
    restricted: product?.restricted ?? false,
    priority: product?.priority ?? whole.priority,
    part: { of: whole.id, ...part },
    openedAt: at,
  };
}
