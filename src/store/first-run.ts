import type { DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

/** What an installation has of what it needs to be of use. */
export interface SetUp {
  topics: boolean;
  sources: boolean;
  customers: boolean;
  /** Somebody gets one. */
  digests: boolean;
  /** Something was found that names a topic. */
  mentions: boolean;
}

export async function readSetUp(db: Db): Promise<SetUp> {
  const row = await queryOne<SetUp>(
    db,
    `select exists (select 1 from topics where enabled) as topics,
       exists (select 1 from sources where enabled and removed_at is null) as sources,
       exists (select 1 from customers) as customers,
       exists (select 1 from digest_recipients where enabled and unsubscribed_at is null) as digests,
       exists (select 1 from mentions where basket_at is null) as mentions`,
    [],
  );
  if (!row) throw new Error('a question about what is there has one answer');
  return row;
}

/** More than so many are not counted one by one. */
export const COUNTED_AT_MOST = 10_000;

/** How much was collected and found so far, each up to `COUNTED_AT_MOST`, and the documents of the newest mentions. */
export async function readFound(
  db: Db,
  newest: number,
): Promise<{ documents: number; mentions: number; ids: DocumentId[] }> {
  const counts = await queryOne<{ documents: number; mentions: number }>(
    db,
    `select (select count(*)::int from (select 1 from documents where deleted_at is null limit $1) d) as documents,
       (select count(*)::int from (select 1 from mentions where basket_at is null limit $1) m) as mentions`,
    [COUNTED_AT_MOST],
  );
  const rows = await db.query<{ id: DocumentId }>(
    `select document_id as id from (select document_id, id from mentions where basket_at is null order by id desc limit $1) m
     group by document_id order by max(id) desc limit $2`,
    [newest * 10, newest],
  );
  return {
    documents: counts?.documents ?? 0,
    mentions: counts?.mentions ?? 0,
    ids: rows.map(({ id }) => id),
  };
}
