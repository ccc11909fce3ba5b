-- The register's shape after all migrations, in the order of the alphabet. Written by `npm run dump-schema`; do not edit.
-- Functions stand here by their signature alone; what they do is in functions/.

create extension btree_gin;
create extension pg_trgm;
create extension unaccent;

create table api_answers (
  token_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  body text,
  at timestamp with time zone not null default now(),
  constraint api_answers_check CHECK (((status IS NULL) = (body IS NULL))),
  constraint api_answers_pkey PRIMARY KEY (token_id, key),
  constraint api_answers_token_id_fkey FOREIGN KEY (token_id) REFERENCES api_tokens(id)
);
CREATE INDEX api_answers_at ON public.api_answers USING btree (at);
grant delete, insert, select, update on api_answers to loket_app;

create table api_tokens (
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  counting_since timestamp with time zone not null default now(),
  calls integer not null default 0,
  constraint api_tokens_created_by_fkey FOREIGN KEY (created_by) REFERENCES people(id),
  constraint api_tokens_id_fkey FOREIGN KEY (id) REFERENCES people(id),
  constraint api_tokens_name_check CHECK ((name <> ''::text)),
  constraint api_tokens_pkey PRIMARY KEY (id),
  constraint api_tokens_token_hash_key UNIQUE (token_hash)
);
grant delete, insert, select, update on api_tokens to loket_app;

create table approvals (
  case_id uuid not null,
  budget text not null,
  amount numeric(14,2) not null,
  verdict text,
  decided_by uuid,
  way text,
  reason text,
  decided_at timestamp with time zone,
  constraint approvals_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint approvals_check CHECK (((verdict IS NULL) = (decided_at IS NULL))),
  constraint approvals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES people(id),
  constraint approvals_pkey PRIMARY KEY (case_id),
  constraint approvals_verdict_check CHECK ((verdict = ANY (ARRAY['approved'::text, 'refused'::text, 'expired'::text]))),
  constraint approvals_way_check CHECK ((way = ANY (ARRAY['link'::text, 'conversation'::text, 'signed-in'::text, 'own'::text])))
);
grant delete, insert, select, update on approvals to loket_app;

create table attachments (
  id uuid not null,
  key text not null,
  conversation_id uuid,
  author_id uuid,
  intake_id uuid,
  message_id uuid,
  note_id uuid,
  name text not null,
  type text not null,
  size bigint,
  sha256 bytea,
  state text not null default 'held'::text,
  detail text,
  checked_at timestamp with time zone,
  at timestamp with time zone not null default now(),
  constraint attachments_author_id_fkey FOREIGN KEY (author_id) REFERENCES people(id) ON DELETE SET NULL,
  constraint attachments_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE SET NULL,
  constraint attachments_key_key UNIQUE (key),
  constraint attachments_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE SET NULL,
  constraint attachments_note_id_fkey FOREIGN KEY (note_id) REFERENCES notes(id) ON DELETE SET NULL,
  constraint attachments_pkey PRIMARY KEY (id),
  constraint attachments_state_check CHECK ((state = ANY (ARRAY['held'::text, 'clean'::text, 'infected'::text, 'unchecked'::text])))
);
CREATE INDEX attachments_held ON public.attachments USING btree (checked_at NULLS FIRST, at) WHERE (state = 'held'::text);
CREATE INDEX attachments_intake ON public.attachments USING btree (intake_id) WHERE (intake_id IS NOT NULL);
CREATE INDEX attachments_loose ON public.attachments USING btree (at) WHERE ((message_id IS NULL) AND (note_id IS NULL));
CREATE INDEX attachments_message ON public.attachments USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX attachments_note ON public.attachments USING btree (note_id) WHERE (note_id IS NOT NULL);
CREATE INDEX attachments_unsent ON public.attachments USING btree (conversation_id) WHERE ((message_id IS NULL) AND (note_id IS NULL));
grant delete, insert, select, update on attachments to loket_app;

create table audit (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  actor_id uuid,
  action text not null,
  subject text,
  data jsonb not null default '{}'::jsonb,
  constraint audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_action ON public.audit USING btree (action, id);
CREATE INDEX audit_subject ON public.audit USING btree (subject, id);
grant insert, select on audit to loket_app;

create table budgets (
  key text not null,
  number text not null,
  name text not null,
  holder text not null,
  open boolean not null,
  "limit" numeric(14,2),
  active boolean not null default true,
  source text not null default 'catalogue'::text,
  constraint budgets_pkey PRIMARY KEY (key),
  constraint budgets_source_check CHECK ((source = ANY (ARRAY['catalogue'::text, 'list'::text])))
);
CREATE INDEX budgets_holder ON public.budgets USING btree (lower(holder)) WHERE active;
grant delete, insert, select, update on budgets to loket_app;

create table call_backs (
  message_id uuid not null,
  conversation_id uuid not null,
  case_id uuid,
  pressing boolean not null,
  at timestamp with time zone not null default now(),
  attempts integer not null default 0,
  tried_at timestamp with time zone,
  done_at timestamp with time zone,
  done_by uuid,
  constraint call_backs_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint call_backs_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id),
  constraint call_backs_done_by_fkey FOREIGN KEY (done_by) REFERENCES people(id),
  constraint call_backs_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint call_backs_pkey PRIMARY KEY (message_id)
);
CREATE INDEX call_backs_open ON public.call_backs USING btree (conversation_id, at) WHERE (done_at IS NULL);
grant delete, insert, select, update on call_backs to loket_app;

