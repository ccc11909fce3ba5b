insert into people (id, name, address, verified, directory_id) values ('00000000-0000-7000-8000-000000000032', 'Fleur de Wit', 'fleur@example.org', true, 'oid-32');
insert into scim_users (person_id, user_name, external_id, resource) values
  ('00000000-0000-7000-8000-000000000032', 'fleur@example.org', 'oid-32', '{"userName": "fleur@example.org"}');
insert into scim_groups (id, display_name) values ('00000000-0000-7000-8000-000000000033', 'gebouw');
insert into scim_members values ('00000000-0000-7000-8000-000000000033', '00000000-0000-7000-8000-000000000032');
