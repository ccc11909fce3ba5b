insert into people (id, name, address, verified, role, active) values ('00000000-0000-7000-8000-000000000024', 'portal', null, false, null, false);
insert into api_tokens (id, name, token_hash, scopes, expires_at) values
  ('00000000-0000-7000-8000-000000000024', 'portal', '\x24', '{cases:read,cases:write}', '2099-01-01T00:00:00Z');
insert into api_answers (token_id, key, request_hash, status, body) values ('00000000-0000-7000-8000-000000000024', 'k1', '\x01', 201, '{}');