create table canned_texts (
  id uuid not null,
  team text,
  owner_id uuid,
  name text not null,
  text text not null,
  changed_at timestamp with time zone not null default now(),
  constraint canned_texts_check CHECK (((team IS NULL) <> (owner_id IS NULL))),
  constraint canned_texts_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES people(id),
  constraint canned_texts_pkey PRIMARY KEY (id)
);
CREATE INDEX canned_texts_owner ON public.canned_texts USING btree (owner_id) WHERE (owner_id IS NOT NULL);
CREATE INDEX canned_texts_team ON public.canned_texts USING btree (team) WHERE (team IS NOT NULL);
grant delete, insert, select, update on canned_texts to loket_app;

create table case_events (
  case_id uuid not null,
  n integer not null,
  name text not null,
  actor_kind text not null,
  actor_id uuid,
  at timestamp with time zone not null,
  data jsonb not null,
  constraint case_events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['requester'::text, 'desk'::text, 'worker'::text, 'approver'::text, 'handler'::text]))),
  constraint case_events_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint case_events_pkey PRIMARY KEY (case_id, n)
);
CREATE INDEX case_events_corrections ON public.case_events USING btree (case_id, n) WHERE (name = ANY (ARRAY['moved'::text, 'corrected'::text]));
CREATE TRIGGER tell_webhooks AFTER INSERT ON public.case_events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tell_webhooks();
grant insert, select on case_events to loket_app;

create table case_messages (
  case_id uuid not null,
  message_id uuid not null,
  constraint case_messages_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint case_messages_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint case_messages_pkey PRIMARY KEY (case_id, message_id)
);
grant delete, insert, select, update on case_messages to loket_app;

create table case_summaries (
  case_id uuid not null,
  text text not null,
  model text not null,
  at timestamp with time zone not null,
  constraint case_summaries_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON DELETE CASCADE,
  constraint case_summaries_pkey PRIMARY KEY (case_id)
);
grant delete, insert, select, update on case_summaries to loket_app;

