-- Rows as they were written at the time of this migration. Not to be changed with the code.
insert into intake (id, channel, source, external_id, conversation_id, seq, payload, status, reason, attempts, done_at, raw) values
  ('00000000-0000-7000-a000-000000000005', 'email', 'servicedesk', 'a1b2', '00000000-0000-7000-9000-000000000002', 1, '{"text":"de lift staat stil","answer":null}', 'handled', null, 0, now(), 'a1/b2');
insert into messages (id, conversation_id, seq, direction, author_id, text, reply, intake_id, at) values
  ('00000000-0000-7000-b000-000000000003', '00000000-0000-7000-9000-000000000002', 1, 'in', null, 'de lift staat stil', null, '00000000-0000-7000-a000-000000000005', now()),
  ('00000000-0000-7000-b000-000000000004', '00000000-0000-7000-9000-000000000002', 2, 'out', null, 'Ik heb het gemeld', '{"text":"Ik heb het gemeld"}', null, now());
insert into mails (id, direction, conversation_id, message_id, intake_id, internet_message_id, fingerprint, reply_references, mailbox, from_address, from_name,
                   reply_to, to_addresses, subject, thread_index, thread_topic, raw, automated, trusted, also_in, forwarded_address, forwarded_name, at) values
  ('00000000-0000-7000-e000-000000000001', 'in', '00000000-0000-7000-9000-000000000002', null, '00000000-0000-7000-a000-000000000005', 'one@example.org', '\x01', '{}',
   'servicedesk', 'sanne@example.org', 'Sanne de Vries', null, '{desk@example.org}', 'Lift', 'AdABC', 'Lift', 'a1/b2', null, true, '{ict}', 'ben@example.org', 'Ben Vos', now()),
  ('00000000-0000-7000-e000-000000000002', 'out', '00000000-0000-7000-9000-000000000002', '00000000-0000-7000-b000-000000000004', null, 'two@desk.example.org', null,
   '{one@example.org}', 'servicedesk', 'desk@example.org', 'Servicedesk', null, '{sanne@example.org}', 'Re: Lift', null, null, null, null, true, '{}', null, null, now()),
  ('00000000-0000-7000-e000-000000000003', 'in', null, null, null, null, '\x02', '{}',
   'servicedesk', null, null, null, '{}', '', null, null, null, 'bounce', false, '{}', null, null, now());
insert into mailboxes (name, uid_validity, last_uid, reached_at, error, failing_since) values ('servicedesk', 1700000000, 42, now(), 'the server is away', now());
insert into sends (channel, message_id, recipient, attempt, outcome, detail) values
  ('email', '00000000-0000-7000-b000-000000000004', 'sanne@example.org', 1, 'sent', '250 2.0.0 Ok: queued');
