insert into canned_texts (id, team, owner_id, name, text, changed_at) values
  ('00000000-0000-7000-8000-000000002701', 'facilities', null, 'Onderweg', 'Ik kom vandaag langs.', now()),
  ('00000000-0000-7000-8000-000000002702', null, '00000000-0000-7000-8000-000000000002', 'Groet', 'Groet, Anna', now());
