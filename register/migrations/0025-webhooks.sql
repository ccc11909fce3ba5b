-- Who is told by webhook of what happens to cases. The secret is kept as it is: every delivery is signed with it.
create table webhook_subscriptions (
  id uuid primary key,
  url text not null,
  events text[] not null check (cardinality(events) > 0),
  secret text not null,
  active boolean not null default true,
  -- Since when every delivery failed, and why it was switched off.
  failing_since timestamptz,
  off_because text,
  created_by uuid references people,
  created_at timestamptz not null default now(),
  check (active or off_because is not null)
);

-- What is to be told, and what was: written in the transaction of the event.
create table webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  subscription_id uuid not null references webhook_subscriptions on delete cascade,
  case_id uuid not null,
  n integer not null,
  event text not null,
  at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  answer text,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  foreign key (case_id, n) references case_events,
  unique (subscription_id, case_id, n)
);
create index webhook_deliveries_due on webhook_deliveries (due_at) where state = 'pending';
create index webhook_deliveries_log on webhook_deliveries (subscription_id, created_at desc, id desc);

create function webhook_event(name text) returns text language sql immutable as $$
  select case name
    when 'opened' then 'case.registered'
    when 'answered' then 'case.ready'
    when 'claimed' then 'case.claimed'
    when 'waiting' then 'case.waiting'
    when 'ready' then 'case.ready'
    when 'closed' then 'case.closed'
    when 'reopened' then 'case.reopened'
    when 'moved' then 'case.moved'
  end
$$;

create function tell_webhooks() returns trigger language plpgsql as $$
begin
  insert into webhook_deliveries (subscription_id, case_id, n, event, at)
  select s.id, e.case_id, e.n, webhook_event(e.name), e.at
  from webhook_subscriptions s join added e on webhook_event(e.name) = any(s.events)
  where s.active;
  return null;
end $$;
create trigger tell_webhooks after insert on case_events referencing new table as added for each statement execute function tell_webhooks();
