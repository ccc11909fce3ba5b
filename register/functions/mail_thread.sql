-- What a mail may be an answer to.
-- in:  {ids: Message-IDs that it refers to, conversation: from a reply token or null, reference: of a case or null, address: the sender's or null}
-- out: {mails: [{id, direction, conversation, subject, thread_topic, cases: [id]}], conversations: [{id, channel, person: {id, name, address, verified}|null}],
--       cases: [{id, reference, conversation, state}], one for each of these conversations in which it was opened or is spoken of, sender: the verified person with that address, or null}
create or replace function mail_thread(j jsonb)
returns json language plpgsql stable as $$
declare
  found_mails json;
  wanted uuid[];
  named cases;
  sender people;
begin
  select json_agg(json_build_object('id', m.internet_message_id, 'direction', m.direction, 'conversation', m.conversation_id, 'subject', m.subject,
           'topic', m.thread_topic, 'message', m.message_id,
           'cases', coalesce((select json_agg(distinct l.case_id) from case_messages l
                              where l.message_id in (select c.message_id from mail_messages c where c.mail_id = m.id
                                                     union all
                                                     select s.id from messages s where m.intake_id is not null and s.conversation_id = m.conversation_id
                                                       and s.intake_id = m.intake_id and s.direction = 'in')), '[]'))
           order by m.at desc),
         array_agg(distinct m.conversation_id)
  into found_mails, wanted
  from mails m
  where m.internet_message_id in (select jsonb_array_elements_text(j -> 'ids')) and m.conversation_id is not null;
  if j ->> 'reference' is not null then
    select * into named from cases where reference = j ->> 'reference';
    wanted := wanted || named.conversation_id || named.spoken_in;
  end if;
  wanted := array_append(wanted, (j ->> 'conversation')::uuid);
  if j ->> 'address' is not null then
    select * into sender from people where verified and lower(address) = lower(j ->> 'address');
  end if;
  return json_build_object(
    'mails', coalesce(found_mails, '[]'),
    'conversations', coalesce((
      select json_agg(json_build_object('id', c.id, 'channel', c.channel,
        'person', case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'address', p.address, 'verified', p.verified) end))
      from conversations c left join people p on p.id = c.person_id where c.id = any (wanted)), '[]'),
    'cases', coalesce((
      select json_agg(json_build_object('id', k.id, 'reference', k.reference, 'conversation', v.id, 'state', k.state) order by k.opened_at desc)
      from (select * from cases where conversation_id = any (wanted) or spoken_in = any (wanted) order by opened_at desc limit 50) k
      join conversations v on v.id in (k.conversation_id, k.spoken_in) and v.id = any (wanted)), '[]'),
    'named', named.id,
    'sender', sender.id);
end $$;
