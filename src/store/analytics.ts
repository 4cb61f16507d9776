import type { Tier } from '../model/customer.ts';
import type { TopicId } from '../model/ids.ts';
import type { SentimentLabel } from '../model/tag.ts';
import type { Db } from './db.ts';

/** What a post says of one topic. */
export interface Said {
  topic: TopicId;
  tone: SentimentLabel;
  /** Of a complaint; null: it is none. */
  reason: string | null;
}

/** Posts that say the same of the same topics are of one kind. */
export interface MentionKind {
  id: number;
  said: Said[];
}

/** Posts of some kinds, published (or found, when no date was stated) in [from, to). */
export interface PostSpan {
  from: Date;
  to: Date;
  /** null: of all. */
  kinds: readonly number[] | null;
}

const HOUR_MS = 3_600_000;
/** Clocks differ by whole quarters of an hour. */
export const SLOT_MS = HOUR_MS / 4;

export async function listMentionKinds(db: Db): Promise<MentionKind[]> {
  const rows = await db.query<{ id: number; said: [TopicId, SentimentLabel, string | null][] }>(
    'select id, said from mention_kinds order by id',
  );
  return rows.map(({ id, said }) => ({
    id,
    said: said.map(([topic, tone, reason]) => ({ topic, tone, reason })),
  }));
}

const isWholeHour = (at: Date): boolean => at.getTime() % HOUR_MS === 0;

/** By the counts of hours where the time begins and ends with one and no clock in it shows parts of hours; else post by post. */
function counted(
  { from, to }: Pick<PostSpan, 'from' | 'to'>,
  byQuarters: boolean,
): { sql: string; params: unknown[] } {
  if (!byQuarters && isWholeHour(from) && isWholeHour(to))
    return {
      sql: '(select (hour - $1::bigint) * 4 as slot, kind_id, n from mention_hours where hour >= $1::bigint and hour < $2::bigint)',
      params: [from.getTime() / HOUR_MS, to.getTime() / HOUR_MS],
    };
  return {
    sql: `(select floor(extract(epoch from at - $1::timestamptz) / ${SLOT_MS / 1000})::bigint as slot, kind_id, 1 as n
      from mention_posts where at >= $1::timestamptz and at < $2::timestamptz)`,
    params: [from, to],
  };
}

/** Rows as one value: thousands of them cost more as rows. */
async function rowsOf<Row>(db: Db, sql: string, params: readonly unknown[]): Promise<Row[]> {
  const [found] = await db.query<{ rows: Row[] }>(sql, params);
  return found?.rows ?? [];
}

/**
 * When posts were written: [slot, class, posts], slots in quarters of an hour since `from`. `classes`: of each kind, by its number; kinds without one
 * are left out. `byQuarters`: a clock in this time shows parts of hours.
 */
export function countSlots(
  db: Db,
  { from, to }: Pick<PostSpan, 'from' | 'to'>,
  classes: ReadonlyMap<number, number>,
  byQuarters: boolean,
): Promise<[slot: number, kind: number, posts: number][]> {
  const { sql, params } = counted({ from, to }, byQuarters);
  return rowsOf(
    db,
    `select coalesce(json_agg(json_build_array(slot, class, n)), '[]') as rows from (
       select h.slot, c.class, sum(h.n)::int as n from ${sql} h join unnest($3::int[], $4::int[]) as c(id, class) on c.id = h.kind_id
       where h.kind_id = any($3::int[]) group by 1, 2 having sum(h.n) <> 0) as counted`,
    [...params, [...classes.keys()], [...classes.values()]],
  );
}

/** How many posts there are of all kinds by slots, as above. */
export function countAllSlots(
  db: Db,
  span: Pick<PostSpan, 'from' | 'to'>,
  byQuarters: boolean,
): Promise<[slot: number, kind: number, posts: number][]> {
  const { sql, params } = counted(span, byQuarters);
  return rowsOf(
    db,
    `select coalesce(json_agg(json_build_array(slot, 0, n)), '[]') as rows from (
       select slot, sum(n)::int as n from ${sql} h group by 1 having sum(n) <> 0) as counted`,
    params,
  );
}

/** How many posts are of each kind. */
export function countKinds(
  db: Db,
  span: Pick<PostSpan, 'from' | 'to'>,
  byQuarters: boolean,
): Promise<[kind: number, posts: number][]> {
  const { sql, params } = counted(span, byQuarters);
  return rowsOf(
    db,
    `select coalesce(json_agg(json_build_array(kind_id, n)), '[]') as rows from (
       select kind_id, sum(n)::int as n from ${sql} h group by 1 having sum(n) <> 0) as counted`,
    params,
  );
}

/** Conditions on a table named p, and their parameters, to which more may be added. */
function inSpan({ from, to, kinds }: PostSpan): { where: string; params: unknown[] } {
  const time = 'p.at >= $1::timestamptz and p.at < $2::timestamptz';
  if (kinds === null) return { where: time, params: [from, to] };
  return { where: `${time} and p.kind_id = any($3::int[])`, params: [from, to, kinds] };
}

export interface SourceCount {
  key: string;
  name: string;
  posts: number;
  negative: number;
}

export interface LanguageCount {
  /** null: none was told. */
  code: string | null;
  posts: number;
}

