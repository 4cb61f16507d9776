-- What people want to be woken by. Its settings are checked by the schema in its kind's file.
create table alerts (
  id bigint generated always as identity primary key,
  key text not null unique,
  name text not null,
  kind text not null,
  settings jsonb not null,
  -- Keys of topics; an empty list means all.
  topics jsonb not null,
  -- In the query language; '' asks nothing.
  condition text not null,
  -- Who is told, and by which ways.
  tell jsonb not null,
  -- Cool-down, quiet hours, budget, escalation.
  policy jsonb not null,
  -- Whose weekdays and hours, quiet hours among them.
  zone text not null,
  enabled boolean not null,
  position integer not null,
  -- Mentions found since then are judged.
  in_force_since timestamptz not null,
  updated_at timestamptz not null,
  saved_by text not null,
  removed_at timestamptz
);

-- One thing that happened, told once. Several alerts and rules may have noticed it.
create table alert_incidents (
  id bigint generated always as identity primary key,
  -- Who noticed it first.
  alert_id bigint references alerts on delete cascade,
  rule_id bigint references rules on delete cascade,
  kind text not null,
  topic_id bigint references topics,
  -- Stories come and go: no reference.
  story_id bigint,
  source_id bigint references sources,
  -- Numbers that words are made of.
  facts jsonb not null,
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- When something of it changed that may be told.
  changed_at timestamptz not null,
  cooldown_ms bigint not null,
  -- Posts that belong to it, and the most that one look has seen.
  count integer not null,
  peak integer not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  escalated_at timestamptz,
  ended_at timestamptz
);
create index alert_incidents_open on alert_incidents (last_seen_at) where ended_at is null;
create index alert_incidents_opened on alert_incidents (opened_at desc);

-- By what an incident is known: `story:12`, `spike:3`. While it is open, what is known by the same belongs to it.
create table alert_subjects (
  incident_id bigint not null references alert_incidents on delete cascade,
  subject text not null,
  is_open boolean not null default true,
  primary key (incident_id, subject)
);
create unique index alert_subjects_open on alert_subjects (subject) where is_open;

-- No reference to documents: those who act on one hold it while they wait for incidents, and a reference would wait for them.
create table alert_posts (
  incident_id bigint not null references alert_incidents on delete cascade,
  document_id bigint not null,
  at timestamptz not null,
  primary key (incident_id, document_id)
);

-- What went to whom. One row for each step of an incident, way and recipient: nobody is told the same twice.
create table alert_messages (
  id bigint generated always as identity primary key,
  incident_id bigint not null references alert_incidents on delete cascade,
  alert_id bigint references alerts on delete cascade,
  way text not null check (way in ('mail', 'browser', 'chat', 'webhook')),
  recipient text not null,
  -- opened, escalated, ended, x10, x100 …
  step text not null,
  -- held: waits for the end of quiet hours, or of an hour whose budget is used up.
  state text not null check (state in ('held', 'sent', 'dropped')),
  due_at timestamptz not null,
  sent_at timestamptz,
  -- Messages that went out as one have the number of the first.
  batch bigint,
  delivery_id uuid references deliveries on delete set null,
  -- The other side's number, by which it can be edited.
  external_id text,
  -- What was told last, and when; each telling has a number.
  told_count integer not null default 0,
  told_at timestamptz,
  tellings integer not null default 0,
  unique (incident_id, way, recipient, step)
);
create index alert_messages_held on alert_messages (due_at) where state = 'held';
create index alert_messages_sent on alert_messages (recipient, sent_at) where state = 'sent';
create index alert_messages_delivery on alert_messages (delivery_id);

-- Documents that were acted on and that alerts have not looked at yet.
create table alert_queue (
  document_id bigint primary key references documents on delete cascade,
  at timestamptz not null
);

-- Messages to chats: they may not be sent twice, as mail.
alter table deliveries drop constraint deliveries_channel_check;
alter table deliveries add constraint deliveries_channel_check check (channel in ('crm', 'mail', 'chat'));
