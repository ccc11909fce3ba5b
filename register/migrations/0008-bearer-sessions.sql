-- Sessions that no cookie carries: of a page in a frame of Teams, and of "My cases". With such a session a role counts only where the way of signing in
-- said so: a token of the directory, for somebody whose directory id the desk knows.

alter table sessions
  add column carrier text not null default 'cookie' check (carrier in ('cookie', 'bearer')),
  add column with_role boolean not null default true;
