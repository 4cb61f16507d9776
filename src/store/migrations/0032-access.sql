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

-- A code from a telephone beside the password (RFC 6238).
create table second_factors (
  user_id bigint primary key references users on delete cascade,
  -- The secret, sealed by the vault.
  sealed text not null,
  begun_at timestamptz not null,
  -- null: nobody has shown yet that a telephone has it; until then nothing asks for it.
  confirmed_at timestamptz,
  -- The half minute whose code was taken last: none is taken twice.
  last_step bigint
);

-- For who has lost the telephone; keyed hashes.
create table recovery_codes (
  user_id bigint not null references users on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- Roles that may do nothing without a second factor.
create table second_factor_roles (
  role text primary key check (role in ('viewer', 'pr', 'analyst', 'care', 'admin', 'auditor'))
);

-- Who is in a team sees what is about its topics and nothing else; who is in none sees all.
create table teams (
  id bigint generated always as identity primary key,
  name text not null unique,
  made_at timestamptz not null
);
create table team_topics (
  team_id bigint not null references teams on delete cascade,
  topic_id bigint not null references topics on delete cascade,
  primary key (team_id, topic_id)
);
create table team_members (
  team_id bigint not null references teams on delete cascade,
  user_id bigint not null references users on delete cascade,
  primary key (team_id, user_id)
);
create index team_members_user on team_members (user_id);

-- Somebody who was invited and has not set a password yet; null: he has.
alter table users add column invited_at timestamptz, add column invited_by text;
