-- Rows as they were written at the time of this migration. Not to be changed with the code.
insert into sessions (token_hash, person_id, expires_at, carrier, with_role) values ('\x03', '00000000-0000-7000-8000-000000000002', now(), 'bearer', false);
