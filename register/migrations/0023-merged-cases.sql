-- Cases that ask the same are gathered as the reports of a disruption are, but nobody else is told of it.
alter table disruptions add column announced boolean not null default true;
alter table disruptions alter column product drop not null;
