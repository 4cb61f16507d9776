import type { DocumentId, SourceId } from '../model/ids.ts';
import type { Db } from './db.ts';

export interface WordsWish {
  /** Regular expressions of PostgreSQL: title and text together must hold each. */
  patterns: readonly string[];
  /** null: of any. */
  sources: readonly SourceId[] | null;
  /** Only what was found or changed since. */
  since: Date | null;
}

/** Documents with numbers above `above`, up to `upTo`, that hold the words; the newest first. */
export async function findByPatterns(
  db: Db,
  { patterns, sources, since }: WordsWish,
  { above, upTo }: { above: number; upTo: number },
  limit: number,
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select id from documents where id > $1 and id <= $2 and ($3::bigint[] is null or source_id = any($3))
       and ($4::timestamptz is null or updated_at >= $4) and (coalesce(title, '') || ' ' || text) ~ all($5::text[])
     order by id desc limit $6`,
    [above, upTo, sources, since, patterns, limit],
  );
  return rows.map(({ id }) => id);
}
