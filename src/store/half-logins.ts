import { sha256 } from '../lib/hash.ts';
import type { User } from '../model/user.ts';
import { type Db, queryOne } from './db.ts';
import { loginPurpose, makeOneTimeLink, useOneTimeLink } from './one-time-links.ts';
import { lockUser } from './users.ts';

/** Long enough to look for the telephone. */
const LIFETIME_MS = 10 * 60_000;

/** The token of a login whose password was right and whose second factor is awaited. A new password voids it. */
export function beginHalfLogin(db: Db, user: User, now: Date): Promise<string> {
  return makeOneTimeLink(db, loginPurpose(user.id), now, LIFETIME_MS);
}

/** Who is half logged in by this token, with the hash of the password as it is; null when it is used, void or too old. */
export function findHalfLogin(
  db: Db,
  token: string,
  now: Date,
): Promise<(User & { passwordHash: string }) | null> {
  return queryOne(
    db,
    `select u.id, u.email, u.name, u.role, u.language, u.zone, u.password_hash as "passwordHash"
     from one_time_links l join users u on l.purpose = 'login:' || u.id
     where l.token_hash = $1 and l.used_at is null and l.expires_at > $2 and u.disabled_at is null`,
    [sha256(token), now],
  );
}

/** True for exactly one caller. */
export function endHalfLogin(db: Db, token: string, user: User, now: Date): Promise<boolean> {
  return db.transaction(
    async (tx) => (await lockUser(tx, user.id)) && useOneTimeLink(tx, token, loginPurpose(user.id), now),
  );
}
