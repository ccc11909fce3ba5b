-- Stores messages in the intake ledger, each exactly once, with its place in its conversation.
-- in:  [{channel, source, externalId, id, conversation, payload}]: channel, source and external id are together unique, which makes two deliveries one message
-- out: for each, in their order: {id, status, duplicate, view}. The view is what `turn_views` says, where the message is new: who takes the turn
--      at once needs no second trip for it
create or replace function receive_messages(batch jsonb)
returns setof json language plpgsql
-- A batch is short, whatever the planner thinks of a list in JSON: each row is looked up by its index, not by reading a table.
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
  stored uuid[];
begin
  -- (`no key`: who only writes something down about a conversation does not wait for it.)
  -- The conversation's row lock puts messages of one moment in an order, and makes the look below sure; in their order, so that nobody waits in a ring.
  perform from conversations where id in (select (a ->> 'conversation')::uuid from jsonb_array_elements(batch) a) order by id for no key update;

  with arrived as (
    select (a ->> 'id')::uuid as id, a ->> 'channel' as channel, a ->> 'source' as source, a ->> 'externalId' as external_id,
           (a ->> 'conversation')::uuid as conversation, a -> 'payload' as payload,
           row_number() over (partition by a ->> 'conversation' order by n) as place
    from jsonb_array_elements(batch) with ordinality e(a, n)
  ), counted as (
    select conversation, count(*)::integer as count from arrived group by conversation
  ), moved as (
    update conversations c set intake_seq = c.intake_seq + k.count from counted k where c.id = k.conversation
    returning c.id, c.intake_seq - k.count as before
  ), kept as (
    insert into intake (id, channel, source, external_id, conversation_id, seq, payload, status)
    select a.id, channel, source, external_id, conversation, before + place, payload, 'pending'
    from arrived a left join moved on moved.id = a.conversation
    on conflict (channel, source, external_id) do nothing
    returning id
  ) select coalesce(array_agg(id), '{}') into stored from kept;

  if batch @? '$[*].payload.attachments[*]' then
    perform take_attachments((a ->> 'id')::uuid, (a ->> 'conversation')::uuid, a -> 'payload')
    from jsonb_array_elements(batch) a where (a ->> 'id')::uuid = any (stored);
  end if;

  -- A new message is told with its conversation's view; where there are several of one conversation, with the same.
  return query
  select case when (a ->> 'id')::uuid = any (stored)
              then json_build_object('id', a ->> 'id', 'status', 'pending', 'duplicate', false, 'view', v.view)
              else (select json_build_object('id', i.id, 'status', i.status, 'duplicate', true, 'view', null) from intake i
                    where i.channel = a ->> 'channel' and i.source = a ->> 'source' and i.external_id = a ->> 'externalId') end
  from jsonb_array_elements(batch) with ordinality e(a, n)
  join rows from (turn_views(batch)) with ordinality v(view, n) using (n)
  order by n;
end $$;
