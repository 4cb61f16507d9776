import type { UserId } from '../model/ids.ts';
import type { Language, Role, User } from '../model/user.ts';
import { type Db, queryOne } from './db.ts';

const COLUMNS = 'id, email, name, role, language, zone';

export interface NewUser {
  email: string;
  name: string;
  role: Role;
  language: Language;
  zone: string;
  passwordHash: string;
}

/** null when the address is taken. `email` is stored in lower case. */
export async function addUser(db: Db, user: NewUser, now: Date): Promise<User | null> {
  return queryOne<User>(
    db,
    `insert into users (email, name, role, language, zone, password_hash, created_at) values (lower($1), $2, $3, $4, $5, $6, $7)
     on conflict (email) do nothing returning ${COLUMNS}`,
    [user.email, user.name, user.role, user.language, user.zone, user.passwordHash, now],
  );
}

export function listUsers(db: Db): Promise<(User & { disabledAt: Date | null })[]> {
  return db.query(`select ${COLUMNS}, disabled_at as "disabledAt" from users order by id`);
}

export async function findCredentials(
  db: Db,
  email: string,
): Promise<(User & { passwordHash: string }) | null> {
  return queryOne(
    db,
    `select ${COLUMNS}, password_hash as "passwordHash" from users where email = lower($1) and disabled_at is null`,
    [email],
  );
}

export async function hasAdministrator(db: Db): Promise<boolean> {
  return (
    (await db.query(`select 1 from users where role = 'admin' and disabled_at is null limit 1`)).length > 0
  );
}

export async function setUserPreferences(
  db: Db,
  id: UserId,
  language: Language,
  zone: string,
): Promise<void> {
  await db.query('update users set language = $2, zone = $3 where id = $1', [id, language, zone]);
}

/** Locks out or lets in again; a locked-out user's sessions end at once. */
export async function setUserDisabled(db: Db, id: UserId, at: Date | null): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('update users set disabled_at = $2 where id = $1', [id, at]);
    if (at) await tx.query('delete from sessions where user_id = $1', [id]);
  });
}

export interface Session {
  user: User;
  /** Secret of this session that every form repeats. */
  csrf: string;
}

/** `tokenHash`: SHA-256 of the cookie's value. */
export async function addSession(
  db: Db,
  session: { tokenHash: string; userId: UserId; csrf: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.query(
    'insert into sessions (token_hash, user_id, csrf, created_at, expires_at) values ($1, $2, $3, $4, $5)',
    [session.tokenHash, session.userId, session.csrf, session.createdAt, session.expiresAt],
  );
}

export async function findSession(db: Db, tokenHash: string, now: Date): Promise<Session | null> {
  const row = await queryOne<User & { csrf: string }>(
    db,
    `select u.id, u.email, u.name, u.role, u.language, u.zone, s.csrf from sessions s join users u on u.id = s.user_id
     where s.token_hash = $1 and s.expires_at > $2 and u.disabled_at is null`,
    [tokenHash, now],
  );
  if (!row) return null;
  const { csrf, ...user } = row;
  return { user, csrf };
}

export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
  await db.query('delete from sessions where token_hash = $1', [tokenHash]);
}

export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  await db.query('delete from sessions where expires_at <= $1', [now]);
  await db.query('delete from one_time_links where expires_at <= $1', [now]);
}

export async function addOneTimeLink(
  db: Db,
  tokenHash: string,
  purpose: string,
  expiresAt: Date,
): Promise<void> {
  await db.query('insert into one_time_links (token_hash, purpose, expires_at) values ($1, $2, $3)', [
    tokenHash,
    purpose,
    expiresAt,
  ]);
}

export async function isOneTimeLinkValid(
  db: Db,
  tokenHash: string,
  purpose: string,
  now: Date,
): Promise<boolean> {
  const rows = await db.query(
    'select 1 from one_time_links where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3',
    [tokenHash, purpose, now],
  );
  return rows.length > 0;
}

/** True for exactly one caller. */
export async function useOneTimeLink(
  tx: Db,
  tokenHash: string,
  purpose: string,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    'update one_time_links set used_at = $3 where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3 returning token_hash',
    [tokenHash, purpose, now],
  );
  return rows.length > 0;
}
