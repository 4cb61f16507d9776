import type { SourceId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

/** Where a source is, removed ones included. */
export interface SourcePlace {
  id: SourceId;
  /** As it was given, and where it says that it lives now. */
  urls: string[];
  removedAt: Date | null;
}

export function listSourcePlaces(db: Db): Promise<SourcePlace[]> {
  return db.query<SourcePlace>(
    `select id, array_remove(array[url, moved_to], null) as urls, removed_at as "removedAt" from sources order by id`,
  );
}

/** Addresses of the newest documents of each source: where it leads to, which need not be where it is. */
export async function listReach(db: Db, perSource: number): Promise<{ id: SourceId; urls: string[] }[]> {
  return db.query(
    `select s.id, array(select d.url from documents d where d.source_id = s.id order by d.published_at desc limit $1) as urls
     from sources s`,
    [perSource],
  );
}

/** When the source brought its first document; null before. */
export async function firstFoundAt(db: Db, id: SourceId): Promise<Date | null> {
  const row = await queryOne<{ at: Date | null }>(
    db,
    'select min(found_at) as at from documents where source_id = $1',
    [id],
  );
  return row?.at ?? null;
}

/** Pages that lists have told of and that were not asked for yet. */
export async function countWaitingPages(db: Db, id: SourceId): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    'select count(*)::int as n from pages where source_id = $1 and looks = 0 and due_at is not null',
    [id],
  );
  return row?.n ?? 0;
}
