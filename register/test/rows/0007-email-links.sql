-- Rows as they were written at the time of this migration. Not to be changed with the code.
insert into keys (name, secret) values ('test', '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
