-- Posts that somebody missed, and why they were not caught.
create table recall_misses (
  id bigint generated always as identity primary key,
  -- As it was understood; '' when only words were given.
  address text not null,
  -- Words of the post, as the reporter pasted them; may be ''.
  text text not null,
  -- Of the address without what varies from reader to reader, or of the words: one miss is one entry.
  report_key text not null,
  -- null: any topic.
  topic_id bigint references topics on delete cascade,
  -- What a planted canary belongs to; null for what people report.
  source_id bigint references sources on delete cascade,
  reported_by text not null,
  reported_at timestamptz not null,
  last_reported_at timestamptz not null,
  reports integer not null default 1,
  state text not null check (state in ('open', 'fixed', 'dismissed')),
  -- What kept it from being caught; stays when it is caught later.
  cause text not null,
  -- The last trace: steps, fix.
  trace jsonb not null,
  traced_at timestamptz not null,
  traces integer not null default 1,
  -- When the site is asked again; null: not by itself.
  next_trace_at timestamptz,
  -- When the store was last searched for it.
  looked_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  -- caught: it was found later. was-there: it had been caught when it was reported. by-hand: a person said so.
  how text check (how in ('caught', 'was-there', 'by-hand')),
  document_id bigint references documents on delete set null
);
create unique index recall_misses_once on recall_misses (report_key, coalesce(topic_id, 0), coalesce(source_id, 0));
create index recall_misses_open on recall_misses (next_trace_at) where state = 'open';

-- Posts that are known to be out there: each must be in the store within so long after it was planted.
create table canary_documents (
  id bigint generated always as identity primary key,
  source_id bigint not null references sources on delete cascade,
  -- '' when only words are known.
  address text not null,
  words text not null,
  within_ms bigint not null,
  planted_by text not null,
  planted_at timestamptz not null,
  checked_at timestamptz,
  found_at timestamptz,
  missed_at timestamptz,
  document_id bigint references documents on delete set null,
  miss_id bigint references recall_misses on delete set null
);
create index canary_documents_source on canary_documents (source_id);

-- How much of what is published is collected, by capture and recapture: one row, worked out anew.
create table recall_coverage (
  one boolean primary key default true check (one),
  at timestamptz not null,
  report jsonb not null
);

-- Documents by the address of their page, whatever its scheme, its www and its last slash: see store/document-address.ts.
create index documents_page on documents (md5(rtrim(split_part(regexp_replace(url, '^https?://(?:(?:www|m|mobile|amp|wap)[.])?', ''), '#', 1), '/')));
