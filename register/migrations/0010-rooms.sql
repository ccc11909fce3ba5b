-- Rooms come as a csv list; found by `number_key` or `name_key`, as people write either.

create table rooms (
  key text primary key,
  number text not null,
  building text not null,
  floor text,
  name text,
  number_key text not null,
  name_key text,
  active boolean not null default true
);
create index rooms_number on rooms (number_key) where active;
create index rooms_name on rooms (name_key) where active and name_key is not null;
