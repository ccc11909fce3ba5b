-- What the holder of a budget has to agree to before a case is queued.

create table approvals (
  case_id uuid primary key references cases,
  budget text not null,
  -- Euros.
  amount numeric(14, 2) not null,
  -- Null while nobody decided.
  verdict text check (verdict in ('approved', 'refused', 'expired')),
  decided_by uuid references people,
  way text check (way in ('link', 'conversation', 'signed-in', 'own')),
  reason text,
  decided_at timestamptz,
  check ((verdict is null) = (decided_at is null))
);

alter table cases add column approval text check (approval in ('asked', 'given'));
create index cases_approval on cases (id) where approval = 'asked' and state = 'waiting';

alter table case_events drop constraint case_events_actor_kind_check;
alter table case_events add constraint case_events_actor_kind_check check (actor_kind in ('requester', 'desk', 'worker', 'approver'));
