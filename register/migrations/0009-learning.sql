-- What workers corrected, as examples to learn from; models as versions, of which one decides; summaries by a machine; and what an LLM has cost.

create table training_examples (
  id uuid primary key,
  case_id uuid not null references cases on delete cascade,
  -- The event of the case that was the correction.
  event integer not null,
  -- Without personal data.
  text text not null,
  language text not null,
  -- What it is about. Null: a worker named only a team; once accepted: no product fits.
  product text,
  kind text not null,
  team text,
  -- What the desk had made of it, and by which model.
  was_product text,
  was_kind text not null,
  model text not null,
  by_id uuid not null references people,
  state text not null default 'proposed' check (state in ('proposed', 'accepted', 'rejected')),
  decided_by uuid references people,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  unique (case_id, event)
);
create index training_examples_state on training_examples (state, created_at);
create index case_events_corrections on case_events (case_id, n) where name in ('moved', 'corrected');

-- `number` is how people name it. `examples` are the corrections that it learned beside the catalogue; `judged` what it reached on questions it had
-- not seen, beside the one that decided then. One that was not good enough keeps its row, with the reason and without a body.
alter table models
  add column number integer generated always as identity unique,
  add column examples uuid[] not null default '{}',
  add column state text not null default 'live' check (state in ('live', 'refused', 'rolled-back')),
  add column reason text,
  add column judged jsonb,
  alter column body drop not null;

-- The model that a version decides by; null until the first process of this age has looked.
alter table catalogue_versions add column model text references models;

create table case_summaries (
  case_id uuid primary key references cases on delete cascade,
  text text not null,
  model text not null,
  at timestamptz not null
);

create table llm_usage (
  day date primary key,
  tokens bigint not null,
  calls integer not null
);
