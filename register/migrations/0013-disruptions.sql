-- Known disruptions, and the cases that were linked to one instead of queued.
create table disruptions (
  id uuid primary key,
  case_id uuid not null references cases,
  product text not null,
  place text,
  title text not null,
  expected_by timestamptz,
  declared_by uuid references people,
  declared_at timestamptz not null,
  ended_at timestamptz,
  -- What is told to all when it is solved; null when it ended otherwise.
  outcome text,
  check (outcome is null or ended_at is not null)
);
create unique index disruptions_running on disruptions (case_id) where ended_at is null;

alter table cases add column disruption_id uuid references disruptions;
create index cases_disruption on cases (disruption_id, id) where disruption_id is not null;
