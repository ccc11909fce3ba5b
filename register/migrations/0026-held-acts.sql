-- What a colleague did with a case and may still take back: it happens when its timer (`held`) goes off. Written by `commit_turns` only.
create table held_acts (
  case_id uuid primary key references cases,
  by_id uuid not null references people,
  name text not null,
  act jsonb not null,
  since timestamptz not null,
  until timestamptz not null
);
grant select, insert, update, delete on held_acts to loket_app;
