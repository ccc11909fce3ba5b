insert into saved_views (id, team, owner_id, name, place, filter, search, ordered, changed_at) values
  ('00000000-0000-7000-8000-000000003101', 'facilities', null, 'Storingen', 'team.facilities', '{"kind":"fault"}', '', 'due', now()),
  ('00000000-0000-7000-8000-000000003102', null, '00000000-0000-7000-8000-000000000002', 'Lift', 'all', '{}', 'lift', 'new', now());
