-- Lists of the organisation that come as csv. Who or what is no longer in a list stays as a row, inactive: cases refer to it.

alter table people
  add column directory_id text unique,
  add column department text,
  add column manager text,
  add column deputy text,
  add column room text,
  add column phone text,
  add column language text check (language in ('nl', 'en')),
  add column active boolean not null default true;

-- `source`: the catalogue's own list is for a beginning and for small organisations; it makes way for a csv list.
alter table budgets
  add column "limit" numeric(14, 2),
  add column active boolean not null default true,
  add column source text not null default 'catalogue' check (source in ('catalogue', 'list'));
