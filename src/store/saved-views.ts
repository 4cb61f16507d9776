import type { SavedViewId, UserId } from '../model/ids.ts';
import type { SavedView } from '../model/saved-view.ts';
import { type Db, queryOne } from './db.ts';

const SELECT = `select v.id, v.owner_id as "ownerId", u.name as "ownerName", v.name, v.address, v.is_shared as "isShared",
  v.created_at as "createdAt" from saved_views v join users u on u.id = v.owner_id`;

/** Of one person. */
const AT_MOST = 200;

/** Its number. null: this person has one of this name (however its letters are written), or has 200. */
export async function addSavedView(
  db: Db,
  view: Pick<SavedView, 'ownerId' | 'name' | 'address' | 'isShared'>,
  now: Date,
): Promise<SavedViewId | null> {
  const row = await queryOne<{ id: SavedViewId }>(
    db,
    `insert into saved_views (owner_id, name, address, is_shared, created_at)
     select $1::bigint, $2::text, $3::text, $4::boolean, $5::timestamptz
     where (select count(*) from saved_views where owner_id = $1) < $6
     on conflict (owner_id, lower(name)) do nothing returning id`,
    [view.ownerId, view.name, view.address, view.isShared, now, AT_MOST],
  );
  return row?.id ?? null;
}

/** One's own first, then what others share; by name. */
export function listSavedViews(db: Db, user: UserId): Promise<SavedView[]> {
  return db.query<SavedView>(
    `${SELECT} where v.owner_id = $1 or v.is_shared order by v.owner_id <> $1, lower(v.name), v.id limit 1000`,
    [user],
  );
}

/** What people share, in the order in which it was kept. `above`: only those of greater numbers. */
export function listSharedViews(db: Db, limit: number, above = 0): Promise<SavedView[]> {
  return db.query<SavedView>(`${SELECT} where v.is_shared and v.id > $2 order by v.id limit $1`, [
    limit,
    above,
  ]);
}

/** null when there is none, or it is another's own. */
export function getSavedView(db: Db, id: SavedViewId, user: UserId): Promise<SavedView | null> {
  return queryOne<SavedView>(db, `${SELECT} where v.id = $1 and (v.owner_id = $2 or v.is_shared)`, [
    id,
    user,
  ]);
}

/** Its owner alone may. Links that show it go with it. False when there is none of this owner. */
export async function deleteSavedView(db: Db, id: SavedViewId, owner: UserId): Promise<boolean> {
  const rows = await db.query('delete from saved_views where id = $1 and owner_id = $2 returning id', [
    id,
    owner,
  ]);
  return rows.length > 0;
}
