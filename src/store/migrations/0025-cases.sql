-- Cases as they are worked ---------------------------------------------------------------------------
-- Several authors' cases about one thing, with one owner.
create table incidents (
  id bigint generated always as identity primary key,
  name text not null,
  owner_id bigint references users on delete set null,
  opened_at timestamptz not null,
  closed_at timestamptz
);

-- What an author says of a topic is one case: later posts join it.
create table case_mentions (
  case_id bigint not null references cases on delete cascade,
  mention_id bigint not null references mentions on delete cascade,
  added_at timestamptz not null,
  -- false: the case was withdrawn, and another one may have the mention.
  current boolean not null default true,
  primary key (case_id, mention_id)
);
create unique index case_mentions_current on case_mentions (mention_id) where current;

insert into case_mentions (case_id, mention_id, added_at, current)
  select id, mention_id, opened_at, status <> 'withdrawn' from cases;

alter table cases
  add column topic_id bigint references topics,
  add column owner_id bigint references users on delete set null,
  -- Why loyalty was or may be lost, as people see it; until somebody says, what the complaint is about.
  add column cause text,
  add column promise text,
  add column promised_until timestamptz,
  add column promise_kept boolean,
  add column outcome text,
  add column incident_id bigint references incidents on delete set null,
  add column merged_into bigint references cases on delete set null,
  -- Of the newest post in it.
  add column last_post_at timestamptz,
  add column taken_at timestamptz,
  add column answered_at timestamptz,
  add column closed_at timestamptz,
  -- When somebody was told that time is running out, and that it has run out.
  add column warned_at timestamptz,
  add column breached_at timestamptz;
update cases c set topic_id = m.topic_id, last_post_at = c.opened_at from mentions m where m.id = c.mention_id;
alter table cases alter column topic_id set not null, alter column last_post_at set not null;
drop index cases_mention;
alter table cases drop column mention_id;
alter table cases drop constraint cases_status_check;
alter table cases add constraint cases_status_check
  check (status in ('open', 'in_work', 'answered', 'closed', 'withdrawn', 'merged'));
create index cases_waiting on cases (due_at) where status in ('open', 'in_work');
create index cases_incident on cases (incident_id) where incident_id is not null;

-- Everything that happened to a case, in its order. `actor`: a user's e-mail, `system`, or `crm:` and an endpoint's key.
create table case_events (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases on delete cascade,
  at timestamptz not null,
  actor text not null,
  kind text not null,
  detail jsonb not null default '{}'
);
create index case_events_case on case_events (case_id, id);
insert into case_events (case_id, at, actor, kind) select id, opened_at, 'system', 'opened' from cases;
insert into case_events (case_id, at, actor, kind)
  select id, withdrawn_at, 'system', 'withdrawn' from cases where withdrawn_at is not null;

-- The latency ledger: when a document was first understood, and first acted on.
alter table document_progress add column understood_at timestamptz, add column acted_at timestamptz;

-- What was asked and answered, for people: without secrets, and of bodies the beginning.
alter table delivery_attempts add column exchanges jsonb not null default '[]';

-- Messages that came in from a CRM, so that one that comes again changes nothing.
create table inbound_messages (
  endpoint text not null,
  id text not null,
  at timestamptz not null,
  primary key (endpoint, id)
);
create index inbound_messages_at on inbound_messages (at);

-- Deliveries of one customer to one endpoint leave in this order.
alter table deliveries add column seq bigint generated always as identity, add column order_key text;
create index deliveries_order on deliveries (endpoint, order_key, seq)
  where order_key is not null and state in ('pending', 'sending');
