-- Every page of a source that is worth another look: where its crawler goes on, and how it asks cheaply.
create table pages (
  source_id bigint not null references sources on delete cascade,
  url text not null,
  role text not null check (role in ('list', 'content')),
  thread text not null,
  number integer not null,
  urgency smallint not null,
  due_at timestamptz,
  every_ms bigint not null,
  validators jsonb not null default '{}',
  body_hash text not null default '',
  items jsonb not null default '[]',
  marks jsonb not null default '{}',
  hint jsonb,
  doubts integer not null default 0,
  looks integer not null default 0,
  fetched_at timestamptz,
  primary key (source_id, url)
);
create index pages_due on pages (source_id, urgency desc, due_at) where due_at is not null;
create index pages_thread on pages (source_id, thread, number) where thread <> '';

-- When a document was noticed to be gone from its page. What it said is kept as evidence.
alter table documents add column deleted_at timestamptz;
-- What stands in place of an author's name when many people share it.
alter table documents add column guest_name text;
-- How sure the reading of each field was, 0 to 1, where several readings were weighed.
alter table documents add column confidence jsonb;

-- next_run_at is the earlier of the next look for news (poll_at) and the next page that is due.
alter table sources add column poll_at timestamptz;
update sources set poll_at = next_run_at;
alter table sources alter column poll_at set not null;
-- {kind: adaptive, minMs, maxMs}: learnt from when the source publishes; {kind: fixed}: every_ms; {kind: cron, expression}.
alter table sources add column schedule jsonb not null default '{"kind": "fixed"}';
-- Publications per hour, as far as it has been learnt: all adaptive sources share one budget of visits.
alter table sources add column per_hour double precision not null default 0.03;
-- What all adaptive sources together make a visit worth: one row.
create table crawl_budget (
  one boolean primary key default true check (one),
  worth double precision not null
);
-- The last visit that brought something new.
alter table sources add column last_news_at timestamptz;
-- Something that could not be read while the rest could.
alter table sources add column trouble jsonb;
-- The source has said that it is gone for good (410).
alter table sources add column gone_at timestamptz;
create index documents_source_time on documents (source_id, published_at desc);

-- Documents that carry the same text belong to one story, which bears the number of its first document.
create table signatures (
  document_id bigint primary key references documents on delete cascade,
  minima integer[] not null,
  bands integer[] not null,
  story_id bigint not null,
  made_at timestamptz not null
);
-- Without a list of what is pending: nobody vacuums the embedded database, and each search would read the whole list.
create index signatures_bands on signatures using gin (bands) with (fastupdate = off);
create index signatures_story on signatures (story_id);

-- False: the past that its lists tell of is not collected for now.
alter table sources add column backfill boolean not null default true;
-- A source that people added and removed again is hidden; its documents stay.
alter table sources add column removed_at timestamptz;
-- {url, text}: a page that is known to be there, and words that must be read on it.
alter table sources add column canary jsonb;
-- {at, error}: how the last look at it ended; error is null when the words were there.
alter table sources add column canary_result jsonb;

-- What each visit brought, to judge by whether a source is quiet or broken. Kept for 60 days.
create table source_visits (
  id bigint generated always as identity primary key,
  source_id bigint not null references sources on delete cascade,
  at timestamptz not null,
  -- Pages that had changed since the last look, and those of them that are lists.
  pages integer not null,
  lists integer not null,
  -- Links to pages on the lists, documents on the pages: news or not.
  links integer not null,
  documents integer not null,
  stored integer not null,
  with_author integer not null,
  with_date integer not null,
  error text
);
create index source_visits_time on source_visits (source_id, at desc);

-- The last page that could be read well, and the first after it that could not: gzip of their texts.
create table source_pages_kept (
  source_id bigint not null references sources on delete cascade,
  role text not null check (role in ('list', 'content')),
  is_good boolean not null,
  url text not null,
  at timestamptz not null,
  body bytea not null,
  primary key (source_id, role, is_good)
);

-- Subscriptions at WebSub hubs. The id is the unguessable end of our callback's address.
create table websub_subscriptions (
  id text primary key,
  source_id bigint not null unique references sources on delete cascade,
  hub text not null,
  topic text not null,
  secret text not null,
  state text not null check (state in ('pending', 'active', 'denied', 'failed', 'unsubscribing')),
  asked_at timestamptz,
  verified_at timestamptz,
  expires_at timestamptz,
  last_push_at timestamptz,
  failures integer not null default 0,
  -- What went wrong last, for people.
  trouble text,
  next_try_at timestamptz
);

-- Whether pages are shown in a browser before they are read: auto (those that are empty until their programs have run), never, always.
alter table sources add column browser text not null default 'auto' check (browser in ('auto', 'never', 'always'));

-- How the source was judged last: {state, code, …}; pages show it beside what visits say at once.
alter table sources add column health jsonb;