/** Where and in which language posts were written: both in one reading. `negative`: of `kinds`, those that are. */
export async function countWhere(
  db: Db,
  span: PostSpan,
  negative: readonly number[],
): Promise<{ sources: SourceCount[]; languages: LanguageCount[] }> {
  const { where, params } = inSpan(span);
  const rows = await db.query<SourceCount & LanguageCount & { isSource: boolean }>(
    `with c as materialized (select grouping(p.source_id) = 0 as is_source, p.source_id, p.language, count(*)::int as posts,
         count(*) filter (where p.kind_id = any($${params.length + 1}::int[]))::int as negative
       from mention_posts p where ${where} group by grouping sets ((p.source_id), (p.language)))
     select c.is_source as "isSource", s.key, s.name, c.language as code, c.posts, c.negative
     from c left join sources s on s.id = c.source_id order by c.posts desc, s.key, c.language`,
    [...params, negative],
  );
  return {
    sources: rows
      .filter(({ isSource }) => isSource)
      .map(({ key, name, posts, negative }) => ({ key, name, posts, negative })),
    languages: rows.filter(({ isSource }) => !isSource).map(({ code, posts }) => ({ code, posts })),
  };
}

/** Posts of each source, by its key: for comparing, where no more is asked. */
export async function countSources(db: Db, span: PostSpan): Promise<Map<string, number>> {
  const { where, params } = inSpan(span);
  const rows = await db.query<{ key: string; posts: number }>(
    `with c as materialized (select p.source_id, count(*)::int as posts from mention_posts p where ${where} group by 1)
     select s.key, c.posts from c join sources s on s.id = c.source_id`,
    params,
  );
  return new Map(rows.map(({ key, posts }) => [key, posts]));
}

export interface AuthorCount {
  handle: string;
  name: string | null;
  site: string;
  posts: number;
  negative: number;
  /** Of the newest posts, as far as platforms say it: followers, and how often these posts were seen. */
  followers: number | null;
  reach: number | null;
}

const NEWEST = 10;

/** Who wrote the most. `negative`: of `kinds`, those that are. */
export function countAuthors(
  db: Db,
  span: PostSpan,
  negative: readonly number[],
  most: number,
): Promise<AuthorCount[]> {
  const { where, params } = inSpan(span);
  return db.query<AuthorCount>(
    `with top as materialized (select p.author_id, count(*)::int as posts
       from mention_posts p where ${where} and p.author_id is not null group by 1 order by 2 desc, 1 limit $${params.length + 2})
     select a.handle, a.name, a.site, top.posts, newest.followers, newest.reach,
       (select count(*)::int from mention_posts p where p.author_id = top.author_id and ${where} and p.kind_id = any($${params.length + 1}::int[])) as negative
     from top join authors a on a.id = top.author_id
     left join lateral (select max((d.signs->>'followers')::float8) as followers, sum((d.signs->>'reach')::float8) as reach
       from (select p.document_id from mention_posts p where p.author_id = top.author_id and p.at >= $1::timestamptz and p.at < $2::timestamptz
         order by p.at desc limit ${NEWEST}) n
       join documents d on d.id = n.document_id) newest on true
     order by top.posts desc, top.author_id`,
    [...params, negative, most],
  );
}

/** Posts whose author is linked to customers, by their tier; 'none': to one without; null: to nobody. A post of two tiers counts in both. */
export function countTiers(db: Db, span: PostSpan): Promise<{ tier: Tier | 'none' | null; posts: number }[]> {
  const { where, params } = inSpan(span);
  return db.query(
    `with told as materialized (select p.document_id, p.author_id from mention_posts p where ${where})
     select case when l.customer_id is null then null else coalesce(w.tier, v.tier, 'none') end as tier, count(distinct told.document_id)::int as posts
     from told left join identity_links l on l.author_id = told.author_id and l.state in ('linked', 'confirmed')
     left join customers c on c.id = l.customer_id left join customers w on w.id = coalesce(c.merged_into, c.id)
     left join customer_values v on v.customer_id = w.id
     group by 1 order by 2 desc`,
    params,
  );
}

/** Places that posts name, by how many name them. */
export function countPlaces(
  db: Db,
  span: PostSpan,
  most: number,
): Promise<{ place: string; posts: number }[]> {
  const { where, params } = inSpan(span);
  return db.query(
    `select place, count(*)::int as posts from mention_posts p, unnest(p.places) as place
     where p.places <> '{}' and ${where} group by 1 order by 2 desc, 1 limit $${params.length + 1}`,
    [...params, most],
  );
}

/** When the first post was written that mentions anything; null: there is none. */
export async function firstPostAt(db: Db): Promise<Date | null> {
  const [row] = await db.query<{ at: Date | null }>('select min(at) as at from mention_posts');
  return row?.at ?? null;
}

/** Makes one row of those that writers have added to hours. Returns how many there were. */
export async function foldMentionHours(db: Db): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `with gone as (delete from mention_hours where hour in (select hour from mention_hours where not is_folded) returning *),
       folded as (insert into mention_hours (hour, kind_id, n, is_folded)
         select hour, kind_id, sum(n), true from gone group by 1, 2 having sum(n) <> 0)
     select count(*)::int as n from gone`,
  );
  return row?.n ?? 0;
}
