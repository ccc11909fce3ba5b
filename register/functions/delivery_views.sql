-- What a channel needs to know before it sends into conversations whose messages can be changed afterwards, in one look.
-- in:  [{conversation, messages, references}]: those that are to go out, and the cases that they are about
-- out: for each, in their order, null where the conversation has no reference:
--      {reference, delivered: those of the messages that the channel has already, oldest: the message that waits longest, lines: what the latest cards and those of
--      these cases show, oldest first, cases: those of the references and of the lines: {reference, title, state, team, divided, handler, handler_round, respond_by, worker_name}}
create or replace function delivery_views(batch jsonb, p_cards integer default 6)
returns setof json language plpgsql stable
-- A batch is short, whatever the planner thinks of a list in JSON: each row is looked up by its index, not by reading a table.
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
begin
  return query
  select case when r.conversation_id is not null then json_build_object(
    'reference', json_build_object('conversation_id', c.id, 'person_id', c.person_id, 'shared', c.shared, 'state', c.state, 'reference', r.reference,
                                   'unreachable_since', r.unreachable_since, 'unreachable_reason', r.unreachable_reason),
    'delivered', (select coalesce(json_agg(d.message_id), '[]') from deliveries d
                  where d.message_id in (select m::uuid from jsonb_array_elements_text(look -> 'messages') m)),
    'oldest', (select o.message_id from outbox o
               where o.conversation_id = c.id and o.kind = 'reply' and o.status in ('pending', 'projected') order by o.id limit 1),
    'lines', coalesce(x.lines, '[]'),
    'cases', (
      select coalesce(json_agg(k), '[]')
      -- As much of a case as a card shows: its story, its answers and why it is what it is are most of it.
      from (select k.reference, k.title, k.state, k.team, k.divided, k.handler, k.handler_round, k.respond_by,
                   (select w.name from people w where w.id = k.worker_id) as worker_name
            from cases k
            where k.reference = any (x.cases || array(select jsonb_array_elements_text(look -> 'references')))
              and (k.conversation_id = c.id or k.spoken_in = c.id or k.person_id = c.person_id)) k)) end
  from jsonb_array_elements(batch) with ordinality e(look, n)
  left join conversation_references r on r.conversation_id = (look ->> 'conversation')::uuid
  left join conversations c on c.id = r.conversation_id
  cross join lateral (
    with recent as (
      select d.external_id, d.at, m.reply #>> '{card,reference}' as reference
      from deliveries d join messages m on m.id = d.message_id
      where d.conversation_id = c.id and (m.reply -> 'ask' is not null or m.reply -> 'card' is not null)
      order by d.at desc limit 50
    ), kept as (
      (select external_id from recent group by external_id order by max(at) desc limit p_cards)
      union select external_id from recent where reference in (select jsonb_array_elements_text(look -> 'references'))
    ), shown as (
      select d.message_id as message, m.seq, d.external_id as "externalId", coalesce(m.reply, json_build_object('text', m.text)) as reply, d.answered, d.shown,
             (select p.name from people p where p.id = m.author_id) as by
      from deliveries d join messages m on m.id = d.message_id
      where d.conversation_id = c.id and d.external_id in (select external_id from kept)
    ) select json_agg(s order by s.seq) as lines, coalesce(array_agg(distinct s.reply #>> '{card,reference}'), '{}') as cases from shown s
  ) x
  order by n;
end $$;
