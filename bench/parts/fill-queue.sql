-- Adds :cases cases that wait in one team's queue, each with a conversation of its own and a deadline of its own, in no order of the deadline.
set session_replication_role = replica;
set synchronous_commit = off;

create temp table waiting as
select n, gen_random_uuid() as id, gen_random_uuid() as conversation, now() - make_interval(secs => n) as at,
       now() + make_interval(mins => (n * 7919 % 10000)::int) as due
from generate_series(1, :cases) n;

insert into conversations (id, channel, state, version, created_at, active_at)
select conversation, 'web', '{"language": "nl", "open": [], "lastProduct": null}', 1, at, at from waiting;
insert into cases (id, reference, conversation_id, channel, language, product, kind, team, state, round, events, title, text, values, why, restricted, urgent,
                   opened_at, respond_by, complete_by)
select id, 'SD-WAITING-' || n, conversation, 'web', 'nl', null, 'fault', :'team', 'queued', 1, 2, 'Lamp kapot in kamer ' || n, 'de lamp in kamer ' || n || ' is kapot', '{}',
       '{"rule": "classified", "confidence": 0.9, "runnersUp": [], "words": [], "catalogue": "bench", "model": "bench"}', false, false, at, due, due
from waiting;
insert into case_events (case_id, n, name, actor_kind, at, data)
select id, e, (array['opened', 'queued'])[e], 'desk', at, '{}' from waiting, generate_series(1, 2) e;
drop table waiting;
analyze conversations, cases, case_events;
