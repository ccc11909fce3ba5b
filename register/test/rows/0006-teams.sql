-- Rows as they were written at the time of this migration. Not to be changed with the code.
insert into conversations (id, channel, person_id, secret_hash, state, version, intake_seq, message_seq, shared) values
  ('00000000-0000-7000-9000-000000000006', 'teams', '00000000-0000-7000-8000-000000000001', null, '{"language":"nl","open":[],"lastProduct":null}', 1, 1, 1, true);
insert into conversation_references (conversation_id, channel, address, reference, unreachable_since, unreachable_reason) values
  ('00000000-0000-7000-9000-000000000006', 'teams', '19:a@thread.v2 29:b', '{"serviceUrl":"https://smba.example.org/emea/"}', now(), '403 ConversationBlockedByUser');
insert into messages (id, conversation_id, seq, direction, author_id, text, reply, intake_id, at, edited_at, deleted_at) values
  ('00000000-0000-7000-b000-000000000006', '00000000-0000-7000-9000-000000000006', 1, 'out', null, 'Hallo', '{"text":"Hallo"}', null, now(), now(), null);
insert into deliveries (message_id, conversation_id, external_id, answered, shown) values
  ('00000000-0000-7000-b000-000000000006', '00000000-0000-7000-9000-000000000006', '1732500000000', 'Klopt', 'hash');
