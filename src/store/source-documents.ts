import type { DocumentId, SourceId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** The newest first, by their own dates where they have any. */
export async function recentDocumentIds(db: Db, id: SourceId, limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    'select id from documents where source_id = $1 order by coalesce(published_at, found_at) desc, id desc limit $2',
    [id, limit],
  );
  return rows.map((row) => row.id);
}