create table cases (
  id uuid not null,
  reference text not null,
  conversation_id uuid not null,
  person_id uuid,
  channel text not null,
  language text not null,
  product text,
  kind text not null,
  team text not null,
  state text not null,
  round integer not null,
  events integer not null,
  title text not null,
  text text not null,
  "values" jsonb not null,
  why json not null,
  restricted boolean not null,
  urgent boolean not null default false,
  worker_id uuid,
  opened_at timestamp with time zone not null,
  respond_by timestamp with time zone,
  complete_by timestamp with time zone,
  ready_at timestamp with time zone,
  closed_at timestamp with time zone,
  due timestamp with time zone generated always as (COALESCE(
CASE
    WHEN (state = ANY (ARRAY['open'::text, 'queued'::text])) THEN respond_by
    ELSE NULL::timestamp with time zone
END, complete_by, opened_at)) stored,
  priority text not null default 'normal'::text,
  expected_by timestamp with time zone,
  disruption_id uuid,
  approval text,
  handler text,
  handler_round integer,
  spoken_in uuid,
  divided boolean not null default false,
  part_of uuid,
  part_id text,
  part_after text[],
  constraint cases_approval_check CHECK ((approval = ANY (ARRAY['asked'::text, 'given'::text]))),
  constraint cases_check CHECK ((((part_of IS NULL) = (part_id IS NULL)) AND ((part_of IS NULL) = (part_after IS NULL)))),
  constraint cases_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id),
  constraint cases_disruption_id_fkey FOREIGN KEY (disruption_id) REFERENCES disruptions(id),
  constraint cases_handler_run CHECK (((handler IS NULL) = (handler_round IS NULL))),
  constraint cases_part_of_fkey FOREIGN KEY (part_of) REFERENCES cases(id),
  constraint cases_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint cases_pkey PRIMARY KEY (id),
  constraint cases_priority_check CHECK ((priority = ANY (ARRAY['high'::text, 'normal'::text, 'low'::text]))),
  constraint cases_reference_key UNIQUE (reference),
  constraint cases_spoken_in_fkey FOREIGN KEY (spoken_in) REFERENCES conversations(id),
  constraint cases_state_check CHECK ((state = ANY (ARRAY['open'::text, 'queued'::text, 'claimed'::text, 'waiting'::text, 'ready'::text, 'closed'::text, 'withdrawn'::text, 'merged'::text]))),
  constraint cases_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES people(id)
);
CREATE INDEX cases_approval ON public.cases USING btree (id) WHERE ((approval = 'asked'::text) AND (state = 'waiting'::text));
CREATE INDEX cases_conversation ON public.cases USING btree (conversation_id, opened_at DESC);
CREATE INDEX cases_disruption ON public.cases USING btree (disruption_id, id) WHERE (disruption_id IS NOT NULL);
CREATE INDEX cases_done ON public.cases USING btree (opened_at, id) WHERE (state = ANY (ARRAY['ready'::text, 'closed'::text, 'withdrawn'::text, 'merged'::text]));
CREATE INDEX cases_next ON public.cases USING btree (team, ((NOT urgent)), due, id) WHERE (state = 'queued'::text);
CREATE INDEX cases_open ON public.cases USING btree (((NOT urgent)), due, id) WHERE (state = ANY (ARRAY['open'::text, 'queued'::text, 'claimed'::text, 'waiting'::text]));
CREATE INDEX cases_opened ON public.cases USING btree (opened_at DESC, id DESC);
CREATE INDEX cases_part_of ON public.cases USING btree (part_of, id) WHERE (part_of IS NOT NULL);
CREATE INDEX cases_person ON public.cases USING btree (person_id, opened_at DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX cases_queued ON public.cases USING btree (id) WHERE (state = 'queued'::text);
CREATE INDEX cases_solved ON public.cases USING btree (product, ready_at DESC) WHERE ((state = ANY (ARRAY['ready'::text, 'closed'::text])) AND (NOT restricted) AND (part_of IS NULL));
CREATE INDEX cases_spoken_in ON public.cases USING btree (spoken_in, opened_at DESC) WHERE (spoken_in IS NOT NULL);
CREATE INDEX cases_team_open ON public.cases USING btree (team, ((NOT urgent)), due, id) WHERE (state = ANY (ARRAY['open'::text, 'queued'::text, 'claimed'::text, 'waiting'::text]));
CREATE INDEX cases_worker_open ON public.cases USING btree (worker_id, ((NOT urgent)), due, id) WHERE (state = ANY (ARRAY['claimed'::text, 'waiting'::text]));
grant delete, insert, select, update on cases to loket_app;

create table catalogue_versions (
  version text not null,
  body jsonb not null,
  active boolean not null default false,
  created_at timestamp with time zone not null default now(),
  based_on text,
  model text,
  constraint catalogue_versions_based_on_fkey FOREIGN KEY (based_on) REFERENCES catalogue_versions(version),
  constraint catalogue_versions_model_fkey FOREIGN KEY (model) REFERENCES models(id),
  constraint catalogue_versions_pkey PRIMARY KEY (version)
);
CREATE UNIQUE INDEX catalogue_one_active ON public.catalogue_versions USING btree (active) WHERE active;
grant delete, insert, select, update on catalogue_versions to loket_app;

create table claims (
  id bigint not null generated always as identity,
  case_id uuid not null,
  worker_id uuid not null,
  claimed_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint claims_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint claims_pkey PRIMARY KEY (id),
  constraint claims_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES people(id)
);
CREATE INDEX claims_of_worker ON public.claims USING btree (worker_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX claims_one_holder ON public.claims USING btree (case_id) WHERE (ended_at IS NULL);
grant delete, insert, select, update on claims to loket_app;

create table conversation_references (
  conversation_id uuid not null,
  channel text not null,
  address text not null,
  reference jsonb not null,
  unreachable_since timestamp with time zone,
  unreachable_reason text,
  updated_at timestamp with time zone not null default now(),
  constraint conversation_references_channel_address_key UNIQUE (channel, address),
  constraint conversation_references_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id),
  constraint conversation_references_pkey PRIMARY KEY (conversation_id)
);
grant delete, insert, select, update on conversation_references to loket_app;

create table conversations (
  id uuid not null,
  channel text not null,
  person_id uuid,
  secret_hash bytea,
  state jsonb not null,
  version integer not null default 0,
  intake_seq integer not null default 0,
  message_seq integer not null default 0,
  created_at timestamp with time zone not null default now(),
  active_at timestamp with time zone not null default now(),
  shared boolean not null default false,
  constraint conversations_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint conversations_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update on conversations to loket_app;

create table deliveries (
  message_id uuid not null,
  conversation_id uuid not null,
  external_id text not null,
  answered text,
  shown text,
  at timestamp with time zone not null default now(),
  constraint deliveries_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id),
  constraint deliveries_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint deliveries_pkey PRIMARY KEY (message_id)
);
CREATE INDEX deliveries_conversation ON public.deliveries USING btree (conversation_id, at);
grant delete, insert, select, update on deliveries to loket_app;

create table disruptions (
  id uuid not null,
  case_id uuid not null,
  product text,
  place text,
  title text not null,
  expected_by timestamp with time zone,
  declared_by uuid,
  declared_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  outcome text,
  announced boolean not null default true,
  constraint disruptions_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint disruptions_check CHECK (((outcome IS NULL) OR (ended_at IS NOT NULL))),
  constraint disruptions_declared_by_fkey FOREIGN KEY (declared_by) REFERENCES people(id),
  constraint disruptions_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX disruptions_running ON public.disruptions USING btree (case_id) WHERE (ended_at IS NULL);
grant delete, insert, select, update on disruptions to loket_app;

create table handler_runs (
  case_id uuid not null,
  round integer not null,
  handler text not null,
  state text not null,
  due_at timestamp with time zone not null,
  attempts integer not null default 0,
  said text,
  external_id text,
  changed_at timestamp with time zone not null,
  constraint handler_runs_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint handler_runs_pkey PRIMARY KEY (case_id, round),
  constraint handler_runs_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'recalling'::text, 'done'::text, 'failed'::text, 'stopped'::text])))
);
CREATE INDEX handler_runs_due ON public.handler_runs USING btree (case_id, round) WHERE (state = ANY (ARRAY['waiting'::text, 'recalling'::text]));
CREATE INDEX handler_runs_external ON public.handler_runs USING btree (handler, external_id) WHERE (external_id IS NOT NULL);
grant delete, insert, select, update on handler_runs to loket_app;

