import type { DocumentId } from '../model/ids.ts';
import type { IndexSource } from '../model/search.ts';
import { POST_LEVEL } from './complaint-level.ts';
import type { Db } from './db.ts';
import { POST_KIND } from './stored-texts.ts';

/** Characters of a batch: one of the longest texts fits in, not a hundred of them. */
const MAX_CHARS = 10_000_000;

const SELECT = `select d.id, d.title, d.text, d.url, s.key as source, d.kind, a.site,
    a.handle as "authorHandle", a.name as "authorName",
    (select g.value->>'code' from tags g where g.document_id = d.id and g.kind = 'language' and g.target = '') as language,
    ${POST_KIND}->>'kind' as "postKind", ${POST_LEVEL} as "complaintLevel",
    coalesce(d.published_at, d.found_at) as time, d.published_at as "publishedAt", d.found_at as "foundAt", p.touched_at as "touchedAt", p.touched_at::text as "touchedExactly",
    coalesce((select jsonb_agg(jsonb_build_object('topic', t.key, 'sentiment', m.sentiment->>'label',
        'complaint', (m.complaint->>'isComplaint')::boolean) order by m.id)
      from mentions m join topics t on t.id = m.topic_id where m.document_id = d.id and m.basket_at is null), '[]') as mentions
  from document_progress p join documents d on d.id = p.document_id join sources s on s.id = d.source_id
  left join authors a on a.id = d.author_id`;
const BEHIND = '(p.indexed_at is null or p.indexed_at < p.touched_at) and p.understood > 0';

/** `touchedExactly`: touchedAt with its microseconds, which Date has not. */
export type QueuedForIndex = IndexSource & { touchedExactly: string };

/** Understood documents that the index does not have as they are now, oldest change first: `limit` of them, fewer of long ones. */
export function takeBehind(db: Db, limit: number): Promise<QueuedForIndex[]> {
  return db.query<QueuedForIndex>(
    `with behind as (
       select p.document_id, p.touched_at, sum(length(d.text)) over (order by p.touched_at, p.document_id) - length(d.text) as before
       from (select * from document_progress p where ${BEHIND} order by p.touched_at, p.document_id limit $1) p
       join documents d on d.id = p.document_id)
     ${SELECT} where p.document_id in (select document_id from behind where before < ${MAX_CHARS})
     order by p.touched_at, p.document_id`,
    [limit],
  );
}

/**
 * The index has them as they were when they were read; whoever touched them since stays behind. One that was deleted
 * meanwhile is noted for removal.
 */
export async function markIndexed(db: Db, documents: readonly QueuedForIndex[]): Promise<void> {
  await db.query(
    `with marked as (update document_progress p set indexed_at = r.at
       from unnest($1::bigint[], $2::timestamptz[]) as r(id, at) where p.document_id = r.id returning p.document_id)
     insert into index_removals (document_id) select id from unnest($1::bigint[]) as given(id)
       where id not in (select document_id from marked) on conflict do nothing`,
    [documents.map((d) => d.id), documents.map((d) => d.touchedExactly)],
  );
}

export async function countBehind(db: Db): Promise<number> {
  const rows = await db.query<{ n: number }>(
    'select count(*)::int as n from document_progress where indexed_at is null or indexed_at < touched_at',
  );
  return rows[0]?.n ?? 0;
}

/** Documents that the index should hold: those that were put into it, whatever has changed since. */
export async function countIndexed(db: Db): Promise<number> {
  const rows = await db.query<{ n: number }>(
    'select count(*)::int as n from document_progress where indexed_at is not null',
  );
  return rows[0]?.n ?? 0;
}

/** Deleted documents that the index has not forgotten yet. */
export async function takeRemovals(db: Db, limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    'select document_id as id from index_removals order by document_id limit $1',
    [limit],
  );
  return rows.map((row) => row.id);
}

export async function markRemoved(db: Db, ids: readonly DocumentId[]): Promise<void> {
  await db.query('delete from index_removals where document_id = any($1::bigint[])', [ids]);
}

/** Is there anything for the index to do? */
export async function hasIndexWork(db: Db): Promise<boolean> {
  const rows = await db.query<{ work: boolean }>(
    // In an order, so that its index is asked: to find any of them, the planner would look through all documents.
    `select (select true from document_progress p where ${BEHIND} order by p.touched_at limit 1) is not null
       or exists (select 1 from index_removals) as work`,
  );
  return rows[0]?.work ?? false;
}
