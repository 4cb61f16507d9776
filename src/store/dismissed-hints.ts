import type { UserId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** For good. */
export async function dismissHint(db: Db, user: UserId, hint: string, now: Date): Promise<void> {
  await db.query(
    'insert into dismissed_hints (user_id, hint, at) values ($1, $2, $3) on conflict (user_id, hint) do nothing',
    [user, hint, now],
  );
}

export async function isDismissed(db: Db, user: UserId, hint: string): Promise<boolean> {
  const rows = await db.query('select 1 from dismissed_hints where user_id = $1 and hint = $2', [user, hint]);
  return rows.length > 0;
}
