/** What must be true of a register whatever happened to its desk. */

import { randomInt } from 'node:crypto';
import pg from 'pg';
import {
  applyEvent,
  type Case,
  type CaseEvent,
  type CaseEventName,
  type CaseState,
  newId,
  newReference,
  type PersonId,
  parseId,
} from '../../domain/index.ts';

/** Asks the owner's view of a database. */
export async function ask<Row extends object>(ownerUrl: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Each statement finds what is wrong, one row each with a `what`. */
const RULES: Readonly<Record<string, string>> = {
  'a message waits in the ledger': `select external_id || ' is ' || status as what from intake where status in ('pending', 'parked')`,
  'a handled message does not stand in its timeline exactly once': `
    select i.external_id || ': ' || count(m.id) as what from intake i left join messages m on m.intake_id = i.id and m.direction = 'in'
    where i.status = 'handled' group by i.id having count(m.id) <> 1`,
  'a conversation has gaps or lines too many': `
    select c.id || ': ' || count(m.id) || ' lines, the last is ' || coalesce(max(m.seq), 0) as what from conversations c left join messages m on m.conversation_id = c.id
    group by c.id having count(m.id) <> c.message_seq or coalesce(max(m.seq), 0) <> c.message_seq`,
  'messages were handled out of order': `
    select i.external_id as what from intake i join messages m on m.intake_id = i.id and m.direction = 'in'
    join intake j on j.conversation_id = i.conversation_id and j.seq > i.seq join messages n on n.intake_id = j.id and n.direction = 'in' where n.seq < m.seq`,
  'something is still to go out': `select kind || ' ' || id || ' is ' || status as what from outbox where status <> 'delivered'`,
  'a reply has not exactly one line in the outbox': `
    select m.id::text as what from messages m left join outbox o on o.message_id = m.id where m.direction = 'out' group by m.id having count(o.id) <> 1`,
  'a reference is used twice': `select reference as what from cases group by reference having count(*) > 1`,
  'events are not numbered without gaps': `
    select c.reference || ': ' || count(e.n) as what from cases c left join case_events e on e.case_id = c.id
    group by c.id having count(e.n) <> c.events or coalesce(max(e.n), 0) <> c.events or coalesce(min(e.n), 0) <> 1`,
  'a claimed case has not exactly one open claim, by its worker': `
    select c.reference as what from cases c left join claims k on k.case_id = c.id and k.ended_at is null
    where c.state = 'claimed' group by c.id having count(k.id) <> 1 or min(k.worker_id::text) is distinct from c.worker_id::text`,
  'a claim is open on a case that nobody works on': `
    select c.reference || ' is ' || c.state as what from cases c join claims k on k.case_id = c.id and k.ended_at is null where c.state <> 'claimed'`,
  'claims were made without an event, or the reverse': `
    select c.reference as what from cases c where (select count(*) from claims k where k.case_id = c.id)
      <> (select count(*) from case_events e where e.case_id = c.id and e.name in ('claimed', 'resumed'))`,
};

/** @returns a line for everything that is wrong; empty when all is well */
export async function problemsOf(ownerUrl: string): Promise<string[]> {
  const problems: string[] = [];
  for (const [rule, sql] of Object.entries(RULES)) {
    for (const { what } of await ask<{ what: string }>(ownerUrl, sql)) problems.push(`${rule}: ${what}`);
  }
  return [...problems, ...(await foldProblems(ownerUrl))];
}

interface EventRow {
  readonly case_id: string;
  readonly name: CaseEventName;
  readonly actor_kind: CaseEvent['actor']['kind'];
  readonly actor_id: string | null;
  readonly at: Date;
}

interface CaseRow {
  readonly id: string;
  readonly reference: string;
  readonly state: CaseState;
  readonly round: number;
  readonly worker_id: string | null;
  readonly ready_at: Date | null;
  readonly closed_at: Date | null;
}

/** The case row is the fold of its events. */
async function foldProblems(ownerUrl: string): Promise<string[]> {
  const rows = await ask<CaseRow>(ownerUrl, 'select id, reference, state, round, worker_id, ready_at, closed_at from cases');
  const events = await ask<EventRow>(ownerUrl, 'select case_id, name, actor_kind, actor_id, at from case_events order by case_id, n');
  const byCase = Map.groupBy(events, (event) => event.case_id);
  return rows.flatMap((row) => {
    try {
      const it = folded(byCase.get(row.id) ?? []);
      const expected = [it.state, it.round, it.worker, it.readyAt?.getTime(), it.closedAt?.getTime()].join(' ');
      const found = [row.state, row.round, row.worker_id, row.ready_at?.getTime(), row.closed_at?.getTime()].join(' ');
      return expected === found ? [] : [`a case is not the fold of its events: ${row.reference} is ${found}, its events say ${expected}`];
    } catch (error) {
      return [`a case has events that may not follow each other: ${row.reference}: ${error instanceof Error ? error.message : error}`];
    }
  });
}

type Fold = Pick<Case, 'state' | 'round' | 'worker' | 'readyAt' | 'closedAt'>;

function folded([opened, ...events]: readonly EventRow[]): Fold {
  if (opened?.name !== 'opened') throw new Error('it does not begin with "opened"');
  return events.reduce<Case>((it, row) => applyEvent(it, eventOf(row)), openCase(opened.at));
}

function eventOf({ name, actor_kind, actor_id, at }: EventRow): CaseEvent {
  const isPerson = actor_kind === 'worker' || actor_kind === 'approver';
  return { name, actor: isPerson ? { kind: actor_kind, id: personId(actor_id) } : { kind: actor_kind }, at, data: {} };
}

function personId(text: string | null) {
  const id = parseId<PersonId>(text);
  if (!id) throw new Error('a worker without an id');
  return id;
}

function openCase(at: Date): Case {
  return {
    id: newId(),
    reference: newReference(randomInt),
    conversation: newId(),
    person: null,
    channel: 'web',
    language: 'nl',
    product: null,
    kind: 'fault',
    team: 'desk',
    state: 'open',
    round: 0,
    events: 1,
    title: '',
    text: '',
    values: {},
    why: { rule: 'desk', confidence: 1, runnersUp: [], words: [], catalogue: '', model: '' },
    restricted: false,
    urgent: false,
    priority: 'normal',
    disruption: null,
    part: null,
    divided: false,
    approval: null,
    handler: null,
    worker: null,
    openedAt: at,
    respondBy: null,
    completeBy: null,
    expectedBy: null,
    readyAt: null,
    closedAt: null,
  };
}
