import type { CaseAction, CaseDetail, CaseMessage } from '../../protocol.ts';
import { message, SANNE } from './fake-data.ts';
import { DIRECTOR } from './fake-mails.ts';

/** What Sanne may do with a case as it stands. */
export function actionsOf(one: CaseDetail): CaseDetail['actions'] {
  if (one.state === 'queued') return ['claim', 'move', 'split', 'delay', 'prioritise', 'set-requester', 'note'];
  if (one.worker?.id !== SANNE.id) return ['note'];
  if (one.state === 'claimed') return ['release', 'ask', 'reply', 'wait', 'delay', 'ready', 'move', 'prioritise', 'note'];
  if (one.state === 'waiting') return ['resume', 'reply', 'ready', 'move', 'note'];
  return ['note'];
}

/** The case after an action of hers, in so far as the page shows it. */
export function applyAction(one: CaseDetail, action: CaseAction, files: CaseMessage['attachments'] = []): CaseDetail {
  const attachments = 'attachments' in action ? files.filter(({ id }) => action.attachments?.includes(id)) : [];
  const worker = { id: SANNE.id, name: SANNE.name };
  const line = (event: string) => [...one.history, { at: new Date().toISOString(), event, by: SANNE.name, data: {} }];
  const said = (text: string) => [...one.messages, message('worker', SANNE.name, 0, text, attachments)];
  switch (action.action) {
    case 'claim':
      return { ...one, state: 'claimed', worker, due: one.completeBy, history: line('claimed') };
    case 'release':
      return { ...one, state: 'queued', worker: null, due: one.respondBy, history: line('released') };
    case 'ask':
      return { ...one, state: 'waiting', messages: said(action.text), history: line('waiting') };
    case 'reply':
      return { ...one, messages: said(action.text) };
    case 'chat': {
      const talking = { ...worker, since: new Date().toISOString(), case: one.id };
      return { ...one, state: 'claimed', worker: one.worker ?? worker, talking, messages: said(action.text), history: line('taken-over') };
    }
    case 'set-requester':
      return { ...one, requester: DIRECTOR.name, requesterAddress: DIRECTOR.address, history: line('requester-set') };
    case 'hand-back':
      return { ...one, talking: null, history: line('handed-back') };
    case 'wait':
      return { ...one, state: 'waiting', history: line('waiting') };
    case 'resume':
      return { ...one, state: 'claimed', history: line('resumed') };
    case 'ready':
      return { ...one, state: 'ready', due: null, messages: said(action.text), history: line('ready') };
    case 'move': {
      if (action.kind !== undefined && action.product === undefined && action.team === undefined)
        return { ...one, kind: action.kind, history: line('corrected') };
      const product = action.product ?? null;
      const team = SANNE.products.find(({ id }) => id === product)?.team ?? action.team ?? one.team;
      return { ...one, state: 'queued', worker: null, product: product ?? one.product, team, history: line('moved') };
    }
    case 'split':
      return { ...one, history: line('split') };
    case 'delay':
      return { ...one, expectedBy: action.until, messages: said(action.reason), history: line('delayed') };
    case 'prioritise':
      return { ...one, priority: action.priority, history: line('prioritised') };
    case 'declare':
      return { ...one, history: line('declared') };
    case 'link':
      return { ...one, state: 'waiting', due: null, history: line('linked') };
    case 'to-handler':
      return { ...one, state: 'waiting', worker: null, history: line('handed') };
    case 'by-hand':
      return { ...one, state: 'claimed', worker, history: line('claimed') };
    case 'unlink':
      return { ...one, state: 'queued', history: line('moved') };
    case 'note':
      return {
        ...one,
        notes: [
          ...one.notes,
          {
            id: `note-${one.notes.length}`,
            author: SANNE.name,
            handler: null,
            at: new Date().toISOString(),
            text: action.text,
            attachments,
          },
        ],
      };
  }
}
