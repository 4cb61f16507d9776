import type { UserId } from '../model/ids.ts';
import type { Role } from '../model/rights.ts';
import { type Db, queryOne } from './db.ts';

export interface SecondFactor {
  /** The secret, sealed by the vault. */
  sealed: string;
  /** null: begun, and not yet in force. */
  confirmedAt: Date | null;
  /** Recovery codes that are still good. */
  codes: number;
}

export function findFactor(db: Db, user: UserId): Promise<SecondFactor | null> {
  return queryOne<SecondFactor>(
    db,
    `select sealed, confirmed_at as "confirmedAt",
       (select count(*)::int from recovery_codes c where c.user_id = f.user_id and c.used_at is null) as codes
     from second_factors f where user_id = $1`,
    [user],
  );
}

/** Another secret than one that was begun before. False when a factor is in force: it is taken off first. */
export async function beginFactor(db: Db, user: UserId, sealed: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    `insert into second_factors (user_id, sealed, begun_at) values ($1, $2, $3)
     on conflict (user_id) do update set sealed = excluded.sealed, begun_at = excluded.begun_at, last_step = null
     where second_factors.confirmed_at is null returning user_id`,
    [user, sealed, now],
  );
  return rows.length > 0;
}

/** False when it is in force already, or was begun anew with another secret. `step`: whose code showed it. */
export async function confirmFactor(
  tx: Db,
  user: UserId,
  { sealed, step }: { sealed: string; step: number },
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `update second_factors set confirmed_at = $4, last_step = $3
     where user_id = $1 and sealed = $2 and confirmed_at is null returning user_id`,
    [user, sealed, step, now],
  );
  return rows.length > 0;
}

/** True for exactly one caller: a code that was seen in passing opens nothing. */
export async function takeStep(db: Db, user: UserId, step: number): Promise<boolean> {
  const rows = await db.query(
    `update second_factors set last_step = $2
     where user_id = $1 and confirmed_at is not null and (last_step is null or last_step < $2) returning user_id`,
    [user, step],
  );
  return rows.length > 0;
}

/** Those before are void. */
export async function replaceRecoveryCodes(tx: Db, user: UserId, hashes: readonly string[]): Promise<void> {
  await tx.query('delete from recovery_codes where user_id = $1', [user]);
  await tx.query(`insert into recovery_codes (user_id, code_hash) select $1, h from unnest($2::text[]) h`, [
    user,
    hashes,
  ]);
}

/** True for exactly one caller. */
export async function takeRecoveryCode(db: Db, user: UserId, hash: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    'update recovery_codes set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null returning user_id',
    [user, hash, now],
  );
  return rows.length > 0;
}

/** False when there was none. */
export async function removeFactor(tx: Db, user: UserId): Promise<boolean> {
  await tx.query('delete from recovery_codes where user_id = $1', [user]);
  const rows = await tx.query('delete from second_factors where user_id = $1 returning user_id', [user]);
  return rows.length > 0;
}

/** Who has one in force. */
export async function listFactorUsers(db: Db): Promise<Set<UserId>> {
  const rows = await db.query<{ id: UserId }>(
    'select user_id as id from second_factors where confirmed_at is not null',
  );
  return new Set(rows.map(({ id }) => id));
}

/** Roles that may do nothing without one. */
export async function listFactorRoles(db: Db): Promise<Role[]> {
  return (await db.query<{ role: Role }>('select role from second_factor_roles order by role')).map(
    ({ role }) => role,
  );
}

export async function setFactorRoles(tx: Db, roles: readonly Role[]): Promise<void> {
  await tx.query('delete from second_factor_roles where role <> all($1::text[])', [roles]);
  await tx.query(
    'insert into second_factor_roles (role) select r from unnest($1::text[]) r on conflict do nothing',
    [roles],
  );
}
