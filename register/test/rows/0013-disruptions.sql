insert into disruptions (id, case_id, product, place, title, declared_by, declared_at)
  select '00000000-0000-7000-e000-000000000013', id, 'lifts', 'lift B', 'Lift B staat stil', '00000000-0000-7000-8000-000000000002', now() from cases limit 1;