create table held_acts (
  case_id uuid not null,
  by_id uuid not null,
  name text not null,
  act jsonb not null,
  since timestamp with time zone not null,
  until timestamp with time zone not null,
  constraint held_acts_by_id_fkey FOREIGN KEY (by_id) REFERENCES people(id),
  constraint held_acts_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint held_acts_pkey PRIMARY KEY (case_id)
);
grant delete, insert, select, update on held_acts to loket_app;

create table identities (
  channel text not null,
  external_id text not null,
  person_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint identities_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint identities_pkey PRIMARY KEY (channel, external_id)
);
grant delete, insert, select, update on identities to loket_app;

create table intake (
  id uuid not null,
  channel text not null,
  source text not null,
  external_id text not null,
  conversation_id uuid,
  seq integer,
  payload jsonb not null,
  status text not null,
  reason text,
  attempts integer not null default 0,
  received_at timestamp with time zone not null default now(),
  done_at timestamp with time zone,
  raw text,
  constraint intake_channel_source_external_id_key UNIQUE (channel, source, external_id),
  constraint intake_pkey PRIMARY KEY (id),
  constraint intake_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'handled'::text, 'parked'::text, 'refused'::text])))
);
CREATE INDEX intake_given_up ON public.intake USING btree (status, id) WHERE (status = ANY (ARRAY['parked'::text, 'refused'::text]));
CREATE INDEX intake_pending ON public.intake USING btree (conversation_id, seq) WHERE (status = 'pending'::text);
grant delete, insert, select, update on intake to loket_app;

create table keys (
  name text not null,
  secret bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint keys_pkey PRIMARY KEY (name)
);
grant delete, insert, select, update on keys to loket_app;

create table leases (
  name text not null,
  holder text not null,
  until timestamp with time zone not null,
  constraint leases_pkey PRIMARY KEY (name)
);
grant delete, insert, select, update on leases to loket_app;

create table llm_usage (
  day date not null,
  tokens bigint not null,
  calls integer not null,
  constraint llm_usage_pkey PRIMARY KEY (day)
);
grant delete, insert, select, update on llm_usage to loket_app;

create table mail_messages (
  mail_id uuid not null,
  message_id uuid not null,
  constraint mail_messages_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES mails(id),
  constraint mail_messages_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint mail_messages_pkey PRIMARY KEY (mail_id, message_id)
);
grant delete, insert, select, update on mail_messages to loket_app;

create table mailboxes (
  name text not null,
  uid_validity bigint,
  last_uid bigint not null default 0,
  begun_at timestamp with time zone not null default now(),
  reached_at timestamp with time zone,
  error text,
  failing_since timestamp with time zone,
  constraint mailboxes_pkey PRIMARY KEY (name)
);
grant delete, insert, select, update on mailboxes to loket_app;

