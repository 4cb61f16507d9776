-- What was seen of a complaint, when, and by which program: one chain for the installation (docs/evidence.md says what is hashed).
create table evidence_records (
  -- 1, 2, 3 … without a gap.
  seq bigint primary key,
  -- No reference: a record outlasts its case, so that the chain stays whole. A case's number says nothing of anybody.
  case_id bigint not null,
  document_id bigint references documents on delete set null,
  kind text not null check (kind in ('text', 'page', 'rendered', 'screenshot', 'seen', 'edit', 'deletion', 'returned', 'gone',
    'refused', 'failed', 'hold', 'release', 'erased')),
  at timestamptz not null,
  -- From here to `size` all is null once the record was emptied; its hashes go on to verify.
  address text,
  -- Canonical JSON, letter by letter as it was hashed: jsonb would not keep it so.
  details text,
  content bytea,
  encoding text check (encoding in ('brotli', 'identity')),
  -- Of the content as it is without its encoding, in bytes.
  content_sha256 text,
  size bigint,
  details_sha256 text not null,
  -- Unique: the chain has no forks.
  previous_sha256 text not null unique,
  sha256 text not null unique,
  emptied_at timestamptz
);
create index evidence_records_case on evidence_records (case_id, seq);
create index evidence_records_document on evidence_records (document_id);

-- The chain's end. Whoever adds a record holds this row; records that were cut off at the end are noticed by it.
create table evidence_head (
  id boolean primary key default true check (id),
  seq bigint not null,
  sha256 text not null
);

-- When the page behind a complaint is looked at next.
create table evidence_looks (
  case_id bigint not null references cases on delete cascade,
  document_id bigint not null references documents on delete cascade,
  started_at timestamptz not null,
  -- null: no more looks, unless the crawler notices something.
  due_at timestamptz,
  -- Failed attempts in a row.
  attempts integer not null default 0,
  -- Handed to the queue.
  handed_at timestamptz,
  -- Somebody is at it until then.
  taken_until timestamptz,
  -- How the first look knew the words on the page: where it did not, no later one can say that they are gone.
  readable text check (readable in ('exact', 'words', 'no')),
  primary key (case_id, document_id)
);
create index evidence_looks_document on evidence_looks (document_id);
create index evidence_looks_due on evidence_looks (due_at) where due_at is not null;

-- Cases whose evidence must not go. The reference has no cascade: nothing deletes such a case by the way.
create table evidence_holds (
  case_id bigint primary key references cases,
  reason text not null,
  placed_by text not null,
  placed_at timestamptz not null,
  -- Erasures that were asked for meanwhile and are carried out at the release.
  erase_asked_at timestamptz,
  erase_entries bigint[] not null default '{}',
  erase_authors bigint[] not null default '{}',
  erase_posts boolean not null default false
);
