-- What rules and people decide about a mention. Taggers do not overwrite it.
alter table mentions add column tags text[] not null default '{}';
alter table mentions add column priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent'));
-- In the basket since then: kept, and left out wherever mentions are listed or counted.
alter table mentions add column basket_at timestamptz;
-- What the taggers say, while a rule or a person says otherwise in `sentiment`.
alter table mentions add column tagger_sentiment jsonb;
-- tone, priority, assigned, basket, tag:<name> → {rule or person, at}: who decided it last.
alter table mentions add column decided jsonb not null default '{}';
create index mentions_basket on mentions (basket_at desc) where basket_at is not null;

create table rules (
  id bigint generated always as identity primary key,
  key text not null unique,
  name text not null,
  condition text not null,
  actions jsonb not null,
  -- Whose days `published:today` means.
  zone text not null,
  enabled boolean not null,
  -- Where two rules want the same field, the lower one has it.
  position integer not null,
  version integer not null,
  -- Mentions found since then are judged as they come; older ones when somebody asks for it.
  in_force_since timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  saved_by text not null,
  removed_at timestamptz,
  -- {messages: [{ru, en}], at}: why it, or a part of it, is passed over.
  trouble jsonb
);

create table rule_versions (
  rule_id bigint not null references rules on delete cascade,
  version integer not null,
  name text not null,
  condition text not null,
  actions jsonb not null,
  zone text not null,
  enabled boolean not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (rule_id, version)
);

-- A rule on past mentions, as somebody asked for it.
create table rule_runs (
  id bigint generated always as identity primary key,
  rule_id bigint not null references rules on delete cascade,
  version integer not null,
  -- Mentions found since then.
  since timestamptz not null,
  alerts boolean not null,
  requested_by text not null,
  started_at timestamptz not null,
  touched_at timestamptz not null,
  state text not null check (state in ('running', 'done', 'stopped', 'undoing', 'undone')),
  -- How far it has come: mentions below this number are still to be seen.
  below bigint not null,
  total integer not null,
  seen integer not null default 0,
  changed integer not null default 0,
  -- Of its undoing: effects taken back, and those that somebody has changed since.
  restored integer not null default 0,
  kept integer not null default 0,
  finished_at timestamptz
);
create index rule_runs_rule on rule_runs (rule_id, id desc);

-- What rules did, each effect once.
create table rule_effects (
  id bigint generated always as identity primary key,
  rule_id bigint not null references rules on delete cascade,
  version integer not null,
  run_id bigint references rule_runs on delete cascade,
  mention_id bigint not null references mentions on delete cascade,
  action text not null check (action in ('tag', 'tone', 'basket', 'assign', 'priority', 'alert')),
  value text not null,
  before jsonb not null,
  at timestamptz not null,
  undone_at timestamptz,
  -- Its run was undone, but somebody had changed it meanwhile.
  kept_at timestamptz
);
create unique index rule_effects_alerts on rule_effects (rule_id, mention_id) where action = 'alert';
create index rule_effects_rule on rule_effects (rule_id, at);
create index rule_effects_run on rule_effects (run_id, id) where run_id is not null;
create index rule_effects_mention on rule_effects (mention_id);

-- Alerts of each rule in each hour; those beyond its limit go out together.
create table rule_alert_hours (
  rule_id bigint not null references rules on delete cascade,
  hour timestamptz not null,
  alerts integer not null,
  summarised_at timestamptz,
  primary key (rule_id, hour)
);
