-- Carries decisions out: everything or nothing, under the conversations' row locks, and only when nobody changed a conversation since it was read.
-- in:  [{conversation, version, intake|null, at, state|null, introduce: {person, name, address}|null,
--        messages: [{id, direction, author, text, reply, intake}], links: [{case, message}], spoken: [case],
--        attached: [{id, message|note, intake}],
--        cases: [row of cases], events: [{case_id, n, name, actor_kind, actor_id, at, data}], notes: [...], timers: [{case_id, kind, due}], timers_done: [{case_id, kind}],
--        notices: [{id, case_id, kind, role, team, person_id, address}], runs: [{case_id, round, handler, state, due_at, external_id, said}],
--        claimants: [{worker_id, most}]: with what he claims here he has at most so many,
--        called_back: [id of an arrival of a handler], held: [row of held_acts], held_over: [{case_id, since}]}]
-- raises LK001 when it must be decided again
-- out: for each, in their order: {messages: [{id, seq}], outbox: [{id, kind, conversation_id, case_id, message_id, data}], more}
create or replace function commit_turns(batch jsonb)
returns setof json language plpgsql
-- A batch is short, whatever the planner thinks of a list in JSON: each row is looked up by its index, not by reading a table.
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare
  -- What each conversation's messages are counted on from.
  counted jsonb;
  handled integer;
  tickets jsonb := '{}';
