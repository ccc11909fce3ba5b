-- The lines of a conversation that a mail carries out: several may go as one. A bounce of it and an answer to it are about all of them.
create table mail_messages (
  mail_id uuid not null references mails,
  message_id uuid not null references messages,
  primary key (mail_id, message_id)
);
insert into mail_messages (mail_id, message_id) select id, message_id from mails where direction = 'out' and message_id is not null;
