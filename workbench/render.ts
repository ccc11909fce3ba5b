import { possibleActions, showValue } from '../bot/index.ts';
import { type Catalogue, productOf } from '../catalogue/index.ts';
import type { Colleague, HistoryEvent, ListedCase, Register, TimelineEntry } from '../register/index.ts';
import type { CaseDetail, CaseMessage, CaseRow, HistoryLine } from './protocol.ts';

const UNFINISHED: ReadonlySet<string> = new Set(['open', 'queued', 'claimed', 'waiting']);

export function renderRow({ case: it, due, requester, workerName }: ListedCase): CaseRow {
  return {
    id: it.id,
    reference: it.reference,
    title: it.title,
    product: it.product,
    kind: it.kind,
    team: it.team,
    state: it.state,
    urgent: it.urgent,
    requester: requester ?? '',
    worker: it.worker && workerName ? { id: it.worker, name: workerName } : null,
    openedAt: it.openedAt.toISOString(),
    due: UNFINISHED.has(it.state) && it.completeBy ? due.toISOString() : null,
  };
}

/** Everything about a case for the one who looks at it. */
export async function renderDetail(
  listed: ListedCase,
  colleague: Colleague,
  register: Pick<Register, 'cases' | 'conversations' | 'people'>,
  catalogue: Catalogue,
): Promise<CaseDetail> {
  const it = listed.case;
  const [messages, notes, history, earlier, requester] = await Promise.all([
    register.conversations.ofCase(it.id),
    register.cases.notes(it.id),
    register.cases.history(it.id),
    register.cases.earlier(it, colleague),
    it.person ? register.people.byId(it.person) : null,
  ]);
  return {
    ...renderRow(listed),
    text: it.text,
    fields: fieldsOf(listed, catalogue),
    requesterAddress: requester?.address ?? null,
    requesterVerified: requester?.verified ?? false,
    channel: it.channel,
    respondBy: it.respondBy?.toISOString() ?? null,
    completeBy: it.completeBy?.toISOString() ?? null,
    why: it.why,
    messages: messages.map((entry) => messageOf(entry, listed.requester ?? '')),
    notes: notes.map((note) => ({ ...note, at: note.at.toISOString() })),
    history: history.map(historyOf),
    earlier: earlier.map(renderRow),
    actions: possibleActions(it, colleague.id),
  };
}

function fieldsOf({ case: it }: ListedCase, catalogue: Catalogue): CaseDetail['fields'] {
  const product = it.product === null ? null : productOf(catalogue, it.product);
  return Object.entries(it.values).map(([id, value]) => {
    const field = product?.fields.find((known) => known.id === id);
    if (!field) return { label: { nl: id, en: id }, value };
    return { label: field.label, value: showValue(field, value, it.language, it.openedAt, catalogue.organisation.timeZone) };
  });
}

function messageOf(entry: TimelineEntry, requester: string): CaseMessage {
  const name = entry.name ?? (entry.from === 'requester' ? requester : '');
  return {
    id: entry.id,
    from: entry.from,
    name,
    at: entry.at.toISOString(),
    text: entry.text,
    ...(entry.reply ? { reply: entry.reply } : {}),
  };
}

function historyOf(event: HistoryEvent): HistoryLine {
  return {
    at: event.at.toISOString(),
    event: event.name,
    by: event.actor === 'worker' ? (event.actorName ?? '') : event.actor,
    data: event.data,
  };
}
