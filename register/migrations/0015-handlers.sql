-- Handlers: cases that were given to a system or a supplier, and what the far side says of them.

-- The handler that has a case, and the round of its run.
alter table cases
  add column handler text,
  add column handler_round integer,
  add constraint cases_handler_run check ((handler is null) = (handler_round is null));

alter table case_events
  drop constraint case_events_actor_kind_check,
  add constraint case_events_actor_kind_check check (actor_kind in ('requester', 'desk', 'worker', 'approver', 'handler'));

alter table outbox
  drop constraint outbox_kind_check,
  add constraint outbox_kind_check check (kind in ('reply', 'ticket', 'timer', 'handler'));

-- One case given to one handler. What waits or is to be recalled is the truth behind the queues `handler.<id>`.
create table handler_runs (
  case_id uuid not null references cases,
  round integer not null,
  handler text not null,
  state text not null check (state in ('waiting', 'sent', 'recalling', 'done', 'failed', 'stopped')),
  -- Not sent before: the undo window, or the wait after a failed attempt.
  due_at timestamptz not null,
  attempts integer not null default 0,
  -- The far side's last words, and its own number for it.
  said text,
  external_id text,
  changed_at timestamptz not null,
  primary key (case_id, round)
);
create index handler_runs_due on handler_runs (case_id, round) where state in ('waiting', 'recalling');
create index handler_runs_external on handler_runs (handler, external_id) where external_id is not null;

-- A note may hold a handler's words.
alter table notes
  alter column author_id drop not null,
  add column handler text,
  add constraint notes_author check ((author_id is null) <> (handler is null));
