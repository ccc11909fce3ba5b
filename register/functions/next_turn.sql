-- What a turn needs to know, in one look: the conversation, its oldest message that waits, and the cases it may speak of.
-- in:  the conversation; a case that must be among them (or null); the largest number of cases
-- out: {conversation, person, intake, cases: [case + worker_name]}; null when there is no such conversation
-- json, not jsonb: it is written once and read once, and the rows of some twenty cases are taken apart for nothing in between.
do $$ begin
  -- `create or replace` does not change what a function returns; it was jsonb once.
  if exists (select from pg_proc where oid = to_regprocedure('next_turn(uuid, uuid, integer)') and prorettype = 'jsonb'::regtype) then
    drop function next_turn(uuid, uuid, integer);
  end if;
end $$;
create or replace function next_turn(p_conversation uuid, p_case uuid default null, p_cases integer default 20)
returns json language plpgsql stable as $$
declare
  c conversations;
  p people;
  p_intake jsonb;
  ids uuid[];
  found_cases json;
begin
  select * into c from conversations where id = p_conversation;
  if not found then return null; end if;
  if c.person_id is not null then select * into p from people where id = c.person_id; end if;
  select jsonb_build_object('id', i.id, 'payload', i.payload, 'attempts', i.attempts, 'external_id', i.external_id) into p_intake
  from intake i where i.conversation_id = p_conversation and i.status = 'pending' order by i.seq limit 1;
  ids := array(select id from cases where conversation_id = p_conversation order by opened_at desc limit p_cases)
      || array(select (q ->> 'case')::uuid from jsonb_array_elements(c.state -> 'open') q where q ? 'case') || p_case;
  if p.verified then
    ids := ids || array(select id from cases where person_id = p.id order by opened_at desc limit p_cases);
  end if;
  select json_agg(k order by k.opened_at desc, k.id) into found_cases
  from (select k.*, w.name as worker_name from cases k left join people w on w.id = k.worker_id where k.id = any (ids)) k;
  return json_build_object(
    'conversation', json_build_object('id', c.id, 'channel', c.channel, 'state', c.state, 'version', c.version),
    'person', case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'address', p.address, 'verified', p.verified) end,
    'intake', p_intake,
    'cases', coalesce(found_cases, '[]'));
end $$;
