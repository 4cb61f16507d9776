-- What was learned from this installation's corrections. Rows are not changed.
create table models (
  id bigint generated always as identity primary key,
  made_at timestamptz not null,
  by text not null,
  -- How many corrections it learned from, and the documents that they stand in: those never measure it.
  corrections integer not null,
  documents jsonb not null,
  -- Of the numbers in `bytes`; and of the shipped models that they are added to.
  version text not null,
  base text not null,
  bytes bytea not null,
  -- What was learned of each question, and how it did when it was made.
  figures jsonb not null
);

-- In use is the newest row that has not ended; none: the shipped models as they are. `model_id` null: these were chosen.
create table model_uses (
  id bigint generated always as identity primary key,
  model_id bigint references models on delete cascade,
  at timestamptz not null,
  by text not null,
  ended_at timestamptz
);
create index model_uses_model on model_uses (model_id)
