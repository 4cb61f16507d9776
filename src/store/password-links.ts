import { sha256 } from '../lib/hash.ts';
import type { UserId } from '../model/ids.ts';
import type { User } from '../model/user.ts';
import { addAudit } from './audit.ts';
import { type Db, queryOne } from './db.ts';
import { makeOneTimeLink, passwordPurpose, useOneTimeLink, voidOneTimeLinks } from './one-time-links.ts';
import { lockUser, setPassword } from './users.ts';

/**
 * The path with which this user sets a new password, once, within a day; earlier ones are void. null when there is no
 * such user or the access is closed. `actor`: who made it, as the audit names people.
 */
export function makePasswordPath(db: Db, id: UserId, actor: string, now: Date): Promise<string | null> {
  return db.transaction(async (tx) => {
    // Of two links made at once the later voids the earlier.
    if (!(await lockUser(tx, id))) return null;
    await voidOneTimeLinks(tx, passwordPurpose(id));
    const token = await makeOneTimeLink(tx, passwordPurpose(id), now);
    await addAudit(tx, { at: now, actor, action: 'password.link', subject: `user:${id}` });
    return `/password/${token}`;
  });
}

/** Whose password the link sets; null when it is used, void or too old, or the access is closed. */
export function findPasswordLink(db: Db, token: string, now: Date): Promise<User | null> {
  return queryOne<User>(
    db,
    `select u.id, u.email, u.name, u.role, u.language, u.zone
     from one_time_links l join users u on l.purpose = 'password:' || u.id
     where l.token_hash = $1 and l.used_at is null and l.expires_at > $2 and u.disabled_at is null`,
    [sha256(token), now],
  );
}

/** Uses the link up and ends all sessions of its user; of two who send it at once, one wins. null for the other. */
export function setPasswordByLink(
  db: Db,
  token: string,
  passwordHash: string,
  now: Date,
): Promise<User | null> {
  return db.transaction(async (tx) => {
    const user = await findPasswordLink(tx, token, now);
    // The user's row first, then the links, as everywhere: two who lock in another order wait for each other.
    if (!user || !(await lockUser(tx, user.id))) return null;
    if (!(await useOneTimeLink(tx, token, passwordPurpose(user.id), now))) return null;
    await setPassword(tx, user.id, passwordHash, null);
    await addAudit(tx, { at: now, actor: user.email, action: 'password.set', subject: `user:${user.id}` });
    return user;
  });
}
