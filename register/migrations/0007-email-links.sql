-- Keys that all processes share. The links in mails are signed with one, so that a link that one process made opens at every other.
create table keys (
  name text primary key,
  secret bytea not null,
  created_at timestamptz not null default now()
);
