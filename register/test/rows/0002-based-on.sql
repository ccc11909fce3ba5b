-- Rows as they were written at the time of this migration. Not to be changed with the code.
insert into catalogue_versions (version, body, active, based_on) values ('c2', '{"products":[]}', false, 'c1');
