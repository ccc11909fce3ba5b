-- Fills an empty register with $cases cases of eight years, as it would look after them: who asked, what was said, what happened.
-- Ids are made as the desk makes them, beginning with the moment, so that the indices have the shape they get in use.
-- 98 % are closed; of the rest some wait for people, some are claimed, waiting, ready or withdrawn. Employees ask 25 questions each.
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';

-- Plain expressions, declared stable, so that the planner takes them in line.
create function pg_temp.id(at timestamptz, kind text, n bigint) returns uuid language sql stable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || '8' || substr(md5(kind || n), 4, 15))::uuid
$$;
create function pg_temp.letter(n bigint, place bigint) returns text language sql stable as $$
  select substr('BCDFGHJKLMNPQRSTVWXZ23456789', ((n * 1103515245) % 13492928512 / place % 28)::int + 1, 1)
$$;
-- Different for every n below 28^7; the last character is not the true check character, which nobody reads here.
create function pg_temp.reference(n bigint) returns text language sql stable as $$
  select 'SD-' || pg_temp.letter(n, 1) || pg_temp.letter(n, 28) || pg_temp.letter(n, 784) || pg_temp.letter(n, 21952) || '-'
    || pg_temp.letter(n, 614656) || pg_temp.letter(n, 17210368) || pg_temp.letter(n, 481890304) || 'B'
$$;

create temp table people_made as
select n, pg_temp.id(now() - interval '8 years', 'person', n) as id from generate_series(1, greatest(1, :cases / 25)) n;
insert into people (id, name, address, verified)
select id, 'Medewerker ' || n, 'employee-' || n || '@example.org', true from people_made;
insert into identities (channel, external_id, person_id) select 'web', 'employee-' || n, id from people_made;
insert into people (id, name, address, verified, role, teams)
select pg_temp.id(now() - interval '8 years', 'worker', n), 'Behandelaar ' || n, 'worker-' || n || '@example.org', true, 'worker', '{facilities}' from generate_series(1, 20) n;

create temp table made as
select n, at,
  pg_temp.id(at, 'case', n) as id, pg_temp.id(at, 'conversation', n) as conversation,
  pg_temp.id(at, 'in', n) as message_in, pg_temp.id(at, 'out', n) as message_out, pg_temp.id(at, 'intake', n) as intake,
  pg_temp.reference(n) as reference, 'het is te warm in kamer ' || n % 9 + 1 || '.' || n % 60 as question,
  pg_temp.id(now() - interval '8 years', 'person', 1 + n % greatest(1, :cases / 25)) as person,
  pg_temp.id(now() - interval '8 years', 'worker', 1 + n % 20) as worker,
  (:'products'::jsonb -> (n * 7 % jsonb_array_length(:'products'::jsonb))::int) as product,
  case when n <= :cases * 0.98 then 'closed' when n % 20 < 8 then 'queued' when n % 20 < 11 then 'claimed' when n % 20 < 14 then 'waiting'
       when n % 20 < 16 then 'ready' else 'withdrawn' end as state
from (select n, now() - interval '8 years' * (1 - n::float8 / (:cases + 1)) as at from generate_series(1, :cases) n) g;
analyze made;

insert into conversations (id, channel, person_id, state, version, intake_seq, message_seq, created_at, active_at)
select conversation, 'web', person, '{"language": "nl", "open": [], "lastProduct": null}', 4, 1, 2, at, at from made order by n;
insert into intake (id, channel, source, external_id, conversation_id, seq, payload, status, received_at, done_at)
select intake, 'web', conversation::text, md5('external' || n)::uuid::text, conversation, 1,
  jsonb_build_object('text', question, 'answer', null), 'handled', at, at from made order by n;
insert into messages (id, conversation_id, seq, direction, text, reply, intake_id, at)
select case d when 1 then message_in else message_out end, conversation, d, case d when 1 then 'in' else 'out' end,
  case d when 1 then question else 'Genoteerd onder ' || reference || '. U hoort van ons.' end,
  case d when 2 then jsonb_build_object('text', 'Genoteerd onder ' || reference || '. U hoort van ons.') end, intake, at
from made, generate_series(1, 2) d order by n, d;
insert into cases (id, reference, conversation_id, person_id, channel, language, product, kind, team, state, round, events, title, text, values, why,
                   restricted, urgent, worker_id, opened_at, respond_by, complete_by, ready_at, closed_at)
select id, reference, conversation, person, 'web', 'nl', product ->> 'id', 'fault', product ->> 'team', state, 1,
  case state when 'closed' then 5 when 'queued' then 2 when 'ready' then 4 else 3 end,
  'Te warm in kamer ' || n % 9 + 1 || '.' || n % 60, question, jsonb_build_object('place', 'kamer ' || n % 9 + 1),
  jsonb_build_object('rule', 'classified', 'confidence', 0.95, 'catalogue', :'catalogue', 'model', 'local-bench',
    'runnersUp', jsonb_build_array(jsonb_build_object('product', 'lighting', 'confidence', 0.01)),
    'words', jsonb_build_array(jsonb_build_object('word', 'warm', 'weight', 0.71), jsonb_build_object('word', 'kamer', 'weight', 0.24))),
  false, false, case when state in ('claimed', 'ready', 'closed') then worker end, at, at + interval '4 hours', at + interval '3 days',
  case when state in ('ready', 'closed') then at + interval '1 day' end, case when state in ('closed', 'withdrawn') then at + interval '2 days' end
from made order by n;
insert into case_messages (case_id, message_id) select id, case d when 1 then message_in else message_out end from made, generate_series(1, 2) d order by n, d;
insert into case_events (case_id, n, name, actor_kind, actor_id, at, data)
select id, d, (array['opened', 'queued', case state when 'waiting' then 'waiting' when 'withdrawn' then 'withdrawn' else 'claimed' end, 'ready', 'closed'])[d],
  case when d in (3, 4) then 'worker' when d = 5 then 'requester' else 'desk' end, case when d in (3, 4) then worker end, at + d * interval '1 hour', '{}'
from made, generate_series(1, 5) d
where d <= case state when 'closed' then 5 when 'queued' then 2 when 'ready' then 4 else 3 end order by made.n, d;
insert into claims (case_id, worker_id, claimed_at, ended_at, ended_by)
select id, worker, at + interval '3 hours', case state when 'claimed' then null else at + interval '4 hours' end, case state when 'claimed' then null else 'ready' end
from made where state in ('claimed', 'ready', 'closed') order by n;
insert into outbox (kind, conversation_id, message_id, status, created_at, done_at) select 'reply', conversation, message_out, 'delivered', at, at from made order by n;
insert into timers (case_id, kind, due, done_at) select id, 'close', at + interval '2 days', at + interval '2 days' from made where state = 'closed' and n % 3 = 0 order by n;
drop table made, people_made;
