-- Takes one mail in, exactly once per mailbox and once as a question, in one transaction: ledger, mail, person and conversation.
-- in:  {mailbox, fingerprint: hex, source_fingerprint: hex, intake, mail: {id, internet_message_id, reply_references, from_address, from_name, reply_to, to_addresses, subject,
--       thread_index, thread_topic, raw, automated, trusted, forwarded_address, forwarded_name, at},
--       conversation: id|null (null: recorded only), reason: text|null, state: of a new conversation, or null for one that is there,
--       person: {id, name, address|null}|null: of a new conversation, or somebody else who writes in one that is there; payload}
-- out: {kind: 'taken', intake, conversation, view} or {kind: 'recorded', intake}
--      or {kind: 'elsewhere', intake, mailbox}: the same mail came by another mailbox of the desk
--      or {kind: 'known', intake, status, conversation}: this mailbox had it before
create or replace function receive_mail(j jsonb)
returns json language plpgsql as $$
declare
  p_intake uuid := (j ->> 'intake')::uuid;
  p_conversation uuid := (j ->> 'conversation')::uuid;
  p_print bytea := decode(j ->> 'fingerprint', 'hex');
  p_mail jsonb := j -> 'mail';
  known intake;
  first_mailbox text;
  p_person uuid;
  place integer;
begin
  -- What was set aside is tried again when it is put back into the mailbox, and then stands here as what it became; what could not be
  -- read is known by its bytes.
  delete from intake where channel = 'email' and source = j ->> 'mailbox' and external_id in (j ->> 'fingerprint', j ->> 'source_fingerprint')
    and status = 'parked' and conversation_id is null;
  insert into intake (id, channel, source, external_id, payload, status, reason, raw, done_at)
  values (p_intake, 'email', j ->> 'mailbox', j ->> 'fingerprint', j -> 'payload', case when p_conversation is null then 'handled' else 'pending' end,
          j ->> 'reason', p_mail ->> 'raw', case when p_conversation is null then now() end)
  on conflict (channel, source, external_id) do nothing;
  if not found then
    select * into known from intake where channel = 'email' and source = j ->> 'mailbox' and external_id = j ->> 'fingerprint';
    return json_build_object('kind', 'known', 'intake', known.id, 'status', known.status, 'conversation', known.conversation_id);
  end if;

  if p_conversation is not null and j -> 'person' <> 'null' then
    if (p_mail ->> 'trusted')::boolean and j #>> '{person,address}' is not null then
      insert into people (id, name, address, verified)
      values ((j #>> '{person,id}')::uuid, j #>> '{person,name}', j #>> '{person,address}', true)
      on conflict (lower(address)) where verified do update set address = people.address
      returning id into p_person;
      insert into identities (channel, external_id, person_id) values ('email', lower(j #>> '{person,address}'), p_person)
      on conflict do nothing;
    else
      insert into people (id, name, address, verified)
      values ((j #>> '{person,id}')::uuid, j #>> '{person,name}', j #>> '{person,address}', false)
      returning id into p_person;
    end if;
    if j -> 'state' <> 'null' then
      insert into conversations (id, channel, person_id, state) values (p_conversation, 'email', p_person, j -> 'state');
    end if;
  end if;

  insert into mails (id, direction, conversation_id, intake_id, internet_message_id, fingerprint, reply_references, mailbox, from_address, from_name,
                     reply_to, to_addresses, subject, thread_index, thread_topic, raw, automated, trusted, forwarded_address, forwarded_name, at)
  select m.id, 'in', p_conversation, p_intake, m.internet_message_id, p_print, m.reply_references, j ->> 'mailbox', m.from_address, m.from_name,
         m.reply_to, m.to_addresses, m.subject, m.thread_index, m.thread_topic, m.raw, m.automated, m.trusted, m.forwarded_address, m.forwarded_name, m.at
  from jsonb_populate_record(null::mails, p_mail) m
  on conflict (fingerprint) where direction = 'in' do nothing;
  if not found then
    update mails set also_in = array_append(also_in, j ->> 'mailbox')
    where fingerprint = p_print and direction = 'in' and mailbox <> j ->> 'mailbox' and not (also_in @> array[j ->> 'mailbox'])
    returning mailbox into first_mailbox;
    update intake set status = 'handled', done_at = now(), reason = 'came by ' || coalesce(first_mailbox, 'another mailbox') || ' too'
    where id = p_intake;
    -- The conversation made above has nothing in it.
    if p_person is not null then
      delete from conversations where id = p_conversation and j -> 'state' <> 'null';
      delete from people where id = (j #>> '{person,id}')::uuid
        and not exists (select 1 from identities where person_id = (j #>> '{person,id}')::uuid);
    end if;
    return json_build_object('kind', 'elsewhere', 'intake', p_intake, 'mailbox', first_mailbox);
  end if;
  if p_conversation is null then return json_build_object('kind', 'recorded', 'intake', p_intake); end if;

  update conversations set intake_seq = intake_seq + 1 where id = p_conversation returning intake_seq into place;
  update intake set conversation_id = p_conversation, seq = place,
    payload = case when j -> 'state' = 'null' and p_person is not null then jsonb_set(payload, '{sender,person}', to_jsonb(p_person)) else payload end
  where id = p_intake;
  perform take_attachments(p_intake, p_conversation, j -> 'payload');
  return json_build_object('kind', 'taken', 'intake', p_intake, 'conversation', p_conversation,
                           'view', (select v from turn_views(jsonb_build_array(jsonb_build_object('conversation', p_conversation))) v));
end $$;
