import type { Selectable } from 'kysely';
import type { Case, Part } from '../domain/index.ts';
import type { CasesTable } from './schema.ts';

type Row = Omit<Selectable<CasesTable>, 'due'>;
type Dates = 'opened_at' | 'respond_by' | 'complete_by' | 'expected_by' | 'ready_at' | 'closed_at';

/** A case's row as PostgreSQL writes it in JSON: moments are text. */
export type CaseJson = Omit<Row, Dates> & { readonly opened_at: string } & { readonly [K in Exclude<Dates, 'opened_at'>]: string | null };

/** A row of `cases` as the domain's case. */
export function caseFromRow(row: Row): Case {
  return {
    id: row.id,
    reference: row.reference,
    conversation: row.spoken_in ?? row.conversation_id,
    person: row.person_id,
    channel: row.channel,
    language: row.language,
    product: row.product,
    kind: row.kind,
    team: row.team,
    state: row.state,
    round: row.round,
    events: row.events,
    title: row.title,
    text: row.text,
    values: row.values,
    why: row.why,
    restricted: row.restricted,
    urgent: row.urgent,
    priority: row.priority,
    disruption: row.disruption_id,
    part: partOf(row),
    divided: row.divided,
    approval: row.approval,
    handler: handlerOf(row),
    worker: row.worker_id,
    openedAt: row.opened_at,
    respondBy: row.respond_by,
    completeBy: row.complete_by,
    expectedBy: row.expected_by,
    readyAt: row.ready_at,
    closedAt: row.closed_at,
  };
}

function partOf({ part_of: of, part_id: id, part_after: after }: Row): Part | null {
  return of !== null && id !== null && after !== null ? { of, id, after } : null;
}

export function handlerOf({ handler, handler_round: round }: Pick<Row, 'handler' | 'handler_round'>): Case['handler'] {
  return handler !== null && round !== null ? { id: handler, round } : null;
}

export function caseFromJson(json: CaseJson): Case {
  return caseFromRow({
    ...json,
    opened_at: new Date(json.opened_at),
    respond_by: moment(json.respond_by),
    complete_by: moment(json.complete_by),
    expected_by: moment(json.expected_by),
    ready_at: moment(json.ready_at),
    closed_at: moment(json.closed_at),
  });
}

/** The row of a case, keyed as the table's columns are, to be read by `jsonb_populate_recordset`. */
export function caseToJson(it: Case): object {
  return {
    id: it.id,
    reference: it.reference,
    conversation_id: it.conversation,
    person_id: it.person,
    channel: it.channel,
    language: it.language,
    product: it.product,
    kind: it.kind,
    team: it.team,
    state: it.state,
    round: it.round,
    events: it.events,
    title: it.title,
    text: it.text,
    values: it.values,
    why: it.why,
    restricted: it.restricted,
    urgent: it.urgent,
    priority: it.priority,
    disruption_id: it.disruption,
    part_of: it.part?.of ?? null,
    part_id: it.part?.id ?? null,
    part_after: it.part?.after ?? null,
    divided: it.divided,
    approval: it.approval,
    handler: it.handler?.id ?? null,
    handler_round: it.handler?.round ?? null,
    worker_id: it.worker,
    opened_at: it.openedAt,
    respond_by: it.respondBy,
    complete_by: it.completeBy,
    expected_by: it.expectedBy,
    ready_at: it.readyAt,
    closed_at: it.closedAt,
  };
}

export function moment(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** The part of a name by which colleagues call each other. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
