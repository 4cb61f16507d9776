import type { DocumentId } from '../model/ids.ts';
import type { IndexSource } from '../model/search.ts';
import type { Db } from './db.ts';

const SELECT = `select d.id, d.title, d.text, d.url, s.key as source, d.kind, a.site, a.handle as "authorHandle", a.name as "authorName",
    (select g.value->>'code' from tags g where g.document_id = d.id and g.kind = 'language' and g.target = '') as language,
    coalesce(d.published_at, d.found_at) as time, p.touched_at as "touchedAt", p.touched_at::text as "touchedExactly",
    coalesce((select jsonb_agg(jsonb_build_object('topic', t.key, 'sentiment', m.sentiment->>'label',
        'complaint', (m.complaint->>'isComplaint')::boolean) order by m.id)
      from mentions m join topics t on t.id = m.topic_id where m.document_id = d.id), '[]') as mentions
  from document_progress p join documents d on d.id = p.document_id join sources s on s.id = d.source_id
  left join authors a on a.id = d.author_id`;

/** `touchedExactly`: touchedAt with its microseconds, which Date has not. */
export type QueuedForIndex = IndexSource & { touchedExactly: string };

/** Understood documents that the index does not have as they are now, oldest change first. */
export function takeBehind(db: Db, limit: number): Promise<QueuedForIndex[]> {
  return db.query<QueuedForIndex>(
    `${SELECT} where (p.indexed_at is null or p.indexed_at < p.touched_at) and p.understood > 0 order by p.touched_at limit $1`,
    [limit],
  );
}

/** The index has them as they were when they were read; whoever touched them since stays behind. */
export async function markIndexed(db: Db, documents: readonly QueuedForIndex[]): Promise<void> {
  await db.query(
    `update document_progress p set indexed_at = r.at from unnest($1::bigint[], $2::timestamptz[]) as r(id, at) where p.document_id = r.id`,
    [documents.map((d) => d.id), documents.map((d) => d.touchedExactly)],
  );
}

export async function markAllBehind(db: Db): Promise<void> {
  await db.query('update document_progress set indexed_at = null');
}

export async function markBehindSince(db: Db, since: Date): Promise<void> {
  await db.query('update document_progress set indexed_at = null where touched_at >= $1', [since]);
}

export async function countBehind(db: Db): Promise<number> {
  const rows = await db.query<{ n: number }>(
    'select count(*)::int as n from document_progress where indexed_at is null or indexed_at < touched_at',
  );
  return rows[0]?.n ?? 0;
}

/** Understood documents after `after` in id order, for a rebuild. */
export function takeForRebuild(db: Db, after: DocumentId, limit: number): Promise<QueuedForIndex[]> {
  return db.query<QueuedForIndex>(`${SELECT} where d.id > $1 and p.understood > 0 order by d.id limit $2`, [
    after,
    limit,
  ]);
}

/** Runs `work` unless another process is at it; false when it is. The lock ends with the transaction. */
export async function withIndexLock(db: Db, work: (tx: Db) => Promise<void>): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<{ got: boolean }>('select pg_try_advisory_xact_lock(7262002) as got');
    if (!row?.got) return false;
    await work(tx);
    return true;
  });
}
