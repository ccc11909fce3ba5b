-- Agreements: how much a case presses, the later moment that its requester was told, and who is told of what is late.

alter table cases
  add column priority text not null default 'normal' check (priority in ('high', 'normal', 'low')),
  add column expected_by timestamptz;

-- A word to a colleague about a case. To a team or to one person, whom a channel may also reach: `address` is whom the organisation's configuration names.
create table notices (
  id uuid primary key,
  case_id uuid not null references cases,
  kind text not null,
  role text not null check (role in ('worker', 'team', 'coordinator', 'manager', 'standby')),
  team text not null,
  person_id uuid references people,
  address text,
  at timestamptz not null,
  seen_by uuid[] not null default '{}',
  -- Null while it is still to be sent.
  sent_at timestamptz,
  sent_by text,
  attempts integer not null default 0,
  next_at timestamptz,
  error text
);
create index notices_person on notices (person_id, at desc) where person_id is not null;
create index notices_team on notices (team, at desc) where role = 'team';
create index notices_unsent on notices (next_at) where sent_at is null and next_at is not null;
create index notices_case on notices (case_id);
