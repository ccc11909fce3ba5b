-- Where the requester of a case last wrote about it, when that is another conversation than the one in which it was opened.
alter table cases add column spoken_in uuid references conversations;
create index cases_spoken_in on cases (spoken_in, opened_at desc) where spoken_in is not null;