begin
  insert into people (id, name, address, verified)
  select (c #>> '{introduce,person}')::uuid, c #>> '{introduce,name}', c #>> '{introduce,address}', false
  from jsonb_array_elements(batch) c where c -> 'introduce' <> 'null';

  perform from conversations where id in (select (c ->> 'conversation')::uuid from jsonb_array_elements(batch) c) order by id for no key update;
  with changed as (
    update conversations v set
      version = v.version + 1,
      state = case when c -> 'state' = 'null' then v.state else c -> 'state' end,
      person_id = coalesce((c #>> '{introduce,person}')::uuid, v.person_id),
      message_seq = v.message_seq + jsonb_array_length(c -> 'messages'),
      active_at = (c ->> 'at')::timestamptz
    from jsonb_array_elements(batch) c
    where v.id = (c ->> 'conversation')::uuid and v.version = (c ->> 'version')::integer
    returning v.id, v.message_seq - jsonb_array_length(c -> 'messages') as before
  ) select coalesce(jsonb_object_agg(id, before), '{}') into counted from changed;
  if (select count(*) from jsonb_object_keys(counted)) < jsonb_array_length(batch) then
    -- Somebody else changed one. Undo what was inserted above, and let it be decided again.
    raise exception using errcode = 'LK001', message = 'the conversation changed since it was read';
  end if;

  -- One claim of somebody at a time is counted. After the conversations, so that whoever holds this waits for no conversation.
  if batch @? '$[*].claimants[*]' then
    perform pg_advisory_xact_lock(hashtextextended('loket claims of ' || worker, 0))
    from (select distinct l ->> 'worker_id' as worker from jsonb_array_elements(batch) c, jsonb_array_elements(c -> 'claimants') l order by 1) o;
  end if;

  -- With the conversation, so that the index of what is pending is entered at one place and not read from end to end.
  update intake i set status = 'handled', done_at = (c ->> 'at')::timestamptz
  from jsonb_array_elements(batch) c
  where i.id = (c ->> 'intake')::uuid and i.conversation_id = (c ->> 'conversation')::uuid and i.status = 'pending';
  get diagnostics handled = row_count;
  if handled < (select count(*) from jsonb_array_elements(batch) c where c -> 'intake' <> 'null') then
    raise exception using errcode = 'LK001', message = 'the message was handled already';
  end if;

  insert into messages (id, conversation_id, seq, direction, author_id, text, reply, intake_id, at)
  select (m ->> 'id')::uuid, (c ->> 'conversation')::uuid, (counted ->> (c ->> 'conversation'))::integer + n, m ->> 'direction', (m ->> 'author')::uuid,
         m ->> 'text', nullif(m -> 'reply', 'null')::json, (m ->> 'intake')::uuid, (c ->> 'at')::timestamptz
  from jsonb_array_elements(batch) c, jsonb_array_elements(c -> 'messages') with ordinality e(m, n);

  if batch @? '$[*].cases[*]' then
    -- Those that wait for people are remembered here: looking them up again below would be a join of the whole table.
    with kept as (
      insert into cases (id, reference, conversation_id, person_id, channel, language, product, kind, team, state, round, events, title, text, values, why,
                         restricted, urgent, priority, disruption_id, divided, part_of, part_id, part_after, approval, handler, handler_round, worker_id, opened_at, respond_by, complete_by, expected_by, ready_at, closed_at)
      select id, reference, conversation_id, person_id, channel, language, product, kind, team, state, round, events, title, text, values, why,
             restricted, urgent, priority, disruption_id, divided, part_of, part_id, part_after, approval, handler, handler_round, worker_id, opened_at, respond_by, complete_by, expected_by, ready_at, closed_at
      from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::cases, c -> 'cases')
      on conflict (id) do update set
        person_id = excluded.person_id, product = excluded.product, kind = excluded.kind, team = excluded.team, state = excluded.state,
        round = excluded.round, events = excluded.events, title = excluded.title, values = excluded.values, why = excluded.why,
        restricted = excluded.restricted, worker_id = excluded.worker_id, respond_by = excluded.respond_by, complete_by = excluded.complete_by,
        priority = excluded.priority, disruption_id = excluded.disruption_id, divided = excluded.divided, approval = excluded.approval, handler = excluded.handler,
        handler_round = excluded.handler_round, expected_by = excluded.expected_by, ready_at = excluded.ready_at, closed_at = excluded.closed_at
      returning id, team, state, round, due, urgent
    ) select coalesce(jsonb_object_agg(id, jsonb_build_object('team', team, 'round', round, 'due', case when urgent then to_timestamp(0) else due end)), '{}')
      into tickets
    from kept where state = 'queued';

    insert into case_events (case_id, n, name, actor_kind, actor_id, at, data)
    select e.case_id, e.n, e.name, e.actor_kind, e.actor_id, e.at, e.data
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::case_events, c -> 'events') e;

    -- A claim lasts until released, moved, waiting, ready or withdrawn; it begins with claimed and goes on with resumed.
    if batch @? '$[*].events[*].name ? (@ == "released" || @ == "moved" || @ == "waiting" || @ == "ready" || @ == "withdrawn" || @ == "merged" || @ == "handed" || @ == "divided" || @ == "linked")' then
      update claims k set ended_at = e.at, ended_by = e.name
      from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::case_events, c -> 'events') e
      where k.case_id = e.case_id and k.ended_at is null and e.name in ('released', 'moved', 'waiting', 'ready', 'withdrawn', 'merged', 'handed', 'divided', 'linked');
    end if;
    if batch @? '$[*].events[*].name ? (@ == "claimed" || @ == "resumed")' then
      insert into claims (case_id, worker_id, claimed_at)
      select e.case_id, k.worker_id, e.at
      from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::case_events, c -> 'events') e,
           jsonb_populate_recordset(null::cases, c -> 'cases') k
      where k.id = e.case_id and e.name in ('claimed', 'resumed') and k.worker_id is not null;
    end if;
    if exists (select from jsonb_array_elements(batch) c, jsonb_to_recordset(c -> 'claimants') l(worker_id uuid, most integer)
               where (select count(*) from claims k where k.worker_id = l.worker_id and k.ended_at is null) > l.most) then
      raise exception using errcode = 'LK001', message = 'somebody would have more claims than he may';
    end if;
  end if;

  if batch @? '$[*].disruptions[*]' then
    insert into disruptions (id, case_id, product, announced, place, title, expected_by, declared_by, declared_at)
    select d.id, d.case_id, d.product, d.announced, d.place, d.title, d.expected_by, d.declared_by, (c ->> 'at')::timestamptz
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::disruptions, c -> 'disruptions') d
    on conflict (id) do update set
      expected_by = excluded.expected_by, product = excluded.product, announced = excluded.announced, place = excluded.place, title = excluded.title;
  end if;
  if batch @? '$[*].disruptions_over[*]' then
    update disruptions d set ended_at = (c ->> 'at')::timestamptz, outcome = o.outcome
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::disruptions, c -> 'disruptions_over') o
    where d.id = o.id and d.ended_at is null;
  end if;

  if batch @? '$[*].approvals[*]' then
    insert into approvals (case_id, budget, amount) select a.case_id, a.budget, a.amount
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::approvals, c -> 'approvals') a;
  end if;
  if batch @? '$[*].verdicts[*]' then
    -- Decided once, and only while the case waited for it; the case of this very decision has left that state by now.
    update approvals a set verdict = v.verdict, decided_by = v.decided_by, way = v.way, reason = v.reason, decided_at = (c ->> 'at')::timestamptz
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::approvals, c -> 'verdicts') v
    where a.case_id = v.case_id and a.verdict is null
      and (exists (select from cases k where k.id = a.case_id and k.state = 'waiting' and k.approval = 'asked')
           or c -> 'cases' @> jsonb_build_array(jsonb_build_object('id', a.case_id)));
    get diagnostics handled = row_count;
    if handled < (select count(*) from jsonb_array_elements(batch) c, jsonb_array_elements(c -> 'verdicts')) then
      raise exception using errcode = 'LK001', message = 'the approval was decided already';
    end if;
  end if;

  if batch @? '$[*].links[*]' then
    insert into case_messages (case_id, message_id)
    select (l ->> 'case')::uuid, (l ->> 'message')::uuid from jsonb_array_elements(batch) c, jsonb_array_elements(c -> 'links') l
    on conflict do nothing;
  end if;
  if batch @? '$[*].cases[*].part_of ? (@ != null)' then
    -- What its requester said of the whole, with its files, stands on each part that is opened.
    insert into case_messages (case_id, message_id)
    select k.id, l.message_id
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::case_events, c -> 'events') e, jsonb_populate_recordset(null::cases, c -> 'cases') k,
         case_messages l, messages m
    where e.name = 'opened' and k.id = e.case_id and l.case_id = k.part_of and m.id = l.message_id and m.direction = 'in'
    on conflict do nothing;
  end if;
  if batch @? '$[*].spoken[*]' then
    -- Only by who asked: somebody else may write about it too. Where a colleague talks with him about it, it stays meanwhile.
    update cases k set spoken_in = nullif(v.id, k.conversation_id)
    from jsonb_array_elements(batch) c, jsonb_array_elements_text(c -> 'spoken') s, conversations v
    where s::uuid in (k.id, k.part_of) and v.id = (c ->> 'conversation')::uuid and k.person_id in (select same_people(v.person_id))
      and not exists (select from conversations o where o.id = coalesce(k.spoken_in, k.conversation_id) and o.state #>> '{takeOver,case}' = s);
  end if;

  if batch @? '$[*].notes[*]' then
    insert into notes (id, case_id, author_id, handler, text, at)
    select n.id, n.case_id, n.author_id, n.handler, n.text, (c ->> 'at')::timestamptz
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::notes, c -> 'notes') n;
  end if;

  -- What came with a message was bound to its arrival when that was stored; what a worker adds is bound to nothing before this.
  if batch @? '$[*].attached[*]' then
    update attachments a set conversation_id = (c ->> 'conversation')::uuid, message_id = t.message, note_id = t.note
    from jsonb_array_elements(batch) c, jsonb_to_recordset(c -> 'attached') t(id uuid, message uuid, note uuid, intake uuid)
    where a.id = t.id and a.message_id is null and a.note_id is null and a.intake_id is not distinct from t.intake
      and coalesce(a.conversation_id, (c ->> 'conversation')::uuid) = (c ->> 'conversation')::uuid;
  end if;

  if batch @? '$[*].timers[*]' then
    insert into timers (case_id, kind, due)
    select t.case_id, t.kind, t.due from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::timers, c -> 'timers') t
    on conflict (case_id, kind) do update set due = excluded.due, done_at = null;
  end if;
  if batch @? '$[*].timers_done[*]' then
    update timers t set done_at = (c ->> 'at')::timestamptz
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::timers, c -> 'timers_done') d
    where t.case_id = d.case_id and t.kind = d.kind and t.done_at is null;
  end if;

  -- What is held happens or is taken back once; the later of two that meet here looks again.
  if batch @? '$[*].held_over[*]' then
    delete from held_acts h using jsonb_array_elements(batch) c, jsonb_populate_recordset(null::held_acts, c -> 'held_over') o
    where h.case_id = o.case_id and h.since = o.since;
    get diagnostics handled = row_count;
    if handled < (select count(*) from jsonb_array_elements(batch) c, jsonb_array_elements(c -> 'held_over')) then
      raise exception using errcode = 'LK001', message = 'what was held is held no longer';
    end if;
  end if;
  if batch @? '$[*].held[*]' then
    insert into held_acts (case_id, by_id, name, act, since, until) select h.case_id, h.by_id, h.name, h.act, h.since, h.until
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::held_acts, c -> 'held') h
    on conflict do nothing;
    get diagnostics handled = row_count;
    if handled < (select count(*) from jsonb_array_elements(batch) c, jsonb_array_elements(c -> 'held')) then
      raise exception using errcode = 'LK001', message = 'something of the case is held already';
    end if;
  end if;

  if batch @? '$[*].runs[*]' then
    insert into handler_runs (case_id, round, handler, state, due_at, external_id, said, changed_at)
    select r.case_id, r.round, r.handler, r.state, coalesce(r.due_at, (c ->> 'at')::timestamptz), r.external_id, r.said, (c ->> 'at')::timestamptz
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::handler_runs, c -> 'runs') r
    on conflict (case_id, round) do update set
      state = excluded.state, due_at = excluded.due_at, changed_at = excluded.changed_at,
      attempts = case when excluded.state in ('waiting', 'recalling') then 0 else handler_runs.attempts end,
      external_id = coalesce(excluded.external_id, handler_runs.external_id), said = coalesce(excluded.said, handler_runs.said);
  end if;
  if batch @? '$[*].called_back[*]' then
    update intake set status = 'handled', done_at = (c ->> 'at')::timestamptz
    from jsonb_array_elements(batch) c, jsonb_array_elements_text(c -> 'called_back') b
    where intake.id = b::uuid and intake.status = 'pending';
    get diagnostics handled = row_count;
    if handled < (select count(*) from jsonb_array_elements(batch) c, jsonb_array_elements(c -> 'called_back')) then
      raise exception using errcode = 'LK001', message = 'what the far side said was handled already';
    end if;
  end if;

  -- What is searched of them is brought up to date elsewhere.
  if batch @? '$[*].cases[*]' or batch @? '$[*].links[*]' or batch @? '$[*].notes[*]' then
    insert into search_due (case_id)
    select (jsonb_path_query(batch, '$[*].cases[*].id') #>> '{}')::uuid union
    select (jsonb_path_query(batch, '$[*].links[*].case') #>> '{}')::uuid union
    select (jsonb_path_query(batch, '$[*].notes[*].case_id') #>> '{}')::uuid;
  end if;

  if batch @? '$[*].notices[*]' then
    -- Whom the configuration names by address is found among the people whose address is proven.
    insert into notices (id, case_id, kind, role, team, person_id, address, at, next_at)
    select n.id, n.case_id, n.kind, n.role, n.team, coalesce(n.person_id, p.id), n.address, (c ->> 'at')::timestamptz,
           case when n.role <> 'team' then (c ->> 'at')::timestamptz end
    from jsonb_array_elements(batch) c, jsonb_populate_recordset(null::notices, c -> 'notices') n
    left join people p on n.person_id is null and p.verified and p.active and lower(p.address) = lower(n.address);
  end if;

  return query
  with entries as materialized (
    select nextval('outbox_id_seq') as id, e.* from (
      select place, 'reply' as kind, (c ->> 'conversation')::uuid as conversation_id, null::uuid as case_id, (m ->> 'id')::uuid as message_id, '{}'::jsonb as data
      from jsonb_array_elements(batch) with ordinality b(c, place), jsonb_array_elements(c -> 'messages') with ordinality r(m, n)
      where m ->> 'direction' = 'out'
      union all
      select distinct on (place, t.key) place, 'ticket', null, t.key::uuid, null, t.value
      from jsonb_array_elements(batch) with ordinality b(c, place), jsonb_array_elements(c -> 'events') e
      join jsonb_each(tickets) t on t.key = e ->> 'case_id'
      where e ->> 'name' in ('queued', 'approved', 'released', 'requeued', 'moved', 'reopened', 'prioritised')
      union all
      select place, 'timer', null, (t ->> 'case_id')::uuid, null, jsonb_build_object('kind', t ->> 'kind', 'due', t ->> 'due')
      from jsonb_array_elements(batch) with ordinality b(c, place), jsonb_array_elements(c -> 'timers') t
      union all
      select place, 'handler', null, (r ->> 'case_id')::uuid, null, jsonb_build_object('handler', r ->> 'handler', 'round', r -> 'round', 'due', coalesce(r ->> 'due_at', c ->> 'at'))
      from jsonb_array_elements(batch) with ordinality b(c, place), jsonb_array_elements(c -> 'runs') r
      where r ->> 'state' in ('waiting', 'recalling')
    ) e
  ), written as (
    insert into outbox (id, kind, conversation_id, case_id, message_id, data) overriding system value
    select id, kind, conversation_id, case_id, message_id, data from entries
  ), queued as (
    select place, json_agg(json_build_object('id', id, 'kind', kind, 'conversation_id', conversation_id, 'case_id', case_id, 'message_id', message_id,
                                             'data', data) order by id) as entries
    from entries group by place
  )
  select json_build_object(
    'messages', (select coalesce(json_agg(json_build_object('id', m ->> 'id', 'seq', (counted ->> (c ->> 'conversation'))::integer + n) order by n), '[]')
                 from jsonb_array_elements(c -> 'messages') with ordinality r(m, n)),
    'outbox', coalesce(q.entries, '[]'),
    'more', exists (select from intake i where i.conversation_id = (c ->> 'conversation')::uuid and i.status = 'pending'))
  from jsonb_array_elements(batch) with ordinality b(c, place)
  left join queued q using (place)
  order by place;
end $$;
