import type { Case, Draft, PersonId } from '../domain/index.ts';
import type { Decision } from './decision.ts';
import { fillFromText, titleOf } from './draft.ts';
import { nextMoments } from './moments.ts';
import { teamFor } from './register-case.ts';

/** Two questions are in one case: this text is the second, of the same product unless another is named. */
export interface Split {
  readonly action: 'split';
  readonly text: string;
  readonly product?: string | undefined;
}

/**
 * The second question becomes a case of its own in the same conversation, and its requester is told.
 * @returns whether it was done; not when the product is unknown
 */
export function split(decision: Decision, it: Case, worker: PersonId, { text, product: wanted = it.product ?? undefined }: Split): boolean {
  const product = wanted === undefined ? null : decision.productNamed(wanted);
  if (wanted !== undefined && !product) return false;
  const same = product?.id === (it.product ?? undefined);
  const { version: catalogue } = decision.catalogue;
  const why = { rule: 'moved', confidence: 1, runnersUp: [], words: [], catalogue, model: it.why.model } as const;
  const empty: Draft = { text, product: product?.id ?? null, kind: it.kind, values: {}, why, confirmed: true, message: null };
  const draft = fillFromText(empty, product, text, decision.readContext);
  const actor = { kind: 'worker', id: worker } as const;
  decision.follow(it.reference);
  // What was moved by hand to another team is at home there.
  const opened = decision.openCase(draft, same ? it.team : teamFor(draft, product), titleOf(text));
  const queued = decision.queue(opened, 'queued', actor);
  decision.happen(it, 'split', actor, { into: queued.reference });
  const said = decision.texts.split(it.reference, titleOf(text), queued.reference, decision.teamName(queued.team));
  decision.say({ text: [said, ...nextMoments(decision, queued)].join(' '), card: decision.card(queued, null) }, [it.id, queued.id]);
  return true;
}
