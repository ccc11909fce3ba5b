-- Rows as they were written at the time of this migration. Not to be changed with the code.
insert into approvals (case_id, budget, amount) select id, '4410-23', 2500 from cases limit 1;
