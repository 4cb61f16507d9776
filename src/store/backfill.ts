import type { SourceId } from '../model/ids.ts';
import { type Db, json, queryOne } from './db.ts';

/** How far the past of a source has been collected. */
export interface Backfill {
  isRunning: boolean;
  /** Pages known, and those of them that were never read. */
  known: number;
  waiting: number;
  documents: number;
  /** Of the earliest document, by its own date. */
  earliest: Date | null;
}

export async function readBackfill(db: Db, id: SourceId): Promise<Backfill | null> {
  return queryOne<Backfill>(
    db,
    `select s.backfill as "isRunning", d.documents, d.earliest, p.known, p.waiting from sources s,
       (select count(*)::int as documents, min(published_at) as earliest from documents where source_id = $1) d,
       (select count(*)::int as known, (count(*) filter (where fetched_at is null and due_at is not null))::int as waiting
        from pages where source_id = $1) p
     where s.id = $1`,
    [id],
  );
}

/** Stops collecting the past, or goes on where it stopped: known pages that wait are then due at once. */
export async function setBackfill(tx: Db, id: SourceId, isRunning: boolean, now: Date): Promise<void> {
  await tx.query('update sources set backfill = $2 where id = $1', [id, isRunning]);
  if (!isRunning) return;
  await tx.query(
    `update sources set next_run_at = least(next_run_at, $2) where id = $1
       and exists (select 1 from pages where source_id = $1 and fetched_at is null and due_at <= $2)`,
    [id, now],
  );
}

/**
 * Reaches further back: with the new settings the source's lists are read again as if for the first time.
 * What the pages hold is known and not stored twice.
 */
export async function restartBackfill(tx: Db, id: SourceId, settings: unknown, now: Date): Promise<void> {
  await tx.query(
    'update sources set settings = $2::jsonb, backfill = true, poll_at = $3, next_run_at = $3 where id = $1',
    [id, json(settings), now],
  );
  await tx.query(
    `update pages set body_hash = '', validators = '{}', due_at = $2 where source_id = $1 and role = 'list'`,
    [id, now],
  );
}

export interface DuePage {
  url: string;
  role: 'list' | 'content';
  urgency: number;
  dueAt: Date;
  fetchedAt: Date | null;
}

/** What is to be read next, in the order of the visits. */
export function listDuePages(db: Db, id: SourceId, limit: number): Promise<DuePage[]> {
  return db.query<DuePage>(
    `select url, role, urgency, due_at as "dueAt", fetched_at as "fetchedAt" from pages
     where source_id = $1 and due_at is not null order by urgency desc, due_at, number limit $2`,
    [id, limit],
  );
}
