import type { SessionId, UserId } from '../model/ids.ts';
import type { Role } from '../model/rights.ts';
import type { Sight } from '../model/sight.ts';
import type { Language, User } from '../model/user.ts';
import { type Db, queryOne } from './db.ts';
import { loginPurpose, passwordPurpose, voidOneTimeLinks } from './one-time-links.ts';

/** SQL: a session is good at a time. It ends with its term, and when nobody uses it for longer than a weekend. */
export const isGood = (session: string, at: string): string =>
  `${session}.expires_at > ${at} and coalesce(${session}.last_seen_at, ${session}.created_at) > ${at}::timestamptz - interval '72 hours'`;

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

/** `disabledAt`: since when the access is closed. */
export type ListedUser = User & { disabledAt: Date | null };

export function listUsers(db: Db): Promise<ListedUser[]> {
  return db.query(`select ${COLUMNS}, disabled_at as "disabledAt" from users order by id`);
}

/** Also one whose access is closed. */
export function findUser(db: Db, email: string): Promise<ListedUser | null> {
  return queryOne(db, `select ${COLUMNS}, disabled_at as "disabledAt" from users where email = lower($1)`, [
    email,
  ]);
}

export function getUser(db: Db, id: UserId): Promise<ListedUser | null> {
  return queryOne(db, `select ${COLUMNS}, disabled_at as "disabledAt" from users where id = $1`, [id]);
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

/** Until the transaction ends nobody else adds or changes a user; reading and logging in go on. */
export async function lockUsers(tx: Db): Promise<void> {
  await tx.query('lock table users in share row exclusive mode');
}

/** Until the transaction ends nobody else changes this user. False for an unknown or locked-out one. */
export async function lockUser(tx: Db, id: UserId): Promise<boolean> {
  const rows = await tx.query('select 1 from users where id = $1 and disabled_at is null for update', [id]);
  return rows.length > 0;
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
    if (at) await endAccess(tx, id, null);
  });
}

/** Ends the user's sessions save the one whose token's hash is `keep`, and voids links that would let in again. */
async function endAccess(tx: Db, id: UserId, keep: string | null): Promise<void> {
  await tx.query('delete from sessions where user_id = $1 and token_hash is distinct from $2', [id, keep]);
  await voidOneTimeLinks(tx, passwordPurpose(id));
  await voidOneTimeLinks(tx, loginPurpose(id));
}

/** Sessions end, save the one whose token's hash is `keep`; links to set a password are void. */
export async function setPassword(
  tx: Db,
  id: UserId,
  passwordHash: string,
  keep: string | null,
): Promise<void> {
  await tx.query('update users set password_hash = $2, invited_at = null, invited_by = null where id = $1', [
    id,
    passwordHash,
  ]);
  await endAccess(tx, id, keep);
}

export interface Session {
  id: SessionId;
  user: User;
  /** Secret of this session that every form repeats. */
  csrf: string;
  /** When it was last noted that it is used; null: not yet. */
  lastSeenAt: Date | null;
  /** The role may do nothing before a second factor is set up. */
  lacksFactor: boolean;
  /** Of the teams of which he is a member; null: he is in none and sees all. */
  topics: Sight['topics'] | null;
}

/** Where somebody is, roughly: `Firefox, Windows` and `203.0.113.0/24`; '' where it is not known. */
export interface Whereabouts {
  browser: string;
  network: string;
}

/**
 * `tokenHash`: SHA-256 of the cookie's value. `passwordHash`: what the login was checked against. False, and no session,
 * when it has been replaced since: a login that is under way must not outlive the end of all sessions.
 */
export async function addSession(
  db: Db,
  session: {
    tokenHash: string;
    userId: UserId;
    csrf: string;
    createdAt: Date;
    expiresAt: Date;
    /** The login server asked for a second factor: ours need not be set up. */
    hasFactorElsewhere?: boolean;
  } & Partial<Whereabouts>,
  passwordHash: string | null = null,
): Promise<boolean> {
  const rows = await db.query(
    `insert into sessions (token_hash, user_id, csrf, created_at, expires_at, last_seen_at, browser, network, factor_elsewhere)
     select $1::text, id, $3::text, $4::timestamptz, $5::timestamptz, $4::timestamptz, $7::text, $8::text, $9::boolean from users
     where id = $2 and ($6::text is null or password_hash = $6) for share returning token_hash`,
    [
      session.tokenHash,
      session.userId,
      session.csrf,
      session.createdAt,
      session.expiresAt,
      passwordHash,
      session.browser ?? '',
      session.network ?? '',
      session.hasFactorElsewhere ?? false,
    ],
  );
  return rows.length > 0;
}

export async function findSession(db: Db, tokenHash: string, now: Date): Promise<Session | null> {
  const row = await queryOne<User & Omit<Session, 'id' | 'user'> & { session: SessionId }>(
    db,
    `select u.id, u.email, u.name, u.role, u.language, u.zone, s.csrf, s.id as session, s.last_seen_at as "lastSeenAt",
       not s.factor_elsewhere and exists (select 1 from second_factor_roles r where r.role = u.role)
         and not exists (select 1 from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as "lacksFactor",
       case when exists (select 1 from team_members m where m.user_id = u.id) then coalesce((
         select jsonb_agg(distinct jsonb_build_object('id', t.id, 'key', t.key)) from team_members m
         join team_topics x on x.team_id = m.team_id join topics t on t.id = x.topic_id where m.user_id = u.id), '[]') end as topics
     from sessions s join users u on u.id = s.user_id
     where s.token_hash = $1 and ${isGood('s', '$2')} and u.disabled_at is null`,
    [tokenHash, now],
  );
  if (!row) return null;
  const { csrf, session, lastSeenAt, lacksFactor, topics, ...user } = row;
  return { id: session, user, csrf, lastSeenAt, lacksFactor, topics };
}

export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
  await db.query('delete from sessions where token_hash = $1', [tokenHash]);
}

export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  await db.query(`delete from sessions s where not (${isGood('s', '$1')})`, [now]);
  await db.query('delete from one_time_links where expires_at <= $1', [now]);
}
