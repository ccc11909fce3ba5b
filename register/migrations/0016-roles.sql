-- All roles of the desk. Those who had one keep it.
alter table people drop constraint people_role_check;
alter table people add constraint people_role_check check (role in ('worker', 'agent', 'coordinator', 'manager', 'admin', 'auditor'));

-- Who alone may read the cases of a product, as the catalogue in force says: addresses, `team:hr`, `role:manager`; in small letters.
create table product_readers (
  product text not null,
  reader text not null,
  primary key (product, reader)
);
create index product_readers_reader on product_readers (reader);
insert into product_readers (product, reader)
select distinct p ->> 'id', lower(r)
from catalogue_versions v, jsonb_array_elements(v.body -> 'products') p, jsonb_array_elements_text(p -> 'readers') r
where v.active;

create index audit_subject on audit (subject, id);

-- Sign-in by the organisation's OpenID provider: a role that its groups gave, its groups take away; such a session ends there too.
alter table people add column role_by_directory boolean not null default false;
alter table sessions add column by_openid boolean not null default false;
