-- Binds the files that a message names to its arrival: from then on they are the message's, and not swept away with what was never sent.
-- in:  the arrival, its conversation (may be null), its payload ({attachments: [id]}, or without)
-- Files of another conversation, of a worker, or of another message stay whose they are.
create or replace function take_attachments(p_intake uuid, p_conversation uuid, p_payload jsonb)
returns void language plpgsql as $$
begin
  if not p_payload ? 'attachments' then return; end if;
  update attachments set intake_id = p_intake, conversation_id = coalesce(conversation_id, p_conversation)
  where id in (select (t #>> '{}')::uuid from jsonb_array_elements(p_payload -> 'attachments') t)
    and intake_id is null and message_id is null and note_id is null and author_id is null
    and (conversation_id is null or conversation_id = p_conversation);
end $$;
