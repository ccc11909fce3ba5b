-- Texts that are written often, of a team or of somebody alone.
create table canned_texts (
  id uuid primary key,
  team text,
  owner_id uuid references people,
  name text not null,
  text text not null,
  changed_at timestamptz not null default now(),
  check ((team is null) <> (owner_id is null))
);
create index canned_texts_team on canned_texts (team) where team is not null;
create index canned_texts_owner on canned_texts (owner_id) where owner_id is not null;
grant select, insert, update, delete on canned_texts to loket_app;

-- What was solved of a product, the newest first: there it is looked for what is alike.
create index cases_solved on cases (product, ready_at desc) where state in ('ready', 'closed') and not restricted and part_of is null;
