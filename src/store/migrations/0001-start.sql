-- People and access ---------------------------------------------------------------------------------
create table users (
  id bigint generated always as identity primary key,
  email text not null unique,
  name text not null,
  role text not null check (role in ('viewer', 'pr', 'admin')),
  language text not null check (language in ('ru', 'en')),
  zone text not null,
  password_hash text not null,
  disabled_at timestamptz,
  created_at timestamptz not null
);

-- Only hashes of session and link tokens are kept: a stolen database opens no door.
create table sessions (
  token_hash text primary key,
  user_id bigint not null references users on delete cascade,
  csrf text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table one_time_links (
  token_hash text primary key,
  purpose text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index audit_at on audit (at desc);

-- Files that were imported at start, so that an unchanged one is not read again.
create table imported_files (
  path text primary key,
  sha256 text not null,
  imported_at timestamptz not null
);

-- What we watch and what we found -------------------------------------------------------------------
create table sources (
  id bigint generated always as identity primary key,
  key text not null unique,
  kind text not null,
  name text not null,
  url text not null,
  settings jsonb not null default '{}',
  state jsonb,
  origin text not null check (origin in ('config', 'user')),
  enabled boolean not null default true,
  every_ms bigint not null,
  next_run_at timestamptz not null,
  -- A visit is under way until then at the latest; nobody else starts a second one.
  visiting_until timestamptz,
  last_started_at timestamptz,
  last_success_at timestamptz,
  last_error jsonb,
  failures integer not null default 0
);
create index sources_due on sources (next_run_at) where enabled;

create table authors (
  id bigint generated always as identity primary key,
  site text not null,
  handle text not null,
  name text,
  profile_url text,
  about text,
  unique (site, handle)
);

create table threads (
  id bigint generated always as identity primary key,
  source_id bigint not null references sources,
  external_id text not null,
  title text not null,
  url text not null,
  unique (source_id, external_id)
);

-- The newest revision stands here, so that most reads touch one table; older ones move to document_revisions.
create table documents (
  id bigint generated always as identity primary key,
  source_id bigint not null references sources,
  external_id text not null,
  revision integer not null default 1,
  url text not null,
  kind text not null,
  title text,
  text text not null,
  full_text text,
  author_id bigint references authors,
  thread_id bigint references threads,
  parent_external_id text,
  declared_language text,
  links jsonb not null default '[]',
  published_at timestamptz,
  found_at timestamptz not null,
  updated_at timestamptz not null,
  content_hash text not null,
  -- Both configurations at once: a query is tried in both, and we often do not know the language for sure.
  -- left(): a tsvector is limited to 1 MB.
  full_text_index tsvector generated always as (
    to_tsvector('russian', left(coalesce(title, '') || ' ' || text, 200000))
    || to_tsvector('english', left(coalesce(title, '') || ' ' || text, 200000))
  ) stored,
  unique (source_id, external_id)
);
create index documents_author on documents (author_id);
create index documents_time on documents ((coalesce(published_at, found_at)) desc);
create index documents_full_text on documents using gin (full_text_index);

create table document_revisions (
  document_id bigint not null references documents on delete cascade,
  revision integer not null,
  title text,
  text text not null,
  full_text text,
  content_hash text not null,
  -- When this revision was first seen.
  seen_at timestamptz not null,
  primary key (document_id, revision)
);

-- How far each document has come: the revision that a stage has finished. Kept apart from the content, which
-- does not change. indexed_at < touched_at means that the search index is behind.
create table document_progress (
  document_id bigint primary key references documents on delete cascade,
  understood integer not null default 0,
  acted integer not null default 0,
  touched_at timestamptz not null,
  indexed_at timestamptz
);
create index progress_index_behind on document_progress (touched_at) where indexed_at is null or indexed_at < touched_at;
create index progress_acted_behind on document_progress (touched_at) where acted = 0;

create table tags (
  document_id bigint not null references documents on delete cascade,
  kind text not null,
  target text not null default '',
  version text not null,
  value jsonb not null,
  spans jsonb not null default '[]',
  primary key (document_id, kind, target)
);

create table topics (
  id bigint generated always as identity primary key,
  key text not null unique,
  name text not null,
  query text not null,
  origin text not null check (origin in ('config', 'user')),
  enabled boolean not null default true,
  updated_at timestamptz not null
);

create table mentions (
  id bigint generated always as identity primary key,
  document_id bigint not null references documents on delete cascade,
  topic_id bigint not null references topics,
  spans jsonb not null,
  sentiment jsonb not null,
  complaint jsonb not null,
  status text not null default 'new',
  assigned_to bigint references users,
  created_at timestamptz not null,
  unique (document_id, topic_id)
);
create index mentions_topic on mentions (topic_id, document_id);

-- Customers -----------------------------------------------------------------------------------------
create table customers (
  id bigint generated always as identity primary key,
  external_id text not null unique,
  name text not null,
  city text,
  tier text check (tier in ('MVC', 'MGC', 'BZC')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table customer_identifiers (
  customer_id bigint not null references customers on delete cascade,
  kind text not null check (kind in ('email', 'phone', 'handle')),
  value text not null,
  primary key (customer_id, kind, value)
);
create index customer_identifiers_value on customer_identifiers (kind, value);

create table purchases (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  external_id text not null,
  at timestamptz not null,
  amount numeric(14, 2) not null,
  currency text not null,
  item text not null,
  channel text,
  unique (customer_id, external_id)
);

create table identity_links (
  author_id bigint not null references authors on delete cascade,
  customer_id bigint not null references customers on delete cascade,
  state text not null check (state in ('proposed', 'linked', 'confirmed', 'rejected')),
  score real not null,
  evidence jsonb not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (author_id, customer_id)
);
create index identity_links_customer on identity_links (customer_id);

-- Acting --------------------------------------------------------------------------------------------
create table cases (
  id bigint generated always as identity primary key,
  -- One complaint opens one case, however often the stage runs.
  mention_id bigint not null unique references mentions on delete cascade,
  customer_id bigint not null references customers,
  author_id bigint not null references authors,
  severity integer not null,
  reason text not null,
  status text not null default 'open' check (status in ('open', 'in_work', 'answered', 'closed')),
  opened_at timestamptz not null,
  due_at timestamptz not null
);
create index cases_customer on cases (customer_id);

-- What the configuration does not know about a webhook or a mail recipient.
create table endpoints (
  key text primary key,
  disabled_at timestamptz,
  disabled_reason text
);

create table deliveries (
  id uuid primary key,
  channel text not null check (channel in ('crm', 'mail')),
  endpoint text not null,
  event_type text not null,
  event_key text not null,
  payload jsonb not null,
  state text not null check (state in ('pending', 'sending', 'delivered', 'dead', 'in_doubt')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  created_at timestamptz not null,
  delivered_at timestamptz,
  unique (endpoint, event_key)
);
create index deliveries_due on deliveries (next_attempt_at) where state in ('pending', 'sending');
create index deliveries_created on deliveries (created_at desc);

create table delivery_attempts (
  delivery_id uuid not null references deliveries on delete cascade,
  attempt integer not null,
  at timestamptz not null,
  duration_ms integer not null,
  outcome text not null,
  detail text not null,
  primary key (delivery_id, attempt)
);

create table digest_recipients (
  key text primary key,
  email text not null,
  language text not null check (language in ('ru', 'en')),
  zone text not null,
  send_at text not null,
  weekdays jsonb,
  topics jsonb,
  enabled boolean not null default true,
  unsubscribe_token text not null unique,
  unsubscribed_at timestamptz,
  next_run_at timestamptz not null
);

create table digests (
  id bigint generated always as identity primary key,
  recipient text not null references digest_recipients,
  -- Local date of the recipient: one digest a day, however often the clock strikes.
  period_key text not null,
  period_from timestamptz not null,
  period_to timestamptz not null,
  subject text not null,
  html text not null,
  text text not null,
  created_at timestamptz not null,
  delivery_id uuid references deliveries,
  unique (recipient, period_key)
);
