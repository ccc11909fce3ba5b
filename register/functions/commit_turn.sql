-- Carries a decision out: everything or nothing, under the conversation's row lock, and only when nobody changed the conversation since it was read.
-- in:  {conversation, version, intake|null, at, state|null, introduce: {person, name, address}|null,
--       messages: [{id, direction, author, text, reply, intake}], links: [{case, message}],
--       cases: [row of cases], events: [{case_id, n, name, actor_kind, actor_id, at, data}], notes: [...], timers: [{case_id, kind, due}], timers_done: [{case_id, kind}]}
-- raises LK001 when it must be decided again
-- out: {messages: [{id, seq}], outbox: [{id, kind, conversation_id, case_id, message_id, data}], more}
create or replace function commit_turn(j jsonb)
returns jsonb language plpgsql as $$
declare
  p_conversation uuid := (j ->> 'conversation')::uuid;
  p_intake uuid := (j ->> 'intake')::uuid;
  p_at timestamptz := (j ->> 'at')::timestamptz;
  p_count integer := jsonb_array_length(j -> 'messages');
  last_seq integer;
  said jsonb;
  tickets jsonb := '[]';
  queued jsonb;
begin
  if j -> 'introduce' <> 'null' then
    insert into people (id, name, address, verified)
    values ((j #>> '{introduce,person}')::uuid, j #>> '{introduce,name}', j #>> '{introduce,address}', false);
  end if;

  update conversations set
    version = version + 1,
    state = case when j -> 'state' = 'null' then state else j -> 'state' end,
    person_id = coalesce((j #>> '{introduce,person}')::uuid, person_id),
    message_seq = message_seq + p_count,
    active_at = p_at
  where id = p_conversation and version = (j ->> 'version')::integer
  returning message_seq into last_seq;
  if not found then
    -- Somebody else changed it. Undo what was inserted above, and let it be decided again.
    raise exception using errcode = 'LK001', message = 'the conversation changed since it was read';
  end if;

  if p_intake is not null then
    -- With the conversation, so that the index of what is pending is entered at one place and not read from end to end.
    update intake set status = 'handled', done_at = p_at where id = p_intake and conversation_id = p_conversation and status = 'pending';
    if not found then
      raise exception using errcode = 'LK001', message = 'the message was handled already';
    end if;
  end if;

  if p_count > 0 then
    with new as (
      insert into messages (id, conversation_id, seq, direction, author_id, text, reply, intake_id, at)
      select (m ->> 'id')::uuid, p_conversation, last_seq - p_count + n, m ->> 'direction', (m ->> 'author')::uuid, m ->> 'text',
             nullif(m -> 'reply', 'null'), (m ->> 'intake')::uuid, p_at
      from jsonb_array_elements(j -> 'messages') with ordinality as e(m, n)
      returning id, seq
    ) select jsonb_agg(to_jsonb(new) order by seq) into said from new;
  end if;

  if jsonb_array_length(j -> 'cases') > 0 then
    -- Those that wait for people are remembered here: looking them up again below would be a join of the whole table.
    with kept as (
      insert into cases (id, reference, conversation_id, person_id, channel, language, product, kind, team, state, round, events, title, text, values, why,
                         restricted, urgent, worker_id, opened_at, respond_by, complete_by, ready_at, closed_at)
      select id, reference, conversation_id, person_id, channel, language, product, kind, team, state, round, events, title, text, values, why,
             restricted, urgent, worker_id, opened_at, respond_by, complete_by, ready_at, closed_at
      from jsonb_populate_recordset(null::cases, j -> 'cases')
      on conflict (id) do update set
        person_id = excluded.person_id, product = excluded.product, kind = excluded.kind, team = excluded.team, state = excluded.state,
        round = excluded.round, events = excluded.events, title = excluded.title, values = excluded.values, why = excluded.why,
        restricted = excluded.restricted, worker_id = excluded.worker_id, respond_by = excluded.respond_by, complete_by = excluded.complete_by,
        ready_at = excluded.ready_at, closed_at = excluded.closed_at
      returning id, team, state, round, due, urgent
    ) select coalesce(jsonb_agg(jsonb_build_object('case', id, 'data', jsonb_build_object('team', team, 'round', round, 'due', case when urgent then to_timestamp(0) else due end))), '[]') into tickets
    from kept where state = 'queued';

    insert into case_events (case_id, n, name, actor_kind, actor_id, at, data)
    select case_id, n, name, actor_kind, actor_id, at, data from jsonb_populate_recordset(null::case_events, j -> 'events');

    -- A claim lasts until released, moved, waiting, ready or withdrawn; it begins with claimed and goes on with resumed.
    if j -> 'events' @? '$[*].name ? (@ == "released" || @ == "moved" || @ == "waiting" || @ == "ready" || @ == "withdrawn" || @ == "merged")' then
      update claims c set ended_at = e.at, ended_by = e.name
      from jsonb_populate_recordset(null::case_events, j -> 'events') e
      where c.case_id = e.case_id and c.ended_at is null and e.name in ('released', 'moved', 'waiting', 'ready', 'withdrawn', 'merged');
    end if;
    if j -> 'events' @? '$[*].name ? (@ == "claimed" || @ == "resumed")' then
      insert into claims (case_id, worker_id, claimed_at)
      select e.case_id, k.worker_id, e.at
      from jsonb_populate_recordset(null::case_events, j -> 'events') e
      join jsonb_populate_recordset(null::cases, j -> 'cases') k on k.id = e.case_id
      where e.name in ('claimed', 'resumed') and k.worker_id is not null;
    end if;
  end if;

  if jsonb_array_length(j -> 'links') > 0 then
    insert into case_messages (case_id, message_id)
    select (l ->> 'case')::uuid, (l ->> 'message')::uuid from jsonb_array_elements(j -> 'links') l
    on conflict do nothing;
  end if;

  if jsonb_array_length(j -> 'notes') > 0 then
    insert into notes (id, case_id, author_id, text, at)
    select id, case_id, author_id, text, p_at from jsonb_populate_recordset(null::notes, j -> 'notes');
  end if;

  if jsonb_array_length(j -> 'timers') > 0 then
    insert into timers (case_id, kind, due)
    select case_id, kind, due from jsonb_populate_recordset(null::timers, j -> 'timers')
    on conflict (case_id, kind) do update set due = excluded.due, done_at = null;
  end if;
  if jsonb_array_length(j -> 'timers_done') > 0 then
    update timers t set done_at = p_at
    from jsonb_populate_recordset(null::timers, j -> 'timers_done') d where t.case_id = d.case_id and t.kind = d.kind and t.done_at is null;
  end if;

  with new as (
    insert into outbox (kind, conversation_id, case_id, message_id, data)
    select 'reply', p_conversation, null::uuid, (m ->> 'id')::uuid, '{}'::jsonb
    from jsonb_array_elements(j -> 'messages') with ordinality as e(m, n) where m ->> 'direction' = 'out'
    union all
    select 'ticket', null, (t ->> 'case')::uuid, null, t -> 'data' from jsonb_array_elements(tickets) t
    where exists (select 1 from jsonb_array_elements(j -> 'events') e
                  where e -> 'case_id' = t -> 'case' and e ->> 'name' in ('queued', 'released', 'requeued', 'moved', 'reopened'))
    union all
    select 'timer', null, (t ->> 'case_id')::uuid, null, jsonb_build_object('kind', t ->> 'kind', 'due', t ->> 'due')
    from jsonb_array_elements(j -> 'timers') t
    returning id, kind, conversation_id, case_id, message_id, data
  ) select jsonb_agg(to_jsonb(new) order by id) into queued from new;

  return jsonb_build_object(
    'messages', coalesce(said, '[]'),
    'outbox', coalesce(queued, '[]'),
    'more', exists (select 1 from intake where conversation_id = p_conversation and status = 'pending'));
end $$;
