import type { DocumentId } from '../model/ids.ts';
import type { Db } from './db.ts';

export interface RecentText {
  id: DocumentId;
  title: string | null;
  text: string;
}

const BATCH = 500;

/** Texts from the newest back, in batches; at most `most`. Stop reading to stop asking. */
export async function* recentTexts(db: Db, most: number): AsyncGenerator<RecentText[]> {
  let before: DocumentId | null = null;
  for (let left = most; left > 0; ) {
    const rows: RecentText[] = await db.query<RecentText>(
      `select id, title, text from documents where deleted_at is null and ($1::bigint is null or id < $1)
       order by id desc limit $2`,
      [before, Math.min(BATCH, left)],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    before = last.id;
    left -= rows.length;
  }
}
