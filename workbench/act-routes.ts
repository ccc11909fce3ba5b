import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { CaseAction } from '../bot/index.ts';
import { type CaseId, isAllowedWith, type PersonId } from '../domain/index.ts';
import type { Colleague, ListedCase, Register } from '../register/index.ts';
import { caseAction } from './case-action.ts';
import { tooMany, WorkbenchError, type WorkbenchErrorCode } from './errors.ts';
import { choosingRequester, goOnWith } from './mail-routes.ts';
import type { CaseDetail } from './protocol.ts';
import { read } from './read.ts';
import { mayAct } from './render.ts';
import type { WorkbenchOptions } from './routes.ts';
import type { Sessions } from './session.ts';
import { holdFor } from './undo-routes.ts';

const BODY_LIMIT = 128 * 1024;

export type ActOptions = Pick<
  WorkbenchOptions,
  'desk' | 'register' | 'queues' | 'disruptions' | 'catalogue' | 'chats' | 'undoSeconds' | 'checkpoint'
> & {
  readonly sessions: Sessions;
  /** @throws WorkbenchError `not-found` when there is no such case for this colleague */
  readonly found: (id: string, colleague: Colleague) => Promise<ListedCase>;
};

/** What a colleague does with a case. @param options `rendered` is the case as the page shows it */
export async function actRoutes(
  app: FastifyInstance,
  options: ActOptions & { readonly rendered: (it: ListedCase, colleague: Colleague) => Promise<CaseDetail> },
): Promise<void> {
  const { register, sessions, found, rendered } = options;
  app.post<{ Params: { id: string } }>('/cases/:id/actions', { bodyLimit: BODY_LIMIT }, async (request): Promise<CaseDetail> => {
    const colleague = await sessions.colleague(request);
    const before = await found(request.params.id, colleague);
    await act(before, read(caseAction, request.body), colleague, options);
    // Moved to a team that is not one's own it can no longer be seen: the answer is how it was, with nothing to do.
    const after = await register.cases.find(before.case.id, colleague);
    return after ? rendered(after, colleague) : { ...(await rendered(before, colleague)), actions: [] };
  });
}

/** Does something with one case, as far as this colleague may. @throws WorkbenchError that says why it was not done */
export async function act(
  before: ListedCase,
  asked: z.output<typeof caseAction>,
  colleague: Colleague,
  options: ActOptions,
): Promise<void> {
  const { desk, register, queues, chats, checkpoint } = options;
  if (!mayAct(colleague, asked.action, before.case)) throw new WorkbenchError('not-allowed');
  if (asked.action === 'claim' && asked.beyond && !isAllowedWith(colleague, 'take-over', before.case))
    throw new WorkbenchError('not-allowed');
  const wanted = asked.action === 'set-requester' ? await choosingRequester(before.case, asked.mail, register) : asked;
  if (wanted.action === 'chat' && !chats.has(before.spokenBy)) throw new WorkbenchError('not-now');
  await mayAttach(wanted, before, colleague, register);
  checkpoint('claim:before-commit');
  const result = await desk.act(before.case.id, wanted, colleague, await holdFor(before, options));
  checkpoint('claim:after-commit');
  if (!result) throw new WorkbenchError('not-found');
  if (result.kind === 'refused' && result.code === 'too-many') throw tooMany(result);
  if (result.kind === 'refused') throw new WorkbenchError(result.code, await refusal(register, result.code, result.by));
  if (wanted.action === 'set-requester') await goOnWith(wanted.person, before.case.id, { register, desk });
  if (wanted.action === 'declare') await linkOthers(before.case.id, wanted.also, colleague, options);
  if (before.case.state === 'queued') void queues.remove({ team: before.case.team, case: before.case.id, round: before.case.round });
}

/** What a worker sends along, he has added to this case himself and not sent yet. @throws WorkbenchError `file-gone` */
async function mayAttach(
  wanted: CaseAction,
  { case: it }: ListedCase,
  { id: author }: Colleague,
  register: Pick<Register, 'attachments'>,
): Promise<void> {
  const ids = ('attachments' in wanted && wanted.attachments) || [];
  if (ids.length === 0) return;
  const unsent = new Set((await register.attachments.unsent({ conversation: it.conversation, author })).map(({ id }) => id));
  if (!ids.every((id) => unsent.has(id))) throw new WorkbenchError('file-gone');
}

/** What was reported before it was declared belongs to it too, as far as it may be seen and nobody works on it. */
async function linkOthers(
  declared: CaseId,
  others: readonly CaseId[],
  colleague: Colleague,
  { desk, register, queues, disruptions }: ActOptions,
): Promise<void> {
  await disruptions.refresh();
  const disruption = disruptions.current().find((it) => it.case === declared);
  if (!disruption) return;
  for (const id of others) {
    const other = await register.cases.find(id, colleague);
    if (!other || other.case.id === declared || !mayAct(colleague, 'link', other.case)) continue;
    const done = await desk.act(id, { action: 'link', disruption: disruption.id }, colleague);
    if (done?.kind === 'done' && other.case.state === 'queued')
      void queues.remove({ team: other.case.team, case: id, round: other.case.round });
  }
}

async function refusal(register: Pick<Register, 'people'>, code: WorkbenchErrorCode, by: PersonId | null): Promise<string | undefined> {
  const who = by && (await register.people.byId(by));
  if (!who) return undefined;
  if (code === 'taken-over') return `${who.name} has this conversation.`;
  return code === 'already-claimed' ? `${who.name} was first and is working on this case.` : `${who.name} is working on this case.`;
}
