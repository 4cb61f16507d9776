-- Rules that come with the program are given once: who deletes one does not get it again.
create table seeded_rules (
  key text primary key,
  at timestamptz not null
);
-- Posts that may be complaints, for those who look through them.
create index mentions_review on mentions (document_id) where complaint->>'level' = 'review' and basket_at is null;
