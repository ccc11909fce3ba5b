import type { z } from 'zod';
import type { Desk } from '../bot/index.ts';
import { type Catalogue, productOf } from '../catalogue/index.ts';
import { type AddedToCase, type CaseId, parseId, parseReference, type RegisteredForOther, type RegisterForOther } from '../domain/index.ts';
import type { ApiCase, ApiToken, Register } from '../register/index.ts';
import type { Calls } from './call.ts';
import { Problem } from './problems.ts';
import { addText, casePage, caseParams, caseView, done, listCases, personId, registerCase, registeredCase, settleCase } from './schemas.ts';

/** How the desk's own channel takes in what others register for somebody. */
export interface IntakePort {
  register(it: RegisterForOther): Promise<RegisteredForOther>;
  add(it: AddedToCase): Promise<void>;
}

export interface CaseCallOptions {
  readonly desk: Pick<Desk, 'act' | 'settle'>;
  readonly intake: IntakePort;
  readonly register: Pick<Register, 'apiCases' | 'people'>;
  readonly catalogue: () => Catalogue;
}

/** Cases: registered, read, added to and settled by other systems. */
export function caseCalls(calls: Calls, options: CaseCallOptions): void {
  const { desk, intake, register } = options;
  const tag = 'cases';
  const find = async (text: string, token: ApiToken): Promise<ApiCase> => {
    const id = parseId<CaseId>(text.toLowerCase());
    const reference = parseReference(text);
    const found = id ? await register.apiCases.find({ id }, token) : reference ? await register.apiCases.find({ reference }, token) : null;
    if (!found) throw new Problem('not-found');
    return found;
  };

  calls.write({
    path: '/cases',
    summary: 'Register a question for a person',
    scope: 'cases:write',
    tag,
    body: registerCase,
    answer: registeredCase,
    status: 201,
    handle: async ({ token, id, body }) => {
      if (body.product !== undefined && !productOf(options.catalogue(), body.product)) throw new Problem('unknown-product');
      const { person, reference, said, alarm } = await intake.register({
        id,
        by: token.id,
        requester: await requesterOf(body.requester, register),
        language: body.language,
        text: body.text,
        attachments: [],
        registration: { means: 'api', product: body.product, kind: body.kind, values: body.values },
      });
      return { requester: person, reference, said, alarm };
    },
  });
  calls.read({
    path: '/cases',
    summary: 'List cases, the newest first',
    scope: 'cases:read',
    tag,
    query: listCases,
    answer: casePage,
    handle: async ({ token, query: { after, limit, changedSince, ...filter } }) => {
      const since = changedSince === undefined ? undefined : new Date(changedSince);
      const page = await register.apiCases.list({ ...filter, changedSince: since }, token, { after, limit });
      return { cases: page.cases.map(render), next: page.next };
    },
  });
  calls.read({
    path: '/cases/:case',
    summary: 'Read a case',
    scope: 'cases:read',
    tag,
    params: caseParams,
    answer: caseView,
    handle: async ({ token, params }) => render(await find(params.case, token)),
  });
  calls.write({
    path: '/cases/:case/messages',
    summary: 'Say something as its requester',
    scope: 'cases:write',
    tag,
    params: caseParams,
    body: addText,
    answer: done,
    status: 201,
    handle: async ({ token, id, params, body }) => {
      const { case: it } = await find(params.case, token);
      await intake.add({ id, by: token.id, case: it, text: body.text });
      return { reference: it.reference };
    },
  });
  calls.write({
    path: '/cases/:case/notes',
    summary: 'Add a note for colleagues; its requester does not see it',
    scope: 'cases:write',
    tag,
    params: caseParams,
    body: addText,
    answer: done,
    status: 201,
    handle: async ({ token, params, body }) => {
      const { case: it } = await find(params.case, token);
      const result = await desk.act(it.id, { action: 'note', text: body.text }, token);
      if (result?.kind !== 'done') throw new Problem('not-now');
      return { reference: it.reference };
    },
  });
  calls.write({
    path: '/cases/:case/outcome',
    summary: 'Report a case ready, or cancel it; its requester is told',
    scope: 'cases:settle',
    tag,
    params: caseParams,
    body: settleCase,
    answer: done,
    status: 200,
    handle: async ({ token, params, body: { outcome, text } }) => {
      const { case: it } = await find(params.case, token);
      if ((await desk.settle(it.id, { kind: outcome, text }, token)) !== 'done') throw new Problem('not-now');
      return { reference: it.reference };
    },
  });
}

async function requesterOf(
  { id, address, name, phone = '' }: z.output<typeof registerCase>['requester'],
  { people }: Pick<Register, 'people'>,
): Promise<RegisterForOther['requester']> {
  const number = phone || null;
  if (id !== undefined) {
    const person = personId(id);
    if (!person || !(await people.byId(person))) throw new Problem('unknown-person');
    return { kind: 'known', id: person, phone: number };
  }
  if (address !== undefined) {
    const known = await people.withAddress(address);
    if (known) return { kind: 'known', id: known, phone: number };
    if (name === undefined) throw new Problem('unknown-person');
    return { kind: 'known', id: await people.saidToBe({ name, address }), phone: number };
  }
  if (name === undefined) throw new Problem('unknown-person');
  return { kind: 'new', name, phone: number };
}

function render({ case: it, changedAt }: ApiCase): z.input<typeof caseView> {
  return {
    id: it.id,
    reference: it.reference,
    title: it.title,
    text: it.text,
    product: it.product,
    kind: it.kind,
    team: it.team,
    state: it.state,
    urgent: it.urgent,
    priority: it.priority,
    restricted: it.restricted,
    channel: it.channel,
    language: it.language,
    requester: it.person,
    worker: it.worker,
    values: { ...it.values },
    openedAt: it.openedAt.toISOString(),
    changedAt: changedAt.toISOString(),
    respondBy: it.respondBy?.toISOString() ?? null,
    completeBy: it.completeBy?.toISOString() ?? null,
    expectedBy: it.expectedBy?.toISOString() ?? null,
    readyAt: it.readyAt?.toISOString() ?? null,
    closedAt: it.closedAt?.toISOString() ?? null,
  };
}
