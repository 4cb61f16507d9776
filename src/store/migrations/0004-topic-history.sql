-- Texts that a topic must find, or must not: run whenever its query changes.
create table topic_examples (
  id bigint generated always as identity primary key,
  topic_id bigint not null references topics on delete cascade,
  must_match boolean not null,
  -- Where the text was taken from.
  url text,
  title text,
  author text,
  text text not null,
  note text not null default '',
  -- Of what is held against the query: one text is one example.
  content_hash text not null,
  added_by text not null,
  added_at timestamptz not null,
  unique (topic_id, content_hash)
);

-- Every state in which a topic was saved; the newest is the one in force.
create table topic_versions (
  topic_id bigint not null references topics on delete cascade,
  version integer not null,
  name text not null,
  query text not null,
  enabled boolean not null,
  -- A user's e-mail, `cli` or `config`.
  saved_by text not null,
  saved_at timestamptz not null,
  -- The version that this one brought back.
  restored integer,
  primary key (topic_id, version)
);
-- Browsers send lines that end with two characters.
update topics set query = replace(query, chr(13), '') where query like '%' || chr(13) || '%';
insert into topic_versions (topic_id, version, name, query, enabled, saved_by, saved_at)
  select id, 1, name, query, enabled, origin, updated_at from topics;

-- How far the past has been matched again after topics changed.
create table rematch_runs (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  done integer not null default 0,
  total integer not null,
  finished_at timestamptz
);
