-- Words are looked for by their forms, in the index or by reading: stems of the database found two thirds of them.
drop index if exists documents_full_text;
alter table documents drop column full_text_index;

-- How many answers a document has.
create index documents_parent on documents (source_id, parent_external_id) where parent_external_id is not null;

-- What a platform says of a post besides its words: {hasImage, isRepost, reach, followers}.
alter table documents add column signs jsonb not null default '{}';
