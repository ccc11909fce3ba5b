-- Writes down that a channel has taken messages on, each group as one of its own: what carries them, the line of the send log, and that nothing of
-- them waits. With it the showing of something else on earlier ones is claimed: of several that see the same need, one does it.
-- in:  [{channel, conversation, messages, externalId, shown, recipient, attempt, cards: [{externalId, was, shown}]}]
-- out: for each, in their order: which of `cards` (externalId) are the caller's to change: those that still show what they did
create or replace function record_sent(batch jsonb)
returns setof json language plpgsql
-- A batch is short, whatever the planner thinks of a list in JSON: each row is looked up by its index, not by reading a table.
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
begin
  insert into sends (channel, message_id, recipient, attempt, outcome)
  select s ->> 'channel', (s #>> '{messages,0}')::uuid, s ->> 'recipient', (s ->> 'attempt')::integer, 'sent' from jsonb_array_elements(batch) s;

  -- Of the same message only the first counts.
  insert into deliveries (message_id, conversation_id, external_id, shown)
  select m::uuid, (s ->> 'conversation')::uuid, s ->> 'externalId', s ->> 'shown'
  from jsonb_array_elements(batch) s, jsonb_array_elements_text(s -> 'messages') m
  on conflict do nothing;

  update outbox o set status = 'delivered', done_at = now(), error = null
  from jsonb_array_elements(batch) s, jsonb_array_elements_text(s -> 'messages') m
  where o.conversation_id = (s ->> 'conversation')::uuid and o.message_id = m::uuid and o.kind = 'reply' and o.status in ('pending', 'projected');

  return query
  with changed as (
    update deliveries d set shown = k ->> 'shown'
    from jsonb_array_elements(batch) s, jsonb_array_elements(s -> 'cards') k
    where d.conversation_id = (s ->> 'conversation')::uuid and d.external_id = k ->> 'externalId' and d.shown is not distinct from k ->> 'was'
    returning d.conversation_id, d.external_id
  )
  select coalesce((select json_agg(distinct external_id) from changed where conversation_id = (s ->> 'conversation')::uuid), '[]')
  from jsonb_array_elements(batch) with ordinality e(s, n)
  order by n;
end $$;
