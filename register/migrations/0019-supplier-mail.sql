-- Mail to and from a supplier is about a run of its handler and stands in no conversation: the requester is not in it.
alter table mails
  add column case_id uuid references cases,
  add column run_round integer,
  add constraint mails_run foreign key (case_id, run_round) references handler_runs,
  add constraint mails_of_run check ((case_id is null) = (run_round is null) and (case_id is null or conversation_id is null));
create index mails_case on mails (case_id, at) where case_id is not null;
create unique index mails_to_suppliers on mails (internet_message_id) where direction = 'out' and case_id is not null;

-- An attempt to send a mail that carries no line of a conversation.
alter table sends add column mail_id uuid references mails;
create index sends_mail on sends (mail_id, id) where mail_id is not null;
create index sends_outcome on sends (outcome, id);
