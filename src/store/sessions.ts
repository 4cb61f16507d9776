import type { SessionId, UserId } from '../model/ids.ts';
import { addAudit } from './audit.ts';
import type { Db } from './db.ts';
import { isGood, type Session, type Whereabouts } from './users.ts';

/** Who looks at pages all day writes no row all day. */
const SEEN_AGAIN_MS = 60_000;

export type OpenSession = Whereabouts & {
  id: SessionId;
  createdAt: Date;
  lastSeenAt: Date | null;
  expiresAt: Date;
};

/** Those used last first. */
export function listSessions(db: Db, user: UserId, now: Date): Promise<OpenSession[]> {
  return db.query<OpenSession>(
    `select id, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt", browser, network
     from sessions s where user_id = $1 and ${isGood('s', '$2')} order by last_seen_at desc nulls last, id desc`,
    [user, now],
  );
}

export async function noteSeen(db: Db, session: Session, where: Whereabouts, now: Date): Promise<void> {
  if (now.getTime() - (session.lastSeenAt?.getTime() ?? 0) < SEEN_AGAIN_MS) return;
  await db.query('update sessions set last_seen_at = $2, browser = $3, network = $4 where id = $1', [
    session.id,
    now,
    where.browser,
    where.network,
  ]);
}

/**
 * Ends sessions of one user: one of them, all, or all but one. Returns how many; of somebody else's none. `actor`: as the
 * audit names people.
 */
export function endSessions(
  db: Db,
  user: UserId,
  which: { only?: SessionId; keep?: SessionId },
  actor: string,
  now: Date,
): Promise<number> {
  return db.transaction(async (tx) => {
    const ended = await tx.query(
      `delete from sessions where user_id = $1 and ($2::bigint is null or id = $2) and ($3::bigint is null or id <> $3)
       returning id`,
      [user, which.only ?? null, which.keep ?? null],
    );
    const detail = { sessions: ended.length };
    if (ended.length > 0)
      await addAudit(tx, { at: now, actor, action: 'sessions.ended', subject: `user:${user}`, detail });
    return ended.length;
  });
}
