-- Rows as they were written at the time of this migration. Not to be changed with the code.
insert into people (id, name, address, verified, role, teams, directory_id, department, manager, deputy, room, phone, language, active) values
  ('00000000-0000-7000-8000-000000000004', 'Ans Vos', 'ans@example.org', true, null, '{}', 'D-1', 'Burgerzaken', 'D-2', 'D-3', '3.14', '1100', 'nl', true),
  ('00000000-0000-7000-8000-000000000005', 'Ben Vos', null, false, null, '{}', 'D-2', null, null, null, null, null, null, false);
insert into budgets (key, number, name, holder, open, "limit", active, source) values ('k500', 'K-500', 'Ruimte', 'Ben Vos', true, 1500.50, true, 'list');
