import type { DocumentId } from '../model/ids.ts';
import type { Facet, Facets, SearchFilters } from '../model/search.ts';
import { POST_LEVEL } from './complaint-level.ts';
import type { Db } from './db.ts';
import { POST_KIND } from './stored-texts.ts';

const TIME = 'coalesce(d.published_at, d.found_at)';

/**
 * Collects conditions and their parameters; nothing that a person typed ever becomes SQL. `walk`: the documents are read in the order of their
 * time, and each is asked for its mentions; otherwise the planner may begin with the mentions, and sort what they belong to.
 */
function conditions(filters: SearchFilters, walk = false): { where: string; params: unknown[] } {
  const params: unknown[] = [];
  const parts: string[] = ['true'];
  const bind = (value: unknown): string => `$${params.push(value)}`;
  const mention: string[] = [];
  if (filters.topics.length > 0) mention.push(`t.key = any(${bind(filters.topics)}::text[])`);
  if (filters.sentiments.length > 0)
    mention.push(`m.sentiment->>'label' = any(${bind(filters.sentiments)}::text[])`);
  if (filters.complaintsOnly) mention.push(`(m.complaint->>'isComplaint')::boolean`);
  if (filters.mentionsOnly || mention.length > 0) {
    parts.push(
      `exists (select 1 from mentions m join topics t on t.id = m.topic_id where m.document_id = d.id and m.basket_at is null ${mention.map((c) => `and ${c}`).join(' ')}${walk ? ' offset 0' : ''})`,
    );
  }
  if (filters.maybeComplaints)
    // Few are: the index finds them, the level decides.
    parts.push(
      `exists (select 1 from mentions r where r.document_id = d.id and r.basket_at is null and r.complaint->>'level' = 'review') and ${POST_LEVEL} = 'review'`,
    );
  if (filters.postKinds.length > 0)
    parts.push(`${POST_KIND}->>'kind' = any(${bind(filters.postKinds)}::text[])`);
  if (filters.languages.length > 0) {
    parts.push(
      `exists (select 1 from tags g where g.document_id = d.id and g.kind = 'language' and g.value->>'code' = any(${bind(filters.languages)}::text[]))`,
    );
  }
  if (filters.sources.length > 0) parts.push(`s.key = any(${bind(filters.sources)}::text[])`);
  if (filters.author !== '') {
    const author = bind(filters.author.toLowerCase());
    parts.push(
      `exists (select 1 from authors a where a.id = d.author_id and (lower(a.handle) = ${author} or lower(a.name) = ${author}))`,
    );
  }
  if (filters.after !== null) parts.push(`d.id > ${bind(filters.after)}`);
  if (filters.from) parts.push(`${TIME} >= ${bind(filters.from)}`);
  if (filters.to) parts.push(`${TIME} < ${bind(filters.to)}`);
  if (filters.behind) {
    const { time, id } = filters.behind;
    parts.push(`(${TIME}, d.id) < (${bind(time)}::timestamptz, ${bind(id)}::bigint)`);
  }
  return { where: parts.join(' and '), params };
}

// Every document has its source; said as a left join, nothing but the documents can be begun with.
const FROM = 'from documents d left join sources s on s.id = d.source_id';

export async function countFiltered(db: Db, filters: SearchFilters): Promise<number> {
  const { where, params } = conditions(filters);
  const [row] = await db.query<{ n: number }>(`select count(*)::int as n ${FROM} where ${where}`, params);
  return row?.n ?? 0;
}

/** A walk reads about `total / wanted` documents for each that it finds, the other way all that the filters find: dearer by so much. */
const WALK_IS_DEARER = 8;

/** Newest first. `total`: how many the filters let through. */
export async function pageFiltered(
  db: Db,
  filters: SearchFilters,
  total: number,
  limit: number,
  offset: number,
): Promise<DocumentId[]> {
  const { where, params } = conditions(filters, total > (limit + offset) * WALK_IS_DEARER);
  const rows = await db.query<{ id: DocumentId }>(
    `select d.id ${FROM} where ${where} order by ${TIME} desc, d.id desc limit $${params.length + 1} offset $${params.length + 2}`,
    [...params, limit, offset],
  );
  return rows.map((row) => row.id);
}

