import type { CaseDetail } from '../../protocol.ts';

/** The ways to write on a case. All but the note go to the requester. */
export const MODES = ['reply', 'ask', 'ready', 'note'] as const;
export type Mode = (typeof MODES)[number];

/** What may be written now, in the order of the buttons. */
export function modesOf(detail: Pick<CaseDetail, 'actions'>): readonly Mode[] {
  return MODES.filter((mode) => detail.actions.includes(mode));
}

/** The one thing that most people do next: the big button on a phone. */
export function primaryOf(detail: Pick<CaseDetail, 'actions' | 'state'>): CaseDetail['actions'][number] | null {
  const order =
    detail.state === 'waiting'
      ? (['resume', 'claim', 'ready', 'reply', 'note'] as const)
      : (['claim', 'ready', 'resume', 'reply', 'note'] as const);
  return order.find((action) => detail.actions.includes(action)) ?? null;
}
