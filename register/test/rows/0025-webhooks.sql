insert into webhook_subscriptions (id, url, events, secret) values
  ('00000000-0000-7000-8000-000000000025', 'https://portal.example.org/hook', '{case.registered}', 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==');
insert into webhook_deliveries (subscription_id, case_id, n, event, at)
  select '00000000-0000-7000-8000-000000000025', case_id, n, 'case.registered', at from case_events order by case_id, n limit 1;
