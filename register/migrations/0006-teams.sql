-- Where a conversation is reached on its channel, and which of the channel's own messages carries what was said.

-- Others read along (a group chat, a channel): nothing of the person's other cases is spoken of in it.
alter table conversations add column shared boolean not null default false;

create table conversation_references (
  conversation_id uuid primary key references conversations,
  channel text not null,
  -- The channel's own id of the place, together with the person in it.
  address text not null,
  reference jsonb not null,
  -- Set while the channel refuses to deliver there, in its own words.
  unreachable_since timestamptz,
  unreachable_reason text,
  updated_at timestamptz not null default now(),
  unique (channel, address)
);

-- Several messages may share one of the channel's: what answers a card takes its place.
create table deliveries (
  message_id uuid primary key references messages,
  conversation_id uuid not null references conversations,
  external_id text not null,
  -- The label of what was pressed, for a question that was answered on its card.
  answered text,
  -- A hash of what is shown there now; null when that is not known.
  shown text,
  at timestamptz not null default now()
);
create index deliveries_conversation on deliveries (conversation_id, at);

-- What its writer changed or took back on the channel.
alter table messages
  add column edited_at timestamptz,
  add column deleted_at timestamptz;
