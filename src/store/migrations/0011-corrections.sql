-- What people say of tags. Rows are only added: the newest that was not undone counts, as long as the text is the one that was judged.
create table corrections (
  id bigint generated always as identity primary key,
  document_id bigint not null references documents on delete cascade,
  -- null: of the document as a whole.
  topic_id bigint references topics on delete cascade,
  kind text not null,
  -- The text that was judged.
  revision integer not null,
  text_hash text not null,
  -- What the tagger said, and which version of it.
  version text not null,
  before jsonb not null,
  -- What the person says: some fields of the tag's value; null takes back what the row says that it undoes.
  after jsonb,
  undoes bigint unique references corrections on delete cascade deferrable initially deferred,
  -- {value, decision}: a tone that a rule had set.
  standing jsonb,
  -- [{key, spans}]: where topics were named.
  targets jsonb not null,
  by text not null,
  at timestamptz not null,
  check ((after is null) = (undoes is not null))
);
create index corrections_document on corrections (document_id, kind, topic_id, id desc);
create index corrections_topic on corrections (topic_id) where topic_id is not null;

-- {by, at, tagger}: while a person's word counts in `value`.
alter table tags add column corrected jsonb;
-- Which tags were made by another version of their tagger.
create index tags_version on tags (kind, version);

-- Tones that people have set so far are corrections like others. Which text they had read is not known: they count for the one of today.
insert into corrections (document_id, topic_id, kind, revision, text_hash, version, before, after, targets, by, at)
  select m.document_id, m.topic_id, 'sentiment', d.revision, d.content_hash, coalesce(g.version, ''), coalesce(m.tagger_sentiment, m.sentiment),
    jsonb_build_object('label', m.sentiment->>'label'),
    (select jsonb_agg(jsonb_build_object('key', o.key, 'spans', n.spans) order by n.id) from mentions n join topics o on o.id = n.topic_id
      where n.document_id = m.document_id),
    m.decided->'tone'->>'person', (m.decided->'tone'->>'at')::timestamptz
  from mentions m join documents d on d.id = m.document_id join topics t on t.id = m.topic_id
  left join tags g on g.document_id = m.document_id and g.kind = 'sentiment' and g.target = t.key
  where m.decided->'tone'->>'person' is not null order by m.id;

-- A run over the past either matches topics again or, where `versions` says of which kinds, makes tags again.
alter table rematch_runs
  -- Kind → version of the tags that are made.
  add column versions jsonb,
  -- Only documents found since then.
  add column since timestamptz,
  -- Documents up to this number are done; those up to the other are to be done.
  add column after bigint not null default 0,
  add column until bigint not null default 0,
  -- Documents whose tags say something else now.
  add column changed integer not null default 0,
  add column touched_at timestamptz;
-- How far they were stood in jobs: those under way begin again.
update rematch_runs set touched_at = started_at, done = case when finished_at is null then 0 else done end,
  until = (select coalesce(max(id), 0) from documents);
alter table rematch_runs alter column touched_at set not null;
