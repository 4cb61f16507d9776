import type { DocumentId, SourceId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { storable } from './text.ts';

/** A post that is known to be out there, planted to see whether and how soon its source brings it. */
export interface CanaryDocument {
  id: number;
  sourceId: SourceId;
  sourceKey: string;
  sourceName: string;
  /** '' when only words are known. */
  address: string;
  words: string;
  withinMs: number;
  plantedBy: string;
  plantedAt: Date;
  checkedAt: Date | null;
  /** When the source brought it: before it was planted when it was there already. */
  foundAt: Date | null;
  /** When its time was up and it was not there. */
  missedAt: Date | null;
  documentId: DocumentId | null;
  /** Its entry in the ledger of misses. */
  missId: number | null;
}

const SELECT = `select c.id, c.source_id as "sourceId", s.key as "sourceKey", s.name as "sourceName", c.address, c.words,
  c.within_ms as "withinMs", c.planted_by as "plantedBy", c.planted_at as "plantedAt", c.checked_at as "checkedAt",
  c.found_at as "foundAt", c.missed_at as "missedAt", c.document_id as "documentId", c.miss_id as "missId"
  from canary_documents c join sources s on s.id = c.source_id`;

/** What waits first, then the newest. */
export function listCanaryDocuments(db: Db, limit: number): Promise<CanaryDocument[]> {
  return db.query<CanaryDocument>(
    `${SELECT} where s.removed_at is null order by c.found_at is not null, c.planted_at desc, c.id desc limit $1`,
    [limit],
  );
}

/** The newest first. `below`: only those of smaller numbers. */
export function listPlanted(db: Db, limit: number, below: number | null = null): Promise<CanaryDocument[]> {
  return db.query<CanaryDocument>(
    `${SELECT} where s.removed_at is null and ($2::bigint is null or c.id < $2) order by c.id desc limit $1`,
    [limit, below],
  );
}

export function getCanaryDocument(db: Db, id: number): Promise<CanaryDocument | null> {
  return queryOne<CanaryDocument>(db, `${SELECT} where c.id = $1`, [id]);
}

export async function plantCanary(
  tx: Db,
  canary: Pick<CanaryDocument, 'sourceId' | 'address' | 'words' | 'withinMs' | 'plantedBy'>,
  now: Date,
): Promise<number> {
  const { sourceId, address, words, withinMs, plantedBy } = canary;
  const row = await queryOne<{ id: number }>(
    tx,
    `insert into canary_documents (source_id, address, words, within_ms, planted_by, planted_at)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [sourceId, storable(address), storable(words), withinMs, plantedBy, now],
  );
  if (!row) throw new Error('insert returned no canary');
  return row.id;
}

/** Returns whether it was there. */
export async function removeCanaryDocument(tx: Db, id: number): Promise<boolean> {
  const rows = await tx.query('delete from canary_documents where id = $1 returning id', [id]);
  return rows.length > 0;
}

/**
 * Takes canaries that have not been found, unless they were looked for since `before`; those that were missed once an hour.
 * `checkedAt` is that of the look before this one.
 */
export function claimCanaries(db: Db, now: Date, before: Date, limit: number): Promise<CanaryDocument[]> {
  return db.query<CanaryDocument>(
    `with due as (select c.id from canary_documents c join sources s on s.id = c.source_id
       where c.found_at is null and s.removed_at is null and (c.checked_at is null
         or c.checked_at < $2::timestamptz - case when c.missed_at is null then interval '0' else interval '1 hour' end)
       order by c.checked_at nulls first limit $3 for update of c skip locked),
     taken as (update canary_documents set checked_at = $1 where id in (select id from due))
     ${SELECT} where c.id in (select id from due) order by c.id`,
    [now, before, limit],
  );
}

export async function recordCanaryFound(
  db: Db,
  id: number,
  documentId: DocumentId,
  foundAt: Date,
): Promise<void> {
  await db.query('update canary_documents set found_at = $3, document_id = $2 where id = $1', [
    id,
    documentId,
    foundAt,
  ]);
}

/** Its time was up: once. False when that is known already. */
export async function recordCanaryMissed(tx: Db, id: number, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'update canary_documents set missed_at = $2 where id = $1 and missed_at is null and found_at is null returning id',
    [id, now],
  );
  return rows.length > 0;
}

export async function linkCanaryMiss(tx: Db, id: number, missId: number): Promise<void> {
  await tx.query('update canary_documents set miss_id = $2 where id = $1', [id, missId]);
}

/** Those planted before `before`: what they quote is kept no longer than documents are. */
export async function deleteOldCanaries(db: Db, before: Date): Promise<void> {
  await db.query('delete from canary_documents where planted_at < $1', [before]);
}
