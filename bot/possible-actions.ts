import { type Case, type HandlerSettings, mayHappen, type PersonId, type TakeOver } from '../domain/index.ts';
import type { CaseAction } from './case-action.ts';
import { actionsInParts } from './parts.ts';

/**
 * Which actions make sense for this worker on the case as it is.
 * @param takeOver who talks with its requester now
 * @param handler to which it may be given; null for none
 */
export function possibleActions(
  it: Case,
  worker: PersonId,
  takeOver: TakeOver | null,
  handler: HandlerSettings | null,
): CaseAction['action'][] {
  const talks = takeOver?.by === worker && takeOver.case === it.id;
  // Who talks on what waits to be claimed has it from then on.
  const may = mayHappen('taken-over', it) && (it.state !== 'queued' || mayHappen('claimed', it));
  const chats = may ? (['chat'] as const) : [];
  return actionsInParts(it, [...withCase(it, worker, handler), ...chats, ...(talks ? (['hand-back'] as const) : [])], worker);
}

function withCase(it: Case, worker: PersonId, handler: HandlerSettings | null): CaseAction['action'][] {
  const give: CaseAction['action'][] = handler ? ['to-handler'] : [];
  const mine = it.worker === worker;
  switch (it.state) {
    case 'open':
      return ['move', 'note', 'reply', 'link', 'set-requester'];
    case 'queued':
      return [
        'claim',
        ...give,
        'declare',
        'link',
        'merge',
        'gather',
        'move',
        'split',
        'delay',
        'prioritise',
        'set-requester',
        'note',
        'reply',
      ];
    case 'claimed':
      return mine
        ? [
            'ask',
            'reply',
            'ready',
            'wait',
            ...give,
            'declare',
            'merge',
            'gather',
            'delay',
            'release',
            'move',
            'split',
            'prioritise',
            'set-requester',
            'note',
          ]
        : ['gather', 'note'];
    case 'waiting':
      if (it.handler !== null) return ['gather', 'by-hand', 'move', 'delay', 'prioritise', 'set-requester', 'note', 'reply'];
      if (it.disruption !== null) return ['unlink', 'reply', 'note'];
      if (it.approval === 'asked') return ['reply', 'note'];
      return mine
        ? ['resume', 'ready', 'reply', 'gather', 'delay', 'move', 'prioritise', 'set-requester', 'note']
        : it.worker === null
          ? ['gather', 'move', 'note', 'reply']
          : ['gather', 'note'];
    case 'ready':
    case 'closed':
    case 'withdrawn':
    case 'merged':
      return ['note'];
    default:
      it.state satisfies never;
      return [];
  }
}
