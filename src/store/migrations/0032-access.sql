-- Tokens that end by themselves, sessions that say where they are.
alter table api_tokens
  add column expires_at timestamptz,
  -- As the audit names people; null: made before this was kept.
  add column made_by text;
