import type { CaseDetail } from '../../protocol.ts';

/** The ways to write on a case. All but the note go to the requester; `chat` as oneself in the requester's own chat. */
export const MODES = ['reply', 'chat', 'ask', 'ready', 'note'] as const;
export type Mode = (typeof MODES)[number];

/** What may be written now, in the order of the buttons. */
export function modesOf(detail: Pick<CaseDetail, 'actions'>): readonly Mode[] {
  // Who talks in the chat replies there.
  const talks = detail.actions.includes('hand-back');
  return MODES.filter((mode) => detail.actions.includes(mode) && !(talks && mode === 'reply'));
}

/** Who has the conversation, when that is somebody else: a press takes it over from him. */
export function holderOf(
  detail: Pick<CaseDetail, 'talking' | 'worker'>,
  me: string,
): { readonly id: string; readonly name: string } | null {
  const holder = detail.talking ?? detail.worker;
  return holder && holder.id !== me ? holder : null;
}

/** The one thing that most people do next: the big button on a phone. */
export function primaryOf(detail: Pick<CaseDetail, 'actions' | 'state'>): CaseDetail['actions'][number] | null {
  const order =
    detail.state === 'waiting'
      ? (['resume', 'by-hand', 'claim', 'ready', 'reply', 'note'] as const)
      : (['claim', 'ready', 'resume', 'reply', 'note'] as const);
  return order.find((action) => detail.actions.includes(action)) ?? null;
}
