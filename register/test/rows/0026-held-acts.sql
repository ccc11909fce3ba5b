insert into held_acts (case_id, by_id, name, act, since, until) values
  ('00000000-0000-7000-c000-000000000001', '00000000-0000-7000-8000-000000000002', 'Anna', '{"action":"reply","text":"Ik kom zo."}', now(), now());
