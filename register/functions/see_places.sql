-- The conversations at places of a channel, begun where they are new; their reference is the newest, and they count as reachable again.
-- in:  [{id, channel, address, shared, language, data, person, identity}]: the id is for a new conversation; without a person it is who has the identity
-- out: for each, in their order: {person, conversation, begun}; null where nobody has the identity
create or replace function see_places(batch jsonb) returns setof json language plpgsql as $$
declare
  it record;
  who uuid;
  known uuid;
  seen json[] := '{}';
begin
  -- In the order of the addresses, so that nobody waits in a ring.
  for it in select v, n from jsonb_array_elements(batch) with ordinality e(v, n) order by v ->> 'channel', v ->> 'address', n loop
    who := coalesce((it.v ->> 'person')::uuid,
                    (select person_id from identities where channel = it.v ->> 'channel' and external_id = it.v ->> 'identity'));
    continue when who is null;
    for attempt in 1..2 loop
      update conversation_references set reference = it.v -> 'data', unreachable_since = null, unreachable_reason = null, updated_at = now()
      where channel = it.v ->> 'channel' and address = it.v ->> 'address' returning conversation_id into known;
      exit when known is not null or attempt = 2;
      -- Nobody else begins it meanwhile; who had this lock before may have.
      perform pg_advisory_xact_lock(hashtextextended('place ' || (it.v ->> 'channel') || ' ' || (it.v ->> 'address'), 0));
    end loop;
    if known is null then
      insert into conversations (id, channel, person_id, secret_hash, state, shared)
      values ((it.v ->> 'id')::uuid, it.v ->> 'channel', who, null,
              jsonb_build_object('language', it.v ->> 'language', 'open', '[]'::jsonb, 'lastProduct', null), (it.v ->> 'shared')::boolean);
      insert into conversation_references (conversation_id, channel, address, reference)
      values ((it.v ->> 'id')::uuid, it.v ->> 'channel', it.v ->> 'address', it.v -> 'data');
    end if;
    seen[it.n] := json_build_object('person', who, 'conversation', coalesce(known, (it.v ->> 'id')::uuid), 'begun', known is null);
  end loop;
  return query select seen[n] from generate_series(1, jsonb_array_length(batch)) n;
end $$;
