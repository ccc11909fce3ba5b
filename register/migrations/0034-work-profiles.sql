-- What a worker is given and would rather have, and how many claims he may hold; without a row nothing particular.
create table work_profiles (
  person_id uuid primary key references people,
  skills text[] not null default '{}',
  places text[] not null default '{}',
  products text[] not null default '{}',
  most integer check (most between 1 and 99),
  changed_at timestamptz not null default now(),
  changed_by uuid references people
);
grant select, insert, update on work_profiles to loket_app;

-- How many somebody has now.
create index claims_of_worker on claims (worker_id) where ended_at is null;

-- What a team's queue gives next, however much of the team is in somebody's hands.
create index cases_next on cases (team, (not urgent), due, id) where state = 'queued';