create table mails (
  id uuid not null,
  direction text not null,
  conversation_id uuid,
  message_id uuid,
  intake_id uuid,
  internet_message_id text,
  fingerprint bytea,
  reply_references text[] not null default '{}'::text[],
  mailbox text not null,
  from_address text,
  from_name text,
  reply_to text,
  to_addresses text[] not null default '{}'::text[],
  subject text not null,
  thread_index text,
  thread_topic text,
  raw text,
  automated text,
  trusted boolean not null default false,
  also_in text[] not null default '{}'::text[],
  forwarded_address text,
  forwarded_name text,
  at timestamp with time zone not null,
  case_id uuid,
  run_round integer,
  constraint mails_automated_check CHECK ((automated = ANY (ARRAY['auto-reply'::text, 'bounce'::text, 'list'::text, 'receipt'::text, 'own'::text]))),
  constraint mails_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint mails_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id),
  constraint mails_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint mails_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint mails_of_run CHECK ((((case_id IS NULL) = (run_round IS NULL)) AND ((case_id IS NULL) OR (conversation_id IS NULL)))),
  constraint mails_pkey PRIMARY KEY (id),
  constraint mails_run FOREIGN KEY (case_id, run_round) REFERENCES handler_runs(case_id, round)
);
CREATE INDEX mails_case ON public.mails USING btree (case_id, at) WHERE (case_id IS NOT NULL);
CREATE INDEX mails_conversation ON public.mails USING btree (conversation_id, at);
CREATE INDEX mails_from ON public.mails USING btree (lower(from_address), at) WHERE (direction = 'in'::text);
CREATE UNIQUE INDEX mails_incoming ON public.mails USING btree (fingerprint) WHERE (direction = 'in'::text);
CREATE INDEX mails_intake ON public.mails USING btree (intake_id) WHERE (intake_id IS NOT NULL);
CREATE INDEX mails_internet_message_id ON public.mails USING hash (internet_message_id);
CREATE UNIQUE INDEX mails_outgoing ON public.mails USING btree (message_id) WHERE (direction = 'out'::text);
CREATE UNIQUE INDEX mails_to_suppliers ON public.mails USING btree (internet_message_id) WHERE ((direction = 'out'::text) AND (case_id IS NOT NULL));
grant delete, insert, select, update on mails to loket_app;

create table messages (
  id uuid not null,
  conversation_id uuid not null,
  seq integer not null,
  direction text not null,
  author_id uuid,
  text text not null,
  reply json,
  intake_id uuid,
  at timestamp with time zone not null,
  edited_at timestamp with time zone,
  deleted_at timestamp with time zone,
  constraint messages_author_id_fkey FOREIGN KEY (author_id) REFERENCES people(id),
  constraint messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id),
  constraint messages_conversation_id_seq_key UNIQUE (conversation_id, seq),
  constraint messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint messages_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update on messages to loket_app;

create table models (
  id text not null,
  catalogue_version text not null,
  body bytea,
  created_at timestamp with time zone not null default now(),
  number integer not null generated always as identity,
  examples uuid[] not null default '{}'::uuid[],
  state text not null default 'live'::text,
  reason text,
  judged jsonb,
  constraint models_catalogue_version_fkey FOREIGN KEY (catalogue_version) REFERENCES catalogue_versions(version),
  constraint models_number_key UNIQUE (number),
  constraint models_pkey PRIMARY KEY (id),
  constraint models_state_check CHECK ((state = ANY (ARRAY['live'::text, 'refused'::text, 'rolled-back'::text])))
);
grant delete, insert, select, update on models to loket_app;

create table notes (
  id uuid not null,
  case_id uuid not null,
  author_id uuid,
  text text not null,
  at timestamp with time zone not null,
  handler text,
  constraint notes_author CHECK (((author_id IS NULL) <> (handler IS NULL))),
  constraint notes_author_id_fkey FOREIGN KEY (author_id) REFERENCES people(id),
  constraint notes_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint notes_pkey PRIMARY KEY (id)
);
CREATE INDEX notes_case ON public.notes USING btree (case_id, at);
grant delete, insert, select, update on notes to loket_app;

create table notices (
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  role text not null,
  team text not null,
  person_id uuid,
  address text,
  at timestamp with time zone not null,
  seen_by uuid[] not null default '{}'::uuid[],
  sent_at timestamp with time zone,
  sent_by text,
  attempts integer not null default 0,
  next_at timestamp with time zone,
  error text,
  constraint notices_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint notices_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_role_check CHECK ((role = ANY (ARRAY['worker'::text, 'team'::text, 'coordinator'::text, 'manager'::text, 'standby'::text])))
);
CREATE INDEX notices_case ON public.notices USING btree (case_id);
CREATE INDEX notices_person ON public.notices USING btree (person_id, at DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX notices_team ON public.notices USING btree (team, at DESC) WHERE (role = 'team'::text);
CREATE INDEX notices_unsent ON public.notices USING btree (next_at) WHERE ((sent_at IS NULL) AND (next_at IS NOT NULL));
grant delete, insert, select, update on notices to loket_app;

create table outbox (
  id bigint not null generated always as identity,
  kind text not null,
  conversation_id uuid,
  case_id uuid,
  message_id uuid,
  data jsonb not null default '{}'::jsonb,
  status text not null default 'pending'::text,
  attempts integer not null default 0,
  error text,
  created_at timestamp with time zone not null default now(),
  done_at timestamp with time zone,
  constraint outbox_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'ticket'::text, 'timer'::text, 'handler'::text]))),
  constraint outbox_pkey PRIMARY KEY (id),
  constraint outbox_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'projected'::text, 'delivered'::text, 'parked'::text])))
);
CREATE INDEX outbox_parked ON public.outbox USING btree (id) WHERE (status = 'parked'::text);
CREATE INDEX outbox_pending ON public.outbox USING btree (id) WHERE (status = 'pending'::text);
CREATE INDEX outbox_undelivered ON public.outbox USING btree (conversation_id, id) WHERE ((kind = 'reply'::text) AND (status = ANY (ARRAY['pending'::text, 'projected'::text])));
grant delete, insert, select, update on outbox to loket_app;

