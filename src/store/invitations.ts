import type { UserId } from '../model/ids.ts';
import type { Role } from '../model/rights.ts';
import { addAudit } from './audit.ts';
import type { Db } from './db.ts';
import { makeOneTimeLink, passwordPurpose, voidOneTimeLinks } from './one-time-links.ts';
import { joinTeams } from './teams.ts';
import { addUser, type NewUser } from './users.ts';

/** Longer than a link to set another password: people are on holiday. */
const LIFETIME_MS = 7 * 24 * 3_600_000;

/**
 * A user who cannot log in before he sets a password by this path, once, within a week. `user.passwordHash`: one that no
 * password fits. null when the address is taken. `actor`: as the audit names people.
 */
export function invite(
  db: Db,
  user: NewUser,
  teams: readonly number[],
  actor: string,
  now: Date,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const added = await addUser(tx, user, now);
    if (!added) return null;
    await tx.query('update users set invited_at = $2, invited_by = $3 where id = $1', [added.id, now, actor]);
    await joinTeams(tx, added.id, teams);
    const token = await makeOneTimeLink(tx, passwordPurpose(added.id), now, LIFETIME_MS);
    const detail = { role: user.role, teams };
    await addAudit(tx, { at: now, actor, action: 'user.invited', subject: `user:${added.id}`, detail });
    return `/password/${token}`;
  });
}

export interface Invitation {
  id: UserId;
  email: string;
  role: Role;
  invitedAt: Date;
  invitedBy: string;
  /** Until when its link works; null: it does not any more. */
  until: Date | null;
}

/** Those that were not taken up, the newest first. */
export function listInvitations(db: Db, now: Date): Promise<Invitation[]> {
  return db.query<Invitation>(
    `select u.id, u.email, u.role, u.invited_at as "invitedAt", u.invited_by as "invitedBy",
       (select max(l.expires_at) from one_time_links l
        where l.purpose = 'password:' || u.id and l.used_at is null and l.expires_at > $1) as until
     from users u where u.invited_at is not null order by u.invited_at desc, u.id desc`,
    [now],
  );
}

/** The user goes, and the link with him. False when it was taken up, or there is none. */
export function takeBackInvitation(db: Db, id: UserId, actor: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const gone = await tx.query('delete from users where id = $1 and invited_at is not null returning id', [
      id,
    ]);
    if (gone.length === 0) return false;
    await voidOneTimeLinks(tx, passwordPurpose(id));
    await addAudit(tx, { at: now, actor, action: 'user.uninvited', subject: `user:${id}` });
    return true;
  });
}
