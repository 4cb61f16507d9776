-- A story keeps its number, whichever of its documents proves to be the first.
create table stories (
  id bigint generated always as identity primary key,
  made_at timestamptz not null
);
insert into stories (id, made_at) overriding system value
  select story_id, min(made_at) from signatures group by story_id;
select setval(pg_get_serial_sequence('stories', 'id'), (select coalesce(max(id), 0) + 1 from stories), false);

-- Which document carries which story, and what it is to the text that it was found by.
alter table signatures rename to story_carriers;
alter index signatures_story rename to story_carriers_story;
drop index signatures_bands;
alter table story_carriers drop column minima, drop column bands;
alter table story_carriers rename column made_at to joined_at;
alter table story_carriers
  -- Of the document that was compared.
  add column revision integer not null default 1,
  -- Published, or found: the first of a story is the earliest.
  add column said_at timestamptz,
  add column relation text not null default 'first'
    check (relation in ('first', 'copy', 'excerpt', 'extended', 'quotation')),
  -- Shares of words: of the story's text that stand in this document, and of this document that stand in that text.
  add column of_story real not null default 1,
  add column of_own real not null default 1;
update story_carriers c set said_at = coalesce(d.published_at, d.found_at), revision = d.revision,
  relation = case when c.story_id = c.document_id then 'first' else 'copy' end
  from documents d where d.id = c.document_id;
alter table story_carriers alter column said_at set not null;
drop index story_carriers_story;
create index story_carriers_story on story_carriers (story_id, said_at, document_id);
-- Stories that somebody has passed on lately.
create index story_carriers_joined on story_carriers (joined_at) where relation <> 'first';

-- By which texts a story is known: its first, and fuller ones. Its numbers only grow, so that each process can tell what is new.
create table story_texts (
  id bigint generated always as identity primary key,
  document_id bigint not null unique references story_carriers on delete cascade,
  story_id bigint not null,
  -- 32-bit numbers, the least byte first: see understand/stories/fingerprints.ts.
  fingerprints bytea not null,
  made_at timestamptz not null
);
create index story_texts_story on story_texts (story_id);
create index story_texts_age on story_texts (made_at);

-- Stories that have lost the text by which they are known.
create table stories_adrift (
  story_id bigint primary key
);
insert into stories_adrift (story_id)
  select distinct story_id from story_carriers where joined_at > now() - interval '40 days';