create table people (
  id uuid not null,
  name text not null,
  address text,
  verified boolean not null,
  role text,
  teams text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default now(),
  directory_id text,
  department text,
  manager text,
  deputy text,
  room text,
  phone text,
  language text,
  active boolean not null default true,
  role_by_directory boolean not null default false,
  same_as uuid,
  found_by text generated always as (lower(((((((((name || ' '::text) || COALESCE(address, ''::text)) || ' '::text) || COALESCE(room, ''::text)) || ' '::text) || COALESCE(department, ''::text)) || ' '::text) || regexp_replace(COALESCE(phone, ''::text), '[^0-9]'::text, ''::text, 'g'::text)))) stored,
  name_key text generated always as (name_key(name)) stored,
  constraint people_directory_id_key UNIQUE (directory_id),
  constraint people_language_check CHECK ((language = ANY (ARRAY['nl'::text, 'en'::text]))),
  constraint people_pkey PRIMARY KEY (id),
  constraint people_role_check CHECK ((role = ANY (ARRAY['worker'::text, 'agent'::text, 'coordinator'::text, 'manager'::text, 'admin'::text, 'auditor'::text])))
);
CREATE INDEX people_by_name ON public.people USING gin (name_key gin_trgm_ops) WHERE (active AND (directory_id IS NOT NULL));
CREATE INDEX people_by_room ON public.people USING btree (room_key(room)) WHERE (active AND (directory_id IS NOT NULL) AND (room IS NOT NULL));
CREATE INDEX people_by_whole_name ON public.people USING btree (name_key) WHERE (active AND (directory_id IS NOT NULL));
CREATE INDEX people_found ON public.people USING gin (found_by gin_trgm_ops);
CREATE INDEX people_same ON public.people USING btree (same_as) WHERE (same_as IS NOT NULL);
CREATE UNIQUE INDEX people_verified_address ON public.people USING btree (lower(address)) WHERE verified;
grant delete, insert, select, update on people to loket_app;

create table person_joins (
  id uuid not null,
  one_id uuid not null,
  other_id uuid not null,
  by_id uuid not null,
  at timestamp with time zone not null default now(),
  undone_by uuid,
  undone_at timestamp with time zone,
  constraint person_joins_by_id_fkey FOREIGN KEY (by_id) REFERENCES people(id),
  constraint person_joins_check CHECK ((one_id < other_id)),
  constraint person_joins_one_id_fkey FOREIGN KEY (one_id) REFERENCES people(id),
  constraint person_joins_other_id_fkey FOREIGN KEY (other_id) REFERENCES people(id),
  constraint person_joins_pkey PRIMARY KEY (id),
  constraint person_joins_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES people(id)
);
CREATE UNIQUE INDEX person_joins_once ON public.person_joins USING btree (one_id, other_id) WHERE (undone_at IS NULL);
CREATE INDEX person_joins_other ON public.person_joins USING btree (other_id) WHERE (undone_at IS NULL);
grant delete, insert, select, update on person_joins to loket_app;

create table product_readers (
  product text not null,
  reader text not null,
  constraint product_readers_pkey PRIMARY KEY (product, reader)
);
CREATE INDEX product_readers_reader ON public.product_readers USING btree (reader);
grant delete, insert, select, update on product_readers to loket_app;

create table rooms (
  key text not null,
  number text not null,
  building text not null,
  floor text,
  name text,
  number_key text not null,
  name_key text,
  active boolean not null default true,
  constraint rooms_pkey PRIMARY KEY (key)
);
CREATE INDEX rooms_name ON public.rooms USING btree (name_key) WHERE (active AND (name_key IS NOT NULL));
CREATE INDEX rooms_number ON public.rooms USING btree (number_key) WHERE active;
grant delete, insert, select, update on rooms to loket_app;

