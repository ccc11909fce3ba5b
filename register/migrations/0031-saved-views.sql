-- A list of cases as somebody wants to see it again: which, narrowed to what, in which order. Of a team, or of somebody alone.
create table saved_views (
  id uuid primary key,
  team text,
  owner_id uuid references people,
  name text not null,
  place text not null,
  filter jsonb not null,
  search text not null,
  ordered text not null,
  changed_at timestamptz not null default now(),
  check ((team is null) <> (owner_id is null))
);
create index saved_views_team on saved_views (team) where team is not null;
create index saved_views_owner on saved_views (owner_id) where owner_id is not null;
grant select, insert, update, delete on saved_views to loket_app;
