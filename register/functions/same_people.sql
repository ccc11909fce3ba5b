-- Somebody, and all with whom a colleague joined him.
create or replace function same_people(p_person uuid)
returns setof uuid language sql stable as $$
  select p_person
  union
  select o.id from people p join people o on o.same_as = p.same_as where p.id = p_person
$$;
