-- The person with this verified address, made when there is none.
create or replace function ensure_verified(p_id uuid, p_name text, p_address text) returns uuid language plpgsql as $$
declare
  found_id uuid;
begin
  loop
    select id into found_id from people where verified and lower(address) = lower(p_address);
    if found_id is not null then return found_id; end if;
    insert into people (id, name, address, verified, role) values (p_id, p_name, p_address, true, null) on conflict do nothing returning id into found_id;
    if found_id is not null then return found_id; end if;
    -- Somebody else made them meanwhile: the next look sees it.
  end loop;
end $$;

-- The people behind identities; made when new, joined to the one with the same directory id or verified address.
-- in:  [{id, channel, externalId, name, address, directoryId}]: the id is for somebody new
-- out: the ids, in their order
create or replace function known_people(batch jsonb) returns setof json language plpgsql as $$
declare
  it jsonb;
  found_id uuid;
begin
  -- One by one: two of a batch may be the same person. All locks first and in an order, so that nobody waits in a ring.
  perform pg_advisory_xact_lock(key) from (
    select distinct hashtextextended('person ' || (v ->> 'channel') || ' ' || (v ->> 'externalId'), 0) as key from jsonb_array_elements(batch) v order by 1) k;
  for it in select * from jsonb_array_elements(batch) loop
    select person_id into found_id from identities where channel = it ->> 'channel' and external_id = it ->> 'externalId';
    if found_id is null then
      select id into found_id from people where directory_id = it ->> 'directoryId';
      found_id := coalesce(found_id, ensure_verified((it ->> 'id')::uuid, it ->> 'name', it ->> 'address'));
      insert into identities (channel, external_id, person_id) values (it ->> 'channel', it ->> 'externalId', found_id);
    end if;
    return next to_json(found_id);
  end loop;
end $$;
