-- The register's first shape. Texts live in messages, notes and cases; case_events and audit hold ids and codes only and are never changed.

create table people (
  id uuid primary key,
  name text not null,
  address text,
  verified boolean not null,
  role text check (role in ('worker', 'admin')),
  teams text[] not null default '{}',
  created_at timestamptz not null default now()
);
-- Only a verified address says who somebody is; what an anonymous visitor types joins nobody.
create unique index people_verified_address on people (lower(address)) where verified;

create table identities (
  channel text not null,
  external_id text not null,
  person_id uuid not null references people,
  created_at timestamptz not null default now(),
  primary key (channel, external_id)
);

create table conversations (
  id uuid primary key,
  channel text not null,
  person_id uuid references people,
  secret_hash bytea,
  state jsonb not null,
  version integer not null default 0,
  intake_seq integer not null default 0,
  message_seq integer not null default 0,
  created_at timestamptz not null default now(),
  active_at timestamptz not null default now()
);

-- The intake ledger: every message that ever arrived, and what became of it. It refers to nothing, so that it outlives case and conversation.
create table intake (
  id uuid primary key,
  channel text not null,
  source text not null,
  external_id text not null,
  conversation_id uuid,
  seq integer,
  payload jsonb not null,
  status text not null check (status in ('pending', 'handled', 'parked', 'refused')),
  reason text,
  attempts integer not null default 0,
  received_at timestamptz not null default now(),
  done_at timestamptz,
  unique (channel, source, external_id)
);
create index intake_pending on intake (conversation_id, seq) where status = 'pending';
create index intake_given_up on intake (status, id) where status in ('parked', 'refused');

create table messages (
  id uuid primary key,
  conversation_id uuid not null references conversations,
  seq integer not null,
  direction text not null check (direction in ('in', 'out')),
  author_id uuid references people,
  text text not null,
  reply jsonb,
  intake_id uuid,
  at timestamptz not null,
  unique (conversation_id, seq)
);

create table cases (
  id uuid primary key,
  reference text not null unique,
  conversation_id uuid not null references conversations,
  person_id uuid references people,
  channel text not null,
  language text not null,
  product text,
  kind text not null,
  team text not null,
  state text not null check (state in ('open', 'queued', 'claimed', 'waiting', 'ready', 'closed', 'withdrawn', 'merged')),
  round integer not null,
  events integer not null,
  title text not null,
  text text not null,
  values jsonb not null,
  why jsonb not null,
  restricted boolean not null,
  urgent boolean not null default false,
  worker_id uuid references people,
  opened_at timestamptz not null,
  respond_by timestamptz,
  complete_by timestamptz,
  ready_at timestamptz,
  closed_at timestamptz,
  -- What the lists are ordered by: the response's moment while nobody holds it, the completion's after that.
  due timestamptz generated always as (coalesce(case when state in ('open', 'queued') then respond_by end, complete_by, opened_at)) stored
);
create index cases_conversation on cases (conversation_id, opened_at desc);
create index cases_person on cases (person_id, opened_at desc) where person_id is not null;
-- What is urgent stands before everything, and is hardly ever there.
create index cases_team_open on cases (team, (not urgent), due, id) where state in ('open', 'queued', 'claimed', 'waiting');
create index cases_open on cases ((not urgent), due, id) where state in ('open', 'queued', 'claimed', 'waiting');
create index cases_worker_open on cases (worker_id, (not urgent), due, id) where state in ('claimed', 'waiting');
create index cases_queued on cases (id) where state = 'queued';
create index cases_done on cases (opened_at, id) where state in ('ready', 'closed', 'withdrawn', 'merged');

create table case_messages (
  case_id uuid not null references cases,
  message_id uuid not null references messages,
  primary key (case_id, message_id)
);

create table case_events (
  case_id uuid not null references cases,
  n integer not null,
  name text not null,
  actor_kind text not null check (actor_kind in ('requester', 'desk', 'worker')),
  actor_id uuid,
  at timestamptz not null,
  data jsonb not null,
  primary key (case_id, n)
);

create table claims (
  id bigint generated always as identity primary key,
  case_id uuid not null references cases,
  worker_id uuid not null references people,
  claimed_at timestamptz not null,
  ended_at timestamptz,
  ended_by text
);
create unique index claims_one_holder on claims (case_id) where ended_at is null;

create table notes (
  id uuid primary key,
  case_id uuid not null references cases,
  author_id uuid not null references people,
  text text not null,
  at timestamptz not null
);
create index notes_case on notes (case_id, at);

-- What is still to be said to the queues and the channels; written with what caused it, so that a crash forgets nothing.
create table outbox (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('reply', 'ticket', 'timer')),
  conversation_id uuid,
  case_id uuid,
  message_id uuid,
  data jsonb not null default '{}',
  status text not null default 'pending' check (status in ('pending', 'projected', 'delivered', 'parked')),
  attempts integer not null default 0,
  error text,
  created_at timestamptz not null default now(),
  done_at timestamptz
);
create index outbox_pending on outbox (id) where status = 'pending';
create index outbox_undelivered on outbox (conversation_id, id) where kind = 'reply' and status in ('pending', 'projected');
create index outbox_parked on outbox (id) where status = 'parked';

create table timers (
  case_id uuid not null references cases,
  kind text not null,
  due timestamptz not null,
  done_at timestamptz,
  primary key (case_id, kind)
);
create index timers_open on timers (due) where done_at is null;

create table catalogue_versions (
  version text primary key,
  body jsonb not null,
  active boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index catalogue_one_active on catalogue_versions (active) where active;

create table models (
  id text primary key,
  catalogue_version text not null references catalogue_versions,
  body bytea not null,
  created_at timestamptz not null default now()
);

-- Found by `key`: the number without the blanks and dashes that people write differently.
create table budgets (
  key text primary key,
  number text not null,
  name text not null,
  holder text not null,
  open boolean not null
);

create table sign_in_links (
  token_hash bytea primary key,
  person_id uuid not null references people,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);

create table sessions (
  token_hash bytea primary key,
  person_id uuid not null references people,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_person on sessions (person_id);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id uuid,
  action text not null,
  subject text,
  data jsonb not null default '{}'
);

create table leases (
  name text primary key,
  holder text not null,
  until timestamptz not null
);