create table saved_views (
  id uuid not null,
  team text,
  owner_id uuid,
  name text not null,
  place text not null,
  filter jsonb not null,
  search text not null,
  ordered text not null,
  changed_at timestamp with time zone not null default now(),
  constraint saved_views_check CHECK (((team IS NULL) <> (owner_id IS NULL))),
  constraint saved_views_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES people(id),
  constraint saved_views_pkey PRIMARY KEY (id)
);
CREATE INDEX saved_views_owner ON public.saved_views USING btree (owner_id) WHERE (owner_id IS NOT NULL);
CREATE INDEX saved_views_team ON public.saved_views USING btree (team) WHERE (team IS NOT NULL);
grant delete, insert, select, update on saved_views to loket_app;

create table scim_groups (
  id uuid not null,
  display_name text not null,
  external_id text,
  created_at timestamp with time zone not null default now(),
  modified_at timestamp with time zone not null default now(),
  constraint scim_groups_pkey PRIMARY KEY (id)
);
CREATE INDEX scim_groups_created ON public.scim_groups USING btree (created_at, id);
CREATE UNIQUE INDEX scim_groups_external_id ON public.scim_groups USING btree (lower(external_id));
grant delete, insert, select, update on scim_groups to loket_app;

create table scim_members (
  group_id uuid not null,
  person_id uuid not null,
  constraint scim_members_group_id_fkey FOREIGN KEY (group_id) REFERENCES scim_groups(id) ON DELETE CASCADE,
  constraint scim_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES scim_users(person_id) ON DELETE CASCADE,
  constraint scim_members_pkey PRIMARY KEY (group_id, person_id)
);
CREATE INDEX scim_members_person ON public.scim_members USING btree (person_id);
grant delete, insert, select, update on scim_members to loket_app;

create table scim_users (
  person_id uuid not null,
  user_name text not null,
  external_id text,
  resource jsonb not null,
  created_at timestamp with time zone not null default now(),
  modified_at timestamp with time zone not null default now(),
  constraint scim_users_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint scim_users_pkey PRIMARY KEY (person_id)
);
CREATE INDEX scim_users_created ON public.scim_users USING btree (created_at, person_id);
CREATE UNIQUE INDEX scim_users_external_id ON public.scim_users USING btree (lower(external_id));
CREATE UNIQUE INDEX scim_users_user_name ON public.scim_users USING btree (lower(user_name));
grant delete, insert, select, update on scim_users to loket_app;

create table search_documents (
  case_id uuid not null,
  month integer not null,
  words tsvector not null,
  constraint search_documents_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint search_documents_pkey PRIMARY KEY (case_id)
);
CREATE INDEX search_documents_words ON public.search_documents USING gin (month, words);
grant delete, insert, select, update on search_documents to loket_app;

create table search_due (
  id bigint not null generated always as identity,
  case_id uuid not null,
  constraint search_due_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update on search_due to loket_app;

create table search_words (
  word text not null,
  constraint search_words_pkey PRIMARY KEY (word)
);
CREATE INDEX search_words_alike ON public.search_words USING gin (word gin_trgm_ops);
grant delete, insert, select, update on search_words to loket_app;

create table sends (
  id bigint not null generated always as identity,
  channel text not null,
  message_id uuid,
  recipient text,
  attempt integer not null,
  outcome text not null,
  detail text,
  at timestamp with time zone not null default now(),
  mail_id uuid,
  constraint sends_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES mails(id),
  constraint sends_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint sends_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'deferred'::text, 'refused'::text, 'bounced'::text, 'held'::text]))),
  constraint sends_pkey PRIMARY KEY (id)
);
CREATE INDEX sends_mail ON public.sends USING btree (mail_id, id) WHERE (mail_id IS NOT NULL);
CREATE INDEX sends_message ON public.sends USING btree (message_id, id);
CREATE INDEX sends_outcome ON public.sends USING btree (outcome, id);
CREATE INDEX sends_recipient ON public.sends USING btree (lower(recipient), at) WHERE (outcome = 'sent'::text);
grant delete, insert, select, update on sends to loket_app;

