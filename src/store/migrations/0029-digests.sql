-- Digests as people wish them, one-click actions from mails, and reports.
alter table digest_recipients
  -- What links in mails name: an address in a link would stand in logs.
  add column id bigint generated always as identity unique,
  -- Who has the last word: the configuration, or somebody on the dashboard.
  add column origin text not null default 'config' check (origin in ('config', 'user')),
  -- Written also when there is nothing to tell.
  add column when_quiet boolean not null default true,
  -- Reports: on a weekday, 1 (Monday) to 7, and on a day of the month; null: none.
  add column weekly_on smallint check (weekly_on between 1 and 7),
  add column monthly_on smallint check (monthly_on between 1 and 28),
  add column weekly_at timestamptz,
  add column monthly_at timestamptz;

-- Links of mails that were used: each does its work once. No references: people and posts go, and the link stays used.
create table digest_actions (
  token_hash text primary key,
  recipient_id bigint not null,
  mention_id bigint not null,
  action text not null check (action in ('tone', 'not-us', 'answered')),
  at timestamptz not null,
  expires_at timestamptz not null
);

-- Numbers as they were on the day they were written; never worked out again.
create table reports (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('weekly', 'monthly', 'hand')),
  -- Whose it is; null: made by hand, for everybody.
  recipient text references digest_recipients,
  -- Local date of its end: one report a recipient and kind.
  period_key text not null,
  period_from timestamptz not null,
  period_to timestamptz not null,
  language text not null check (language in ('ru', 'en')),
  zone text not null,
  facts jsonb not null,
  html text not null,
  text text not null,
  pdf bytea,
  made_by text not null,
  made_at timestamptz not null,
  delivery_id uuid references deliveries
);
create unique index reports_once on reports (recipient, kind, period_key) where recipient is not null;
create index reports_made on reports (made_at desc);

-- Counts of many weeks are read for each digest.
create index mentions_found on mentions (created_at, topic_id);
