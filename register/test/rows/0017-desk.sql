insert into call_backs (message_id, conversation_id, case_id, pressing)
  select m.id, m.conversation_id, null, true from messages m where m.direction = 'out' order by m.id limit 1;
insert into person_joins (id, one_id, other_id, by_id) values
  ('00000000-0000-7000-f000-000000000017', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000002');
update people set same_as = '00000000-0000-7000-8000-000000000001'
  where id in ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000003');
