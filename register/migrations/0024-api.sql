-- Tokens of the API. Each is a person of its own, inactive so that nobody finds it among people: its acts are named in history as anybody's are.
create table api_tokens (
  id uuid primary key references people,
  name text not null check (name <> ''),
  token_hash bytea not null unique,
  scopes text[] not null,
  created_by uuid references people,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- What a writing call was answered, for a day: the same key again gets the same (draft-ietf-httpapi-idempotency-key-header). No status: under way.
create table api_answers (
  token_id uuid not null references api_tokens,
  key text not null,
  request_hash bytea not null,
  status integer,
  body text,
  at timestamptz not null default now(),
  primary key (token_id, key),
  check ((status is null) = (body is null))
);
create index api_answers_at on api_answers (at);
create index cases_opened on cases (opened_at desc, id desc);
