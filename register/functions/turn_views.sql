-- What a turn needs to know, in one look: the conversation, its oldest message that waits, and the cases it may speak of.
-- in:  the conversations; a case that must be among them (or null); the largest number of cases of each
-- out: a row for each conversation that there is, in no order: {conversation, person, intake, cases: [case + worker_name]}
-- json, not jsonb: it is written once and read once, and the rows of some twenty cases are taken apart for nothing in between.
create or replace function turn_views(p_conversations uuid[], p_case uuid default null, p_cases integer default 20)
returns table (conversation uuid, view json) language plpgsql stable as $$
begin
  return query
  select c.id, json_build_object(
    'conversation', json_build_object('id', c.id, 'channel', c.channel, 'state', c.state, 'version', c.version),
    'person', case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'address', p.address, 'verified', p.verified) end,
    'intake', (
      select json_build_object('id', i.id, 'payload', i.payload, 'attempts', i.attempts, 'external_id', i.external_id)
      from intake i where i.conversation_id = c.id and i.status = 'pending' order by i.seq limit 1),
    'cases', (
      select coalesce(json_agg(k order by k.opened_at desc, k.id), '[]')
      from (select k.*, (select w.name from people w where w.id = k.worker_id) as worker_name from cases k where k.id = any (x.ids)) k))
  from conversations c
  left join people p on p.id = c.person_id
  -- `offset 0`: found once for a conversation, not once for each row that is compared with it.
  cross join lateral (
    select array(select k.id from cases k where k.conversation_id = c.id order by k.opened_at desc limit p_cases)
        || array(select (q ->> 'case')::uuid from jsonb_array_elements(c.state -> 'open') q where q ? 'case')
        || case when p.verified then array(select k.id from cases k where k.person_id = p.id order by k.opened_at desc limit p_cases) end
        || p_case as ids
    offset 0) x
  where c.id = any (p_conversations);
end $$;
