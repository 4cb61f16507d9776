import { randomBytes } from 'node:crypto';
import { sha256 } from '../lib/hash.ts';
import type { UserId } from '../model/ids.ts';
import type { Db } from './db.ts';

const LIFETIME_MS = 24 * 3_600_000;

/** The token of a new link, good for a day or as long as is said. Only its hash is kept: nobody can read it here a second time. */
export async function makeOneTimeLink(
  db: Db,
  purpose: string,
  now: Date,
  lifetimeMs = LIFETIME_MS,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.query('insert into one_time_links (token_hash, purpose, expires_at) values ($1, $2, $3)', [
    sha256(token),
    purpose,
    new Date(now.getTime() + lifetimeMs),
  ]);
  return token;
}

export async function isOneTimeLinkValid(
  db: Db,
  token: string,
  purpose: string,
  now: Date,
): Promise<boolean> {
  const rows = await db.query(
    'select 1 from one_time_links where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3',
    [sha256(token), purpose, now],
  );
  return rows.length > 0;
}

/** True for exactly one caller. */
export async function useOneTimeLink(tx: Db, token: string, purpose: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'update one_time_links set used_at = $3 where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3 returning token_hash',
    [sha256(token), purpose, now],
  );
  return rows.length > 0;
}

export async function voidOneTimeLinks(db: Db, purpose: string): Promise<void> {
  await db.query('delete from one_time_links where purpose = $1', [purpose]);
}

/** Purpose of the tokens of logins that wait for the second factor. */
export function loginPurpose(user: UserId): string {
  return `login:${user}`;
}

/** Purpose of the links with which this user sets a new password. */
export function passwordPurpose(user: UserId): string {
  return `password:${user}`;
}
