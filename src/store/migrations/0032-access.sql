-- Tokens that end by themselves, sessions that say where they are.
alter table api_tokens
  add column expires_at timestamptz,
  -- As the audit names people; null: made before this was kept.
  add column made_by text;

alter table sessions
  -- By which pages name one: the hash of its token stays here.
  add column id bigint generated always as identity unique,
  add column last_seen_at timestamptz,
  -- `Firefox, Windows`; '': not recognised.
  add column browser text not null default '',
  -- The range of addresses from which it was last used, `203.0.113.0/24`: no more than one needs to recognise a place.
  add column network text not null default '';
create index sessions_user on sessions (user_id);
