-- One or more rows in every table, as they were written at the time of this migration. Not to be changed with the code.
insert into people (id, name, address, verified, role, teams) values
  ('00000000-0000-7000-8000-000000000001', 'Sanne de Vries', 'sanne@example.org', true, null, '{}'),
  ('00000000-0000-7000-8000-000000000002', 'Anna Bakker', 'anna@example.org', true, 'worker', '{facilities}'),
  ('00000000-0000-7000-8000-000000000003', 'Iemand', 'sanne@example.org', false, null, '{}');
insert into identities (channel, external_id, person_id) values ('web', 'sanne', '00000000-0000-7000-8000-000000000001');
insert into conversations (id, channel, person_id, secret_hash, state, version, intake_seq, message_seq) values
  ('00000000-0000-7000-9000-000000000001', 'web', '00000000-0000-7000-8000-000000000001', '\x00ff', '{"language":"nl","open":[],"lastProduct":"climate"}', 2, 3, 2),
  ('00000000-0000-7000-9000-000000000002', 'web', null, null, '{"language":"en","open":[],"lastProduct":null}', 0, 0, 0);
insert into intake (id, channel, source, external_id, conversation_id, seq, payload, status, reason, attempts, done_at) values
  ('00000000-0000-7000-a000-000000000001', 'web', 'web', 'one', '00000000-0000-7000-9000-000000000001', 1, '{"text":"het is heet","answer":null}', 'handled', null, 0, now()),
  ('00000000-0000-7000-a000-000000000002', 'web', 'web', 'two', '00000000-0000-7000-9000-000000000001', 2, '{"text":"en nu?","answer":null}', 'parked', 'it broke', 5, now()),
  ('00000000-0000-7000-a000-000000000003', 'web', 'web', 'three', '00000000-0000-7000-9000-000000000001', 3, '{"text":"hallo","answer":null}', 'pending', null, 0, null),
  ('00000000-0000-7000-a000-000000000004', 'web', 'web', 'four', null, null, '{"text":"","answer":null}', 'refused', 'empty', 0, now());
insert into messages (id, conversation_id, seq, direction, author_id, text, reply, intake_id, at) values
  ('00000000-0000-7000-b000-000000000001', '00000000-0000-7000-9000-000000000001', 1, 'in', null, 'het is heet', null, '00000000-0000-7000-a000-000000000001', now()),
  ('00000000-0000-7000-b000-000000000002', '00000000-0000-7000-9000-000000000001', 2, 'out', '00000000-0000-7000-8000-000000000002', 'We komen', '{"text":"We komen"}', '00000000-0000-7000-a000-000000000001', now());
insert into cases (id, reference, conversation_id, person_id, channel, language, product, kind, team, state, round, events, title, text, values, why,
                   restricted, worker_id, opened_at, respond_by, complete_by) values
  ('00000000-0000-7000-c000-000000000001', 'SD-7K3Q-MX2P', '00000000-0000-7000-9000-000000000001', '00000000-0000-7000-8000-000000000001', 'web', 'nl', 'climate', 'fault',
   'facilities', 'claimed', 1, 3, 'Te heet', 'het is heet', '{"room":"3.14"}',
   '{"rule":"classified","confidence":0.9,"runnersUp":[],"words":[],"catalogue":"c1","model":"m1"}', false, '00000000-0000-7000-8000-000000000002', now(), now(), now());
insert into case_messages values ('00000000-0000-7000-c000-000000000001', '00000000-0000-7000-b000-000000000001');
insert into case_events (case_id, n, name, actor_kind, actor_id, at, data) values
  ('00000000-0000-7000-c000-000000000001', 1, 'opened', 'requester', null, now(), '{}'),
  ('00000000-0000-7000-c000-000000000001', 2, 'queued', 'desk', null, now(), '{"team":"facilities","round":1}'),
  ('00000000-0000-7000-c000-000000000001', 3, 'claimed', 'worker', '00000000-0000-7000-8000-000000000002', now(), '{}');
insert into claims (case_id, worker_id, claimed_at) values ('00000000-0000-7000-c000-000000000001', '00000000-0000-7000-8000-000000000002', now());
insert into notes (id, case_id, author_id, text, at) values
  ('00000000-0000-7000-d000-000000000001', '00000000-0000-7000-c000-000000000001', '00000000-0000-7000-8000-000000000002', 'sleutel bij de receptie', now());
insert into outbox (kind, conversation_id, case_id, message_id, data) values
  ('reply', '00000000-0000-7000-9000-000000000001', null, '00000000-0000-7000-b000-000000000002', '{}'),
  ('ticket', null, '00000000-0000-7000-c000-000000000001', null, '{"team":"facilities","round":1}');
insert into timers (case_id, kind, due) values ('00000000-0000-7000-c000-000000000001', 'close-when-silent', now());
insert into catalogue_versions (version, body, active) values ('c1', '{"products":[]}', true), ('c0', '{"products":[]}', false);
insert into models (id, catalogue_version, body) values ('m1', 'c1', '\x0102');
insert into budgets (key, number, name, holder, open) values ('k100200', 'K-100 200', 'Kantoor', 'Sanne de Vries', true);
insert into sign_in_links (token_hash, person_id, expires_at) values ('\x01', '00000000-0000-7000-8000-000000000002', now());
insert into sessions (token_hash, person_id, expires_at) values ('\x02', '00000000-0000-7000-8000-000000000002', now());
insert into audit (actor_id, action, subject) values ('00000000-0000-7000-8000-000000000002', 'signed-in', null);
insert into leases (name, holder, until) values ('reconcile', 'one', now());
