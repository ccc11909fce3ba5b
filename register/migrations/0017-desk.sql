-- News for somebody who cannot be written to: a colleague calls. One row per message that is to be told.
create table call_backs (
  message_id uuid primary key references messages,
  conversation_id uuid not null references conversations,
  case_id uuid references cases,
  -- Worth a call by itself; what is not is told along with the next that is.
  pressing boolean not null,
  at timestamptz not null default now(),
  attempts integer not null default 0,
  tried_at timestamptz,
  done_at timestamptz,
  done_by uuid references people
);
create index call_backs_open on call_backs (conversation_id, at) where done_at is null;

-- Two persons who are one, by hand. A join that was undone stays, so that it can be seen who did what.
create table person_joins (
  id uuid primary key,
  one_id uuid not null references people,
  other_id uuid not null references people,
  by_id uuid not null references people,
  at timestamptz not null default now(),
  undone_by uuid references people,
  undone_at timestamptz,
  check (one_id < other_id)
);
create unique index person_joins_once on person_joins (one_id, other_id) where undone_at is null;
create index person_joins_other on person_joins (other_id) where undone_at is null;

-- The same for all who were joined; null for who stands alone.
alter table people add column same_as uuid;
create index people_same on people (same_as) where same_as is not null;

-- By which a colleague finds somebody.
alter table people add column found_by text generated always as (
  lower(name || ' ' || coalesce(address, '') || ' ' || coalesce(room, '') || ' ' || coalesce(department, '') || ' ' ||
        regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'))) stored;
create index people_found on people using gin (found_by gin_trgm_ops);
