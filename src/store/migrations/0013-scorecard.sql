-- Mentions drawn at random for a person to label: what the taggers are measured by.
create table scorecard_samples (
  id bigint generated always as identity primary key,
  -- Of documents found in [period_from, period_to); periods do not overlap.
  period_from timestamptz not null unique,
  period_to timestamptz not null,
  drawn_at timestamptz not null,
  -- [{language, sourceKind, documents, mentions}]: of what it was drawn; '' of those that were too small to stand alone.
  strata jsonb not null
);

create table scorecard_items (
  id bigint generated always as identity primary key,
  sample_id bigint not null references scorecard_samples on delete cascade,
  -- In the order in which they are labelled, from 1: an order of chance.
  position integer not null,
  -- Index into the sample's strata.
  stratum integer not null,
  -- null once it is gone; what was said of it stays, without its text.
  document_id bigint unique references documents on delete set null,
  topic_id bigint references topics on delete set null,
  language text not null,
  source_kind text not null,
  -- Of the document, one of which was drawn.
  mentions integer not null,
  tone text,
  complaint boolean,
  -- {tone, toneVersion, complaint, complaintVersion}: what the taggers said of the text that the person has read.
  machine jsonb,
  by text,
  labelled_at timestamptz,
  skipped_at timestamptz,
  unique (sample_id, position),
  check ((labelled_at is null) = (tone is null)),
  check ((labelled_at is null) = (machine is null))
);
create index scorecard_items_topic on scorecard_items (topic_id) where topic_id is not null;
-- What was found in a week.
create index documents_found on documents (found_at);
