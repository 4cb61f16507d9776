-- What analytics counts, beside the rows that it is made of: triggers keep it, whoever writes (docs/decisions/0039).

-- What posts say of topics: posts that say the same of the same topics have one row. Rows are never changed.
create table mention_kinds (
  id integer generated always as identity primary key,
  -- md5 of `said`: an index holds no long value.
  key text not null unique,
  -- In the order of topics: [[topic, tone, reason of the complaint or null], …].
  said jsonb not null
);

-- Each post with a mention that is not in the basket.
create table mention_posts (
  document_id bigint primary key references documents on delete cascade,
  -- Published, or found when no date was stated.
  at timestamptz not null,
  kind_id integer not null,
  source_id bigint not null,
  author_id bigint,
  -- null: no tagger has told it.
  language text,
  -- Named in it.
  places text[] not null
);
create index mention_posts_at on mention_posts (at);
-- Of few kinds: a topic, or complaints.
create index mention_posts_kind on mention_posts (kind_id, at);
create index mention_posts_author on mention_posts (author_id, at desc) where author_id is not null;
create index mention_posts_places on mention_posts (at) where places <> '{}';

-- Posts by hours since 1970 in UTC. Rows of one hour and kind are added up: writers only ever add rows, 1 for a post that
-- comes and −1 for one that goes, so that they never wait for each other; `fold` makes one of them.
create table mention_hours (
  hour bigint not null,
  kind_id integer not null,
  n integer not null,
  is_folded boolean not null default false
);
create index mention_hours_hour on mention_hours (hour);
create index mention_hours_kind on mention_hours (kind_id, hour);
create index mention_hours_loose on mention_hours (hour) where not is_folded;

insert into mention_kinds (key, said)
select distinct md5(said::text), said from (
  select jsonb_agg(jsonb_build_array(topic_id, sentiment->>'label', case when (complaint->>'isComplaint')::boolean then coalesce(complaint->>'reason', 'other') end) order by topic_id) as said
  from mentions where basket_at is null group by document_id) of;

create function places_of(entities jsonb) returns text[] language sql immutable as $$
  select coalesce(array_agg(name order by name), '{}') from (
    select distinct left(e->>'name', 100) as name from jsonb_array_elements(case when jsonb_typeof(entities) = 'array' then entities else '[]' end) e
    where e->>'kind' = 'place' order by 1 limit 20) named
$$;

create function refresh_mention_post(doc bigint) returns void language plpgsql as $$
declare
  its_said jsonb;
  its_kind integer;
begin
  -- Two that change mentions of one post take turns: the second counts what the first has written.
  perform 1 from documents where id = doc for no key update;
  select jsonb_agg(jsonb_build_array(topic_id, sentiment->>'label', case when (complaint->>'isComplaint')::boolean then coalesce(complaint->>'reason', 'other') end) order by topic_id)
    into its_said from mentions where document_id = doc and basket_at is null;
  if its_said is null then
    delete from mention_posts where document_id = doc;
    return;
  end if;
  select id into its_kind from mention_kinds where key = md5(its_said::text);
  if its_kind is null then
    insert into mention_kinds (key, said) values (md5(its_said::text), its_said) on conflict (key) do nothing;
    select id into its_kind from mention_kinds where key = md5(its_said::text);
  end if;
  insert into mention_posts as p (document_id, at, kind_id, source_id, author_id, language, places)
  select d.id, coalesce(d.published_at, d.found_at), its_kind, d.source_id, d.author_id,
    (select g.value->>'code' from tags g where g.document_id = d.id and g.kind = 'language' and g.target = ''),
    places_of((select g.value from tags g where g.document_id = d.id and g.kind = 'entities' and g.target = ''))
  from documents d where d.id = doc
  on conflict (document_id) do update set at = excluded.at, kind_id = excluded.kind_id, source_id = excluded.source_id, author_id = excluded.author_id,
    language = excluded.language, places = excluded.places
  where (p.at, p.kind_id, p.source_id, p.author_id, p.language, p.places)
    is distinct from (excluded.at, excluded.kind_id, excluded.source_id, excluded.author_id, excluded.language, excluded.places);
end
$$;

insert into mention_posts (document_id, at, kind_id, source_id, author_id, language, places)
select d.id, coalesce(d.published_at, d.found_at), k.id, d.source_id, d.author_id, l.value->>'code', places_of(e.value)
from (select document_id, jsonb_agg(jsonb_build_array(topic_id, sentiment->>'label', case when (complaint->>'isComplaint')::boolean then coalesce(complaint->>'reason', 'other') end) order by topic_id) as said
  from mentions where basket_at is null group by document_id) m
join documents d on d.id = m.document_id join mention_kinds k on k.key = md5(m.said::text)
left join tags l on l.document_id = d.id and l.kind = 'language' and l.target = ''
left join tags e on e.document_id = d.id and e.kind = 'entities' and e.target = '';

insert into mention_hours (hour, kind_id, n, is_folded)
select floor(extract(epoch from at) / 3600), kind_id, count(*), true from mention_posts group by 1, 2;

create function count_mention_post() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into mention_hours (hour, kind_id, n) values (floor(extract(epoch from old.at) / 3600), old.kind_id, -1);
  end if;
  if tg_op <> 'DELETE' then
    insert into mention_hours (hour, kind_id, n) values (floor(extract(epoch from new.at) / 3600), new.kind_id, 1);
  end if;
  return null;
end
$$;
create trigger count_post after insert or delete on mention_posts for each row execute function count_mention_post();
create trigger count_post_again after update on mention_posts for each row
  when ((old.at, old.kind_id) is distinct from (new.at, new.kind_id)) execute function count_mention_post();

create function mention_changed() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform refresh_mention_post(old.document_id);
  end if;
  if tg_op <> 'DELETE' and (tg_op = 'INSERT' or new.document_id <> old.document_id) then
    perform refresh_mention_post(new.document_id);
  end if;
  return null;
end
$$;
create trigger mention_came_or_went after insert or delete on mentions for each row execute function mention_changed();
create trigger mention_said_anew after update on mentions for each row
  when ((old.document_id, old.topic_id, old.sentiment, old.complaint, old.basket_at) is distinct from (new.document_id, new.topic_id, new.sentiment, new.complaint, new.basket_at))
  execute function mention_changed();

create function document_moved() returns trigger language plpgsql as $$
begin
  update mention_posts set at = coalesce(new.published_at, new.found_at), source_id = new.source_id, author_id = new.author_id where document_id = new.id;
  return null;
end
$$;
create trigger document_moved after update on documents for each row
  when ((old.source_id, old.author_id, old.published_at, old.found_at) is distinct from (new.source_id, new.author_id, new.published_at, new.found_at))
  execute function document_moved();

-- These tags are made anew, never only taken away: the one that goes says nothing.
create function tag_told() returns trigger language plpgsql as $$
begin
  if new.kind = 'language' then
    update mention_posts set language = new.value->>'code' where document_id = new.document_id and language is distinct from new.value->>'code';
  else
    update mention_posts set places = places_of(new.value) where document_id = new.document_id and places is distinct from places_of(new.value);
  end if;
  return null;
end
$$;
create trigger tag_told after insert or update on tags for each row
  when (new.target = '' and new.kind in ('language', 'entities')) execute function tag_told();
