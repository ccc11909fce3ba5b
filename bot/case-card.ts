import type { Case, CaseCard } from '../domain/index.ts';

/** A case as people are shown it. @param team its name in their language */
export function caseCard(
  it: Pick<Case, 'reference' | 'title' | 'state' | 'divided' | 'handler' | 'respondBy'>,
  worker: string | null,
  team: string,
): CaseCard {
  const due = it.state === 'queued' ? it.respondBy : null;
  return {
    reference: it.reference,
    title: it.title,
    // What a handler has, or is done in parts, is on its way: nobody waits for the requester.
    state: it.handler || (it.divided && it.state === 'waiting') ? 'claimed' : it.state,
    team,
    ...(worker ? { worker } : {}),
    ...(due ? { due: due.toISOString() } : {}),
  };
}
