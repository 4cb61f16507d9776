import type { DocumentKind } from '../model/document.ts';
import type { DocumentId, SourceId } from '../model/ids.ts';
import type { CoverageReport } from '../model/recall.ts';
import { type Db, json, queryOne } from './db.ts';

/** A document as one catch of one way of collection. */
export interface Catch {
  id: DocumentId;
  sourceId: SourceId;
  url: string;
  kind: DocumentKind;
  /** Its beginning. */
  text: string;
  /** Published, or found when no date was stated. */
  at: Date;
}

const TIME = 'coalesce(d.published_at, d.found_at)';
const BEGINNING = 400;

/**
 * Documents of the time, the newest first, behind the one given. The upper bound stands apart from the order among equals, so that the index
 * begins where the last page ended; the lower one outside, so that no planner reads and sorts the whole time for one page of it.
 */
export function nextCatches(
  db: Db,
  { from, to }: { from: Date; to: Date },
  after: Pick<Catch, 'at' | 'id'> | null,
  limit: number,
): Promise<Catch[]> {
  return db.query<Catch>(
    `select * from (
       select d.id, d.source_id as "sourceId", d.url, d.kind, left(d.text, ${BEGINNING}) as text, ${TIME} as at
       from documents d
       where ${TIME} <= coalesce($3::timestamptz, $2::timestamptz - interval '1 microsecond') and ($3::timestamptz is null or ${TIME} < $3 or (${TIME} = $3 and d.id < $4))
       order by ${TIME} desc, d.id desc limit $5) page where at >= $1 order by at desc, id desc`,
    [from, to, after?.at ?? null, after?.id ?? null, limit],
  );
}

/** Since when each source that is watched is visited, as far as visits are remembered; and its key. */
export async function visitedSince(db: Db): Promise<Map<SourceId, { key: string; since: Date }>> {
  const rows = await db.query<{ id: SourceId; key: string; since: Date }>(
    `select v.source_id as id, s.key, min(v.at) as since from source_visits v join sources s on s.id = v.source_id
     where s.enabled and s.removed_at is null and s.gone_at is null group by 1, 2`,
  );
  return new Map(rows.map(({ id, key, since }) => [id, { key, since }]));
}

/** null: never worked out. */
export function readCoverage(db: Db): Promise<{ at: Date; report: CoverageReport } | null> {
  return queryOne(db, 'select at, report from recall_coverage');
}

export async function saveCoverage(db: Db, report: CoverageReport, now: Date): Promise<void> {
  await db.query(
    `insert into recall_coverage (one, at, report) values (true, $1, $2::jsonb)
     on conflict (one) do update set at = excluded.at, report = excluded.report`,
    [now, json(report)],
  );
}
