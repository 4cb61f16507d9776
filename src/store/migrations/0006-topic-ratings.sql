-- What people said of documents that a topic's query finds: is it ours? The newest word counts.
create table topic_ratings (
  topic_id bigint not null references topics on delete cascade,
  document_id bigint not null references documents on delete cascade,
  verdict text not null check (verdict in ('ours', 'not_ours', 'skipped')),
  -- A user's e-mail.
  rated_by text not null,
  rated_at timestamptz not null,
  primary key (topic_id, document_id)
);
create index topic_ratings_document on topic_ratings (document_id);

-- Is a learnt check asked of each place whether the brand is meant, and what the brand is.
alter table topics add column context_check boolean not null default false, add column about text not null default '';
alter table topic_versions add column context_check boolean not null default false, add column about text not null default '';
