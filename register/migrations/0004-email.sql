-- Email: every mail in and out, the desk's mailboxes, and the log of what was sent by any channel and what the far side said of it.

-- Where the source of a message is kept (the raw mail), for channels whose messages have one.
alter table intake add column raw text;

create table mails (
  id uuid primary key,
  direction text not null check (direction in ('in', 'out')),
  -- Null for what began no conversation: automated mail that belongs to none.
  conversation_id uuid references conversations,
  -- The line of the conversation that this mail carries out, and the arrival that it came in by.
  message_id uuid references messages,
  intake_id uuid,
  -- The header Message-ID without its brackets; a mail from outside may have none.
  internet_message_id text,
  -- Of Message-ID, From, Date, Subject and decoded body: the same mail in two mailboxes is one question, also without a Message-ID or with one
  -- that was used before. Null for what went out.
  fingerprint bytea,
  reply_references text[] not null default '{}',
  -- The mailbox it came in by, or goes out for.
  mailbox text not null,
  from_address text,
  from_name text,
  reply_to text,
  to_addresses text[] not null default '{}',
  subject text not null,
  thread_index text,
  thread_topic text,
  raw text,
  automated text check (automated in ('auto-reply', 'bounce', 'list', 'receipt', 'own')),
  trusted boolean not null default false,
  -- Other mailboxes of the desk that got the same mail: a hint for the team.
  also_in text[] not null default '{}',
  -- Who wrote the original of what was forwarded: the requester may be somebody else than the sender.
  forwarded_address text,
  forwarded_name text,
  at timestamptz not null
);
create unique index mails_incoming on mails (fingerprint) where direction = 'in';
create unique index mails_outgoing on mails (message_id) where direction = 'out';
-- A hash: a hostile Message-ID may be longer than a row of a b-tree.
create index mails_internet_message_id on mails using hash (internet_message_id);
create index mails_conversation on mails (conversation_id, at);
create index mails_intake on mails (intake_id) where intake_id is not null;
create index mails_from on mails (lower(from_address), at) where direction = 'in';

-- How far each mailbox was read. The cursor is UID and UIDVALIDITY (RFC 3501, 2.3.1.1), never "unread".
create table mailboxes (
  name text primary key,
  uid_validity bigint,
  last_uid bigint not null default 0,
  -- What arrived before is not the desk's, unless it is asked for.
  begun_at timestamptz not null default now(),
  reached_at timestamptz,
  error text,
  failing_since timestamptz
);

-- What became of each attempt to send something, in the words of who was to take it on.
create table sends (
  id bigint generated always as identity primary key,
  channel text not null,
  message_id uuid references messages,
  recipient text,
  attempt integer not null,
  outcome text not null check (outcome in ('sent', 'deferred', 'refused', 'bounced', 'held')),
  detail text,
  at timestamptz not null default now()
);
create index sends_message on sends (message_id, id);
create index sends_recipient on sends (lower(recipient), at) where outcome = 'sent';
