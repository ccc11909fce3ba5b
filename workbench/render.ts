import { agreedFor, type CaseAction, handlerFor, likelyDuplicates, possibleActions, showValue } from '../bot/index.ts';
import { type Catalogue, calendarOf, handlerOf, productOf } from '../catalogue/index.ts';
import { type Case, type Channel, CLOCKS, type ClockEvent, explainClock, type HeldAct, isAllowedWith } from '../domain/index.ts';
import type { CaseEntry, Colleague, HistoryEvent, ListedCase, Register } from '../register/index.ts';
import type { CaseDetail, CaseMessage, CaseRow, ClockView, Held, HistoryLine } from './protocol.ts';

const UNFINISHED: ReadonlySet<string> = new Set(['open', 'queued', 'claimed', 'waiting']);

export function renderRow({ case: it, due, requester, workerName, partOf }: ListedCase): CaseRow {
  return {
    id: it.id,
    reference: it.reference,
    title: it.title,
    product: it.product,
    kind: it.kind,
    team: it.team,
    state: it.state,
    urgent: it.urgent,
    priority: it.priority,
    partOf,
    requester: requester ?? '',
    worker: it.worker && workerName ? { id: it.worker, name: workerName } : null,
    openedAt: it.openedAt.toISOString(),
    due: UNFINISHED.has(it.state) && it.completeBy ? due.toISOString() : null,
  };
}

/** Everything about a case for the one who looks at it. @param chats the channels in which people talk to and fro */
export async function renderDetail(
  listed: ListedCase,
  colleague: Colleague,
  register: Pick<Register, 'attachments' | 'cases' | 'conversations' | 'people' | 'llm' | 'handlerRuns'>,
  catalogue: Catalogue,
  chats: ReadonlySet<Channel>,
): Promise<CaseDetail> {
  const it = listed.case;
  const [held, takeOver, messages, notes, ofNotes, history, events, earlier, besides, requester, summary, runs] = await Promise.all([
    register.cases.held(it.id),
    register.conversations.takeOver(it.conversation),
    register.conversations.ofCase(it.id),
    register.cases.notes(it.id),
    register.attachments.ofNotes(it.id),
    register.cases.history(it.id),
    register.cases.clockEvents(it.id),
    register.cases.earlier(it, colleague),
    UNFINISHED.has(it.state) ? register.cases.besides(it, colleague) : [],
    it.person ? register.people.byId(it.person) : null,
    register.llm.summaryOf(it.id),
    register.handlerRuns.ofCase(it.id),
  ]);
  const possible = possibleActions(it, colleague.id, takeOver, handlerFor(it, catalogue));
  return {
    ...renderRow(listed),
    text: it.text,
    divided: it.divided,
    fields: fieldsOf(listed, catalogue),
    requesterAddress: requester?.address ?? null,
    requesterVerified: requester?.verified ?? false,
    channel: it.channel,
    respondBy: it.respondBy?.toISOString() ?? null,
    completeBy: it.completeBy?.toISOString() ?? null,
    expectedBy: it.expectedBy?.toISOString() ?? null,
    clocks: clocksOf(it, events, catalogue),
    why: it.why,
    summary,
    messages: messages.map((entry) => messageOf(entry, listed.requester ?? '')),
    notes: notes.map((note) => ({
      id: note.id,
      author: note.author ?? '',
      handler: note.handler,
      at: note.at.toISOString(),
      text: note.text,
      attachments: ofNotes.get(note.id) ?? [],
    })),
    runs: runs.map((run) => ({
      handler: run.handler,
      name: handlerOf(catalogue, run.handler)?.name ?? { nl: run.handler, en: run.handler },
      state: run.state,
      attempts: run.attempts,
      due: run.due.toISOString(),
      said: run.said,
      externalId: run.externalId,
      changedAt: run.changedAt.toISOString(),
    })),
    history: history.map(historyOf),
    earlier: earlier.map(renderRow),
    duplicates:
      UNFINISHED.has(it.state) && !it.part
        ? likelyDuplicates(it, earlier, besides).map(({ found, because }) => ({ ...renderRow(found), because }))
        : [],
    talking: takeOver && { id: takeOver.by, name: takeOver.name, since: takeOver.since, case: takeOver.case },
    held: held && heldOf(held, colleague),
    mayMerge: possible.includes('merge') && mayAct(colleague, 'merge', it),
    actions: possible
      .filter(isAtTheCase)
      .filter((action) => mayAct(colleague, action, it) && (action !== 'chat' || chats.has(listed.spokenBy))),
  };
}

/** What is done with several cases at once stands with those: `parts-routes.ts`, `merge-routes.ts`. */
function isAtTheCase(action: CaseAction['action']): action is CaseDetail['actions'][number] {
  return action !== 'reopen-parts' && action !== 'merge' && action !== 'gather';
}

function heldOf({ act, by, name, since, until }: HeldAct, { id }: Colleague): Held {
  const text = 'text' in act ? act.text : 'reason' in act ? act.reason : null;
  return { action: act.action, text, by: name, mine: by === id, since: since.toISOString(), until: until.toISOString() };
}

/** Whether somebody's role lets them do this with a case that they may read. */
export function mayAct(colleague: Colleague, action: CaseAction['action'], it: Pick<Case, 'team' | 'worker'>): boolean {
  return isAllowedWith(colleague, action === 'prioritise' ? 'prioritise' : 'work', it);
}

/** More of a clock's past than this nobody reads; the sums are over all of it. */
const STRETCHES = 60;

function clocksOf(it: Case, events: readonly ClockEvent[], catalogue: Catalogue): ClockView[] {
  if (it.urgent) return [];
  const now = new Date();
  return CLOCKS.flatMap((name) => {
    const told = explainClock(name, events, agreedFor(it, catalogue), calendarOf(catalogue), now);
    if (!told) return [];
    const shown = told.stretches.slice(-STRETCHES);
    return [
      {
        ...told,
        due: told.due?.toISOString() ?? null,
        earlier: told.stretches.length - shown.length,
        stretches: shown.map((stretch) => ({ ...stretch, from: stretch.from.toISOString(), to: stretch.to.toISOString() })),
      },
    ];
  });
}

function fieldsOf({ case: it }: ListedCase, catalogue: Catalogue): CaseDetail['fields'] {
  const product = it.product === null ? null : productOf(catalogue, it.product);
  return Object.entries(it.values).map(([id, value]) => {
    const field = product?.fields.find((known) => known.id === id);
    if (!field) return { label: { nl: id, en: id }, value };
    return { label: field.label, value: showValue(field, value, it.language, it.openedAt, catalogue.organisation.timeZone) };
  });
}

function messageOf(entry: CaseEntry, requester: string): CaseMessage {
  const name = entry.name ?? (entry.from === 'requester' ? requester : '');
  return {
    id: entry.id,
    from: entry.from,
    name,
    at: entry.at.toISOString(),
    channel: entry.channel,
    text: entry.text,
    ...(entry.reply ? { reply: entry.reply } : {}),
    ...(entry.changed ? { changed: entry.changed } : {}),
    attachments: entry.attachments,
  };
}

function historyOf(event: HistoryEvent): HistoryLine {
  return {
    at: event.at.toISOString(),
    event: event.name,
    by: event.actor === 'worker' || event.actor === 'approver' ? (event.actorName ?? '') : event.actor,
    data: event.data,
  };
}
