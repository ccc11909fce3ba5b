-- Rows as they were written at the time of this migration. Not to be changed with the code.
insert into models (id, catalogue_version, body, examples, state, reason, judged)
  select 'local-refused', version, null, '{00000000-0000-7000-e000-000000000001}', 'refused', 'parking lost 1 of 6 questions', '{"rows": 6}' from catalogue_versions limit 1;
update catalogue_versions set model = (select id from models where body is not null limit 1) where active;
insert into training_examples (id, case_id, event, text, language, product, kind, team, was_product, was_kind, model, by_id, state, decided_by, decided_at)
  select '00000000-0000-7000-e000-000000000001', id, 1, 'het is heet', 'nl', 'climate', 'fault', null, null, 'request', 'm1',
         '00000000-0000-7000-8000-000000000002', 'accepted', '00000000-0000-7000-8000-000000000002', now() from cases limit 1;
insert into case_summaries (case_id, text, model, at) select id, 'Te warm.', 'gpt', now() from cases limit 1;
insert into llm_usage (day, tokens, calls) values ('2026-11-24', 1200, 3);
