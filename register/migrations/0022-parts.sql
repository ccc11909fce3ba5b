-- Cases that are done in parts: each part is a case of its own team.
alter table cases add column divided boolean not null default false;
alter table cases add column part_of uuid references cases;
-- Which part of its product's template it is, and the parts that must be ready before it.
alter table cases add column part_id text;
alter table cases add column part_after text[];
alter table cases add check ((part_of is null) = (part_id is null) and (part_of is null) = (part_after is null));
create index cases_part_of on cases (part_of, id) where part_of is not null;
