update cases set priority = 'high', expected_by = now();
insert into notices (id, case_id, kind, role, team, person_id, address, at, next_at)
select '00000000-0000-7000-f000-000000000001', c.id, 'complete-late', 'coordinator', c.team, null, 'coordinator@example.org', now(), now() from cases c limit 1;
