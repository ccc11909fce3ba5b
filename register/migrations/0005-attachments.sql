-- Files that came with a message or belong to a note. Their content stands outside the database, under `key`.

create table attachments (
  id uuid primary key,
  -- Random, and nobody else's: who erases a file need not ask whether somebody else has the same one.
  key text not null unique,
  -- Where it may be sent; null while only its message will tell.
  conversation_id uuid references conversations on delete set null,
  -- The worker who added it; null: the requester.
  author_id uuid references people on delete set null,
  -- What it belongs to. When that is removed the file belongs to nothing, and is swept away.
  intake_id uuid,
  message_id uuid references messages on delete set null,
  note_id uuid references notes on delete set null,
  name text not null,
  type text not null,
  -- Null while it is being stored.
  size bigint,
  sha256 bytea,
  state text not null default 'held' check (state in ('held', 'clean', 'infected', 'unchecked')),
  -- What the scanner found, or why it could not look.
  detail text,
  checked_at timestamptz,
  at timestamptz not null default now()
);
create index attachments_message on attachments (message_id) where message_id is not null;
create index attachments_note on attachments (note_id) where note_id is not null;
create index attachments_intake on attachments (intake_id) where intake_id is not null;
create index attachments_loose on attachments (at) where message_id is null and note_id is null;
create index attachments_unsent on attachments (conversation_id) where message_id is null and note_id is null;
create index attachments_held on attachments (checked_at nulls first, at) where state = 'held';
