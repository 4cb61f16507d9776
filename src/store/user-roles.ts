import { InputError } from '../lib/errors.ts';
import type { UserId } from '../model/ids.ts';
import type { Role } from '../model/rights.ts';
import { addAudit } from './audit.ts';
import { type Db, queryOne } from './db.ts';
import { hasAdministrator, lockUsers } from './users.ts';

/** The role before, or null when nothing was changed: no such user, or the role was this one already. */
async function setUserRole(tx: Db, id: UserId, role: Role): Promise<Role | null> {
  const row = await queryOne<{ before: Role }>(
    tx,
    `update users u set role = $2 from (select id, role from users where id = $1) old
     where u.id = old.id and old.role <> $2 returning old.role as before`,
    [id, role],
  );
  return row?.before ?? null;
}

/**
 * Gives another role and ends all sessions of that user: what stands open in a browser was drawn for the rights before.
 * False when nothing was changed. Throws InputError when nobody would be left who lets people in. `actor`: as the audit
 * names people.
 */
export function changeRole(db: Db, id: UserId, role: Role, actor: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Two administrators who lower each other at once would leave none.
    await lockUsers(tx);
    const before = await setUserRole(tx, id, role);
    if (before === null) return false;
    if (!(await hasAdministrator(tx)))
      throw new InputError([
        { at: 'role', message: 'this is the last administrator; make another one first' },
      ]);
    await tx.query('delete from sessions where user_id = $1', [id]);
    await addAudit(tx, {
      at: now,
      actor,
      action: 'user.role',
      subject: `user:${id}`,
      detail: { before, after: role },
    });
    return true;
  });
}
