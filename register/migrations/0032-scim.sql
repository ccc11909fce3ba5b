-- Who and what the organisation's directory sends by SCIM 2.0 (RFC 7643). A user's id is that of the person; the resource is what the directory said.
create table scim_users (
  person_id uuid primary key references people,
  user_name text not null,
  external_id text,
  resource jsonb not null,
  created_at timestamptz not null default now(),
  modified_at timestamptz not null default now()
);
create unique index scim_users_user_name on scim_users (lower(user_name));
create unique index scim_users_external_id on scim_users (lower(external_id));
create index scim_users_created on scim_users (created_at, person_id);

create table scim_groups (
  id uuid primary key,
  display_name text not null,
  external_id text,
  created_at timestamptz not null default now(),
  modified_at timestamptz not null default now()
);
create unique index scim_groups_external_id on scim_groups (lower(external_id));
create index scim_groups_created on scim_groups (created_at, id);

create table scim_members (
  group_id uuid not null references scim_groups on delete cascade,
  person_id uuid not null references scim_users on delete cascade,
  primary key (group_id, person_id)
);
create index scim_members_person on scim_members (person_id);

-- How often a token was used since that moment: all processes count together.
alter table api_tokens add column counting_since timestamptz not null default now();
alter table api_tokens add column calls integer not null default 0;
