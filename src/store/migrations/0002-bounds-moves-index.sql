-- A tsvector holds 1 MB at most, and a hostile text makes eight bytes and more of a character: 200,000 of them could not
-- be stored. One configuration is enough: `russian` stems words in Latin letters as English.
alter table documents drop column full_text_index;
alter table documents add column full_text_index tsvector generated always as (
  to_tsvector('russian', left(coalesce(title, '') || ' ' || text, 80000))
) stored;
create index documents_full_text on documents using gin (full_text_index);

-- Where a source's server says that it lives now. The configured address stays beside it: the next start must not take
-- the old address for a new one.
alter table sources add column moved_to text;

-- Authors are looked up by account and by nick when customers are imported.
create index authors_account on authors (lower(site || '/' || handle));
create index authors_nick on authors (lower(handle));

-- Which search index the progress of documents is about, and who works on it at the moment. identity null: it has to be
-- built anew.
create table index_state (
  name text primary key,
  identity text,
  holder text,
  held_until timestamptz
);

-- Deleted documents that the search index still has to forget.
create table index_removals (
  document_id bigint primary key
);
