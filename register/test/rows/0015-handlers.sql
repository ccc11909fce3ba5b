insert into handler_runs (case_id, round, handler, state, due_at, attempts, said, external_id, changed_at)
select id, 1, 'fmis', 'sent', now(), 1, '201 Created', 'W-1001', now() from cases limit 1;