create table sessions (
  token_hash bytea not null,
  person_id uuid not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  carrier text not null default 'cookie'::text,
  with_role boolean not null default true,
  by_openid boolean not null default false,
  constraint sessions_carrier_check CHECK ((carrier = ANY (ARRAY['cookie'::text, 'bearer'::text]))),
  constraint sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint sessions_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX sessions_person ON public.sessions USING btree (person_id);
grant delete, insert, select, update on sessions to loket_app;

create table sign_in_links (
  token_hash bytea not null,
  person_id uuid not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint sign_in_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint sign_in_links_pkey PRIMARY KEY (token_hash)
);
grant delete, insert, select, update on sign_in_links to loket_app;

create table timers (
  case_id uuid not null,
  kind text not null,
  due timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint timers_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint timers_pkey PRIMARY KEY (case_id, kind)
);
CREATE INDEX timers_open ON public.timers USING btree (due) WHERE (done_at IS NULL);
grant delete, insert, select, update on timers to loket_app;

create table training_examples (
  id uuid not null,
  case_id uuid not null,
  event integer not null,
  text text not null,
  language text not null,
  product text,
  kind text not null,
  team text,
  was_product text,
  was_kind text not null,
  model text not null,
  by_id uuid not null,
  state text not null default 'proposed'::text,
  decided_by uuid,
  decided_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint training_examples_by_id_fkey FOREIGN KEY (by_id) REFERENCES people(id),
  constraint training_examples_case_id_event_key UNIQUE (case_id, event),
  constraint training_examples_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON DELETE CASCADE,
  constraint training_examples_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES people(id),
  constraint training_examples_pkey PRIMARY KEY (id),
  constraint training_examples_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'rejected'::text])))
);
CREATE INDEX training_examples_state ON public.training_examples USING btree (state, created_at);
grant delete, insert, select, update on training_examples to loket_app;

create table webhook_deliveries (
  id uuid not null default gen_random_uuid(),
  subscription_id uuid not null,
  case_id uuid not null,
  n integer not null,
  event text not null,
  at timestamp with time zone not null,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  due_at timestamp with time zone not null default now(),
  answer text,
  created_at timestamp with time zone not null default now(),
  done_at timestamp with time zone,
  constraint webhook_deliveries_case_id_n_fkey FOREIGN KEY (case_id, n) REFERENCES case_events(case_id, n),
  constraint webhook_deliveries_pkey PRIMARY KEY (id),
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text]))),
  constraint webhook_deliveries_subscription_id_case_id_n_key UNIQUE (subscription_id, case_id, n),
  constraint webhook_deliveries_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES webhook_subscriptions(id) ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (due_at) WHERE (state = 'pending'::text);
CREATE INDEX webhook_deliveries_log ON public.webhook_deliveries USING btree (subscription_id, created_at DESC, id DESC);
grant delete, insert, select, update on webhook_deliveries to loket_app;

create table webhook_subscriptions (
  id uuid not null,
  url text not null,
  events text[] not null,
  secret text not null,
  active boolean not null default true,
  failing_since timestamp with time zone,
  off_because text,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  constraint webhook_subscriptions_check CHECK ((active OR (off_because IS NOT NULL))),
  constraint webhook_subscriptions_created_by_fkey FOREIGN KEY (created_by) REFERENCES people(id),
  constraint webhook_subscriptions_events_check CHECK ((cardinality(events) > 0)),
  constraint webhook_subscriptions_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update on webhook_subscriptions to loket_app;

create table work_profiles (
  person_id uuid not null,
  skills text[] not null default '{}'::text[],
  places text[] not null default '{}'::text[],
  products text[] not null default '{}'::text[],
  most integer,
  changed_at timestamp with time zone not null default now(),
  changed_by uuid,
  constraint work_profiles_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES people(id),
  constraint work_profiles_most_check CHECK (((most >= 1) AND (most <= 99))),
  constraint work_profiles_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint work_profiles_pkey PRIMARY KEY (person_id)
);
grant delete, insert, select, update on work_profiles to loket_app;

-- function commit_turns(batch jsonb) returns SETOF json, plpgsql, volatile
-- function delivery_views(batch jsonb, p_cards integer DEFAULT 6) returns SETOF json, plpgsql, stable
-- function ensure_verified(p_id uuid, p_name text, p_address text) returns uuid, plpgsql, volatile
-- function index_for_search(p_limit integer) returns integer, plpgsql, volatile
-- function known_people(batch jsonb) returns SETOF json, plpgsql, volatile
-- function mail_thread(j jsonb) returns json, plpgsql, stable
-- function name_key(p_name text) returns text, sql, immutable
-- function receive_mail(j jsonb) returns json, plpgsql, volatile
-- function receive_messages(batch jsonb) returns SETOF json, plpgsql, volatile
-- function record_sent(batch jsonb) returns SETOF json, plpgsql, volatile
-- function room_key(p_room text) returns text, sql, immutable
-- function same_people(p_person uuid) returns SETOF uuid, sql, stable
-- function search_month(p_at timestamp with time zone) returns integer, sql, immutable
-- function search_query(p_words text[]) returns tsquery, plpgsql, stable
-- function search_vector(p_language text, p_text text) returns tsvector, sql, stable
-- function see_places(batch jsonb) returns SETOF json, plpgsql, volatile
-- function take_attachments(p_intake uuid, p_conversation uuid, p_payload jsonb) returns void, plpgsql, volatile
-- function tell_webhooks() returns trigger, plpgsql, volatile
-- function turn_views(batch jsonb, p_cases integer DEFAULT 20) returns SETOF json, plpgsql, stable
-- function webhook_event(name text) returns text, sql, immutable
