-- What a turn needs to know, in one look: the conversation, its oldest message that waits, and the cases it may speak of.
-- in:  [{conversation} or {case, claimant}: where its requester last wrote about it, and the case among the cases]; the largest number of cases of each
-- out: for each, in their order: {conversation, person, intake, cases: [case + worker_name + history + held], claimant}, null where there is no such conversation or case
-- history: the events of a case whose clock may begin again (it waits, is ready or was closed lately, is or has a part, or was asked for), else null
-- A part is looked at in its whole's conversation; a case in view brings its whole and all its parts along.
-- held: what is held of the case that was asked for
-- claimant: who would claim it: {id, skills, most, holds, reads}; he reads what has no named readers, or is one of them
-- json, not jsonb: it is written once and read once, and the rows of some twenty cases are taken apart for nothing in between.
create or replace function turn_views(batch jsonb, p_cases integer default 20)
returns setof json language plpgsql stable
-- A batch is short, whatever the planner thinks of a list in JSON: each row is looked up by its index, not by reading a table.
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
begin
  return query
  select case when c.id is not null then json_build_object(
    'conversation', json_build_object('id', c.id, 'channel', c.channel, 'state', c.state, 'version', c.version),
    'person', case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'address', p.address, 'verified', p.verified, 'department', p.department) end,
    'intake', (
      select json_build_object('id', i.id, 'payload', i.payload, 'attempts', i.attempts, 'external_id', i.external_id)
      from intake i where i.conversation_id = c.id and i.status = 'pending' order by i.seq limit 1),
    'cases', (
      select coalesce(json_agg(k order by k.opened_at desc, k.id), '[]')
      from (select k.*, (select w.name from people w where w.id = k.worker_id) as worker_name,
              case when k.id = (look ->> 'case')::uuid or k.state in ('waiting', 'ready') or k.closed_at > now() - interval '30 days' or k.divided or k.part_of is not null then
                (select json_agg(json_build_object('name', v.name, 'at', v.at, 'data', v.data) order by v.n) from case_events v where v.case_id = k.id)
              end as history,
              case when k.id = (look ->> 'case')::uuid then
                (select json_build_object('case', h.case_id, 'by', h.by_id, 'name', h.name, 'act', h.act, 'since', h.since, 'until', h.until)
                 from held_acts h where h.case_id = k.id)
              end as held
            from cases k where k.id = any (w.ids)) k),
    'claimant', case when look ? 'claimant' then (
      select json_build_object(
        'id', o.id, 'skills', coalesce(f.skills, '{}'), 'most', f.most,
        'holds', (select count(*) from (select from claims l where l.worker_id = o.id and l.ended_at is null limit 99) held),
        'reads', not exists (select from cases k join product_readers r on r.product = k.product where k.id = (look ->> 'case')::uuid and k.restricted)
          or exists (select from cases k join product_readers r on r.product = k.product where k.id = (look ->> 'case')::uuid
                     and (r.reader = 'role:' || o.role or r.reader = any (select 'team:' || t from unnest(o.teams) t) or (o.verified and r.reader = lower(o.address)))))
      from people o left join work_profiles f on f.person_id = o.id where o.id = (look ->> 'claimant')::uuid) end) end
  from jsonb_array_elements(batch) with ordinality e(look, n)
  left join conversations c
    on c.id = coalesce((look ->> 'conversation')::uuid, (
      select coalesce(w.spoken_in, w.conversation_id)
      from cases k join cases w on w.id = coalesce(k.part_of, k.id) where k.id = (look ->> 'case')::uuid))
  left join people p on p.id = c.person_id
  -- `offset 0`: found once for a conversation, not once for each row that is compared with it.
  cross join lateral (
    select array(select k.id from cases k where k.conversation_id = c.id and k.part_of is null order by k.opened_at desc limit p_cases)
        || array(select k.id from cases k where k.spoken_in = c.id and k.part_of is null order by k.opened_at desc limit p_cases)
        || array(select (q ->> 'case')::uuid from jsonb_array_elements(c.state -> 'open') q where q ? 'case')
        -- Where others read along nothing is told of what was asked elsewhere.
        || case when p.verified and not c.shared then array(select k.id from cases k where k.person_id = p.id and k.part_of is null order by k.opened_at desc limit p_cases) end
        -- Those with whom a colleague joined him are he.
        || case when p.verified and not c.shared and p.same_as is not null then array(
             select k.id from cases k where k.person_id in (select o.id from people o where o.same_as = p.same_as and o.id <> p.id) and k.part_of is null
             order by k.opened_at desc limit p_cases) end
        || (c.state -> 'takeOver' ->> 'case')::uuid
        || (look ->> 'case')::uuid as ids
    offset 0) x
  cross join lateral (
    select x.ids || wholes || array(select k.id from cases k where k.part_of = any (x.ids || wholes)) as ids
    from (select array(select k.part_of from cases k where k.id = any (x.ids) and k.part_of is not null) as wholes) o
    offset 0) w
  order by n;
end $$;
