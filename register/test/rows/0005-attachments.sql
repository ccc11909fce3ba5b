-- What came with a message, and one that nobody has sent.
insert into attachments (id, key, conversation_id, intake_id, message_id, name, type, size, sha256, state)
select '00000000-0000-7000-9000-000000000501', '00000000000000000000000000000501', m.conversation_id, m.intake_id, m.id, 'lekkage.jpg', 'image/jpeg', 3, '\x00'::bytea, 'clean'
from messages m order by m.id limit 1;
insert into attachments (id, key, conversation_id, name, type)
values ('00000000-0000-7000-9000-000000000502', '00000000000000000000000000000502', '00000000-0000-7000-9000-000000000001', 'offerte.pdf', 'application/pdf');
