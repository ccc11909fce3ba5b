-- By which a person is found of whom somebody writes: a name as it sounds, a room as it is written anywhere.
create function name_key(p_name text) returns text language sql immutable parallel safe strict as $$
  select regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, p_name)), '[^[:alnum:]]+', ' ', 'g')
$$;
create function room_key(p_room text) returns text language sql immutable parallel safe strict as $$
  select regexp_replace(regexp_replace(upper(p_room), '([0-9]) *- *([0-9])', '\1.\2', 'g'), '[^[:alnum:].]+', '', 'g')
$$;

alter table people add column name_key text generated always as (name_key(name)) stored;
create index people_by_name on people using gin (name_key gin_trgm_ops) where active and directory_id is not null;
create index people_by_whole_name on people (name_key) where active and directory_id is not null;
create index people_by_room on people (room_key(room)) where active and directory_id is not null and room is not null;

-- Whether somebody holds a budget.
create index budgets_holder on budgets (lower(holder)) where active;
