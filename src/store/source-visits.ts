import type { SourceId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** What one visit brought. */
export interface SourceVisit {
  at: Date;
  /** Pages that had changed since the last look, and those of them that are lists. */
  pages: number;
  lists: number;
  /** Links to pages on the lists and documents on the pages, known ones included. */
  links: number;
  documents: number;
  /** Documents that were new or had changed. */
  stored: number;
  withAuthor: number;
  withDate: number;
  /** Code of what ended it, or of what could not be read. */
  error: string | null;
}

export async function addVisit(db: Db, id: SourceId, visit: SourceVisit): Promise<void> {
  await db.query(
    `insert into source_visits (source_id, at, pages, lists, links, documents, stored, with_author, with_date, error)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      visit.at,
      visit.pages,
      visit.lists,
      visit.links,
      visit.documents,
      visit.stored,
      visit.withAuthor,
      visit.withDate,
      visit.error,
    ],
  );
}

/** Newest first. */
export function listVisits(db: Db, id: SourceId, limit: number): Promise<SourceVisit[]> {
  return db.query<SourceVisit>(
    `select at, pages, lists, links, documents, stored, with_author as "withAuthor", with_date as "withDate", error
     from source_visits where source_id = $1 order by at desc, id desc limit $2`,
    [id, limit],
  );
}

/** Those that read something new, newest first: a visit that found nothing changed tells nothing. */
export function listTellingVisits(db: Db, id: SourceId, limit: number): Promise<SourceVisit[]> {
  return db.query<SourceVisit>(
    `select at, pages, lists, links, documents, stored, with_author as "withAuthor", with_date as "withDate", error
     from source_visits where source_id = $1 and pages > 0 order by at desc, id desc limit $2`,
    [id, limit],
  );
}

export async function deleteOldVisits(db: Db, before: Date): Promise<void> {
  await db.query('delete from source_visits where at < $1', [before]);
}
