-- What a turn needs to know, in one look: the conversation, its oldest message that waits, and the cases it may speak of.
-- in:  the conversation; a case that must be among them (or null); the largest number of cases
-- out: {conversation, person, intake, cases: [case + worker_name]}; null when there is no such conversation
create or replace function next_turn(p_conversation uuid, p_case uuid default null, p_cases integer default 20)
returns jsonb language sql stable as $$
  select jsonb_build_object(
    'conversation', jsonb_build_object('id', c.id, 'channel', c.channel, 'state', c.state, 'version', c.version),
    'person', (select jsonb_build_object('id', p.id, 'name', p.name, 'address', p.address, 'verified', p.verified) from people p where p.id = c.person_id),
    'intake', (select jsonb_build_object('id', i.id, 'payload', i.payload, 'attempts', i.attempts, 'external_id', i.external_id)
               from intake i where i.conversation_id = c.id and i.status = 'pending' order by i.seq limit 1),
    'cases', coalesce((
      select jsonb_agg(to_jsonb(k) || jsonb_build_object('worker_name', w.name) order by k.opened_at desc, k.id)
      from (
        (select * from cases where conversation_id = c.id order by opened_at desc limit p_cases)
        union
        (select k.* from people p join cases k on k.person_id = p.id where p.id = c.person_id and p.verified order by k.opened_at desc limit p_cases)
        union
        select * from cases where id in (
          select (q ->> 'case')::uuid from jsonb_array_elements(c.state -> 'open') q where q ? 'case')
        union
        select * from cases where id = p_case
      ) k left join people w on w.id = k.worker_id), '[]')
  )
  from conversations c where c.id = p_conversation
$$;
