-- Stores one message in the intake ledger, exactly once, with its place in the conversation.
-- in:  channel, source and external id (together unique: what makes two deliveries one message), the id to give it, the conversation, the payload
-- out: {id, status, duplicate, view}: the view is what `next_turn` says, where the message is new; who takes the turn at once needs no second trip for it
do $$ begin
  -- `create or replace` does not change what a function returns; it was jsonb once.
  if exists (select from pg_proc where oid = to_regprocedure('receive(text, text, text, uuid, uuid, jsonb)') and prorettype = 'jsonb'::regtype) then
    drop function receive(text, text, text, uuid, uuid, jsonb);
  end if;
end $$;
create or replace function receive(p_channel text, p_source text, p_external text, p_id uuid, p_conversation uuid, p_payload jsonb)
returns json language plpgsql as $$
declare
  existing intake;
  place integer;
begin
  -- The conversation's row lock puts messages of one moment in an order, and makes the look below sure.
  update conversations set intake_seq = intake_seq + 1 where id = p_conversation returning intake_seq into place;
  insert into intake (id, channel, source, external_id, conversation_id, seq, payload, status)
  values (p_id, p_channel, p_source, p_external, p_conversation, place, p_payload, 'pending')
  on conflict (channel, source, external_id) do nothing;
  if found then
    return json_build_object('id', p_id, 'status', 'pending', 'duplicate', false, 'view', next_turn(p_conversation));
  end if;
  select * into existing from intake where channel = p_channel and source = p_source and external_id = p_external;
  return json_build_object('id', existing.id, 'status', existing.status, 'duplicate', true, 'view', null);
end $$;
