import type { MentionId, UserId } from '../model/ids.ts';
import type { MentionStatus } from '../model/topic.ts';
import { type Db, json, queryOne } from './db.ts';

/** A mention as it was before somebody changed many at once. */
export interface BeforeChange {
  mention: MentionId;
  status: MentionStatus;
  /** E-mail of whom it was assigned to. */
  assigned: string | null;
  basket: boolean;
}

const KEPT_MS = 24 * 3_600_000;

export async function saveBulkChange(
  tx: Db,
  id: string,
  user: UserId,
  before: readonly BeforeChange[],
  now: Date,
): Promise<void> {
  await tx.query('delete from bulk_changes where at < $1', [new Date(now.getTime() - KEPT_MS)]);
  await tx.query('insert into bulk_changes (id, user_id, at, before) values ($1, $2, $3, $4::jsonb)', [
    id,
    user,
    now,
    json(before),
  ]);
}

/** Takes it away, so that it is undone once. null: there is none of this user, or it was undone. */
export async function takeBulkChange(tx: Db, id: string, user: UserId): Promise<BeforeChange[] | null> {
  const row = await queryOne<{ before: BeforeChange[] }>(
    tx,
    'delete from bulk_changes where id = $1 and user_id = $2 returning before',
    [id, user],
  );
  return row?.before ?? null;
}