/** Where a walk has come to: the last document that it passed. */
export interface FilteredPlace {
  at: string;
  id: DocumentId;
}

/**
 * The next `size` documents of the `total` that the filters let through after `after`, newest first, and which of them `pattern`, a regular expression of
 * PostgreSQL, finds in title or text. null at the end.
 */
export async function walkFiltered(
  db: Db,
  { filters, pattern, total }: { filters: SearchFilters; pattern: string | null; total: number },
  after: FilteredPlace | null,
  size: number,
): Promise<{ ids: DocumentId[]; passed: number; last: FilteredPlace } | null> {
  const { where, params } = conditions(filters, total > size * WALK_IS_DEARER);
  const bind = (value: unknown): string => `$${params.push(value)}`;
  const behind = after
    ? `and (${TIME}, d.id) < (${bind(after.at)}::timestamptz, ${bind(after.id)}::bigint)`
    : '';
  const limit = bind(size);
  const found = pattern === null ? 'true' : `(text ~ ${bind(pattern)} or title ~ $${params.length})`;
  const [row] = await db.query<{ ids: DocumentId[]; passed: number; at: string | null; last: DocumentId }>(
    `with walked as materialized (
       select d.id, ${TIME} as at, d.title, d.text ${FROM} where ${where} ${behind} order by ${TIME} desc, d.id desc limit ${limit})
     select (select count(*)::int from walked) as passed,
       (select at::text from walked order by at, id limit 1) as at, (select id from walked order by at, id limit 1) as last,
       coalesce((select jsonb_agg(id order by at desc, id desc) from walked where ${found}), '[]') as ids`,
    params,
  );
  if (!row || row.at === null) return null;
  return { ids: row.ids, passed: row.passed, last: { at: row.at, id: row.last } };
}

const COUNTED = `
  select 'source' as facet, source as value, count(*)::int as n from found group by 2
  union all select 'hour', (at / 3600)::text, count(*)::int from found group by 2
  union all select 'day', (at / 86400)::text, count(*)::int from found group by 2
  union all select 'intent', kind, count(*)::int from found where kind is not null group by 2
  union all select 'language', language, count(*)::int from found group by 2
  union all select 'topic', t.key, count(*)::int from found join mentions m on m.document_id = found.id and m.basket_at is null join topics t on t.id = m.topic_id group by 2
  union all select 'sentiment', m.sentiment->>'label', count(distinct found.id)::int from found join mentions m on m.document_id = found.id and m.basket_at is null group by 2`;

const COUNTED_FACTS = `d.id, s.key as source, extract(epoch from ${TIME})::bigint as at, ${POST_KIND}->>'kind' as kind,
  coalesce((select lower(split_part(g.value->>'code', '-', 1)) from tags g where g.document_id = d.id and g.kind = 'language' and g.target = ''), 'und') as language`;

function toFacets(rows: readonly { facet: Facet; value: string; n: number }[]): Facets {
  const facets: Facets = {
    topic: {},
    language: {},
    sentiment: {},
    source: {},
    intent: {},
    hour: {},
    day: {},
  };
  for (const { facet, value, n } of rows) facets[facet][value] = n;
  return facets;
}

async function facetsOf(db: Db, where: string, params: readonly unknown[]): Promise<Facets> {
  const found = `select ${COUNTED_FACTS} ${FROM} where ${where}`;
  return toFacets(await db.query(`with found as materialized (${found}) ${COUNTED}`, params));
}

/** Of all documents of the filters: for thousands of them, not for a million. */
export function countFacets(db: Db, filters: SearchFilters): Promise<Facets> {
  const { where, params } = conditions(filters);
  return facetsOf(db, where, params);
}

export function countFacetsOf(db: Db, ids: readonly DocumentId[]): Promise<Facets> {
  return facetsOf(db, 'd.id = any($1::bigint[])', [ids]);
}
