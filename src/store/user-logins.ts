import type { UserId } from '../model/ids.ts';
import type { LoginIdentity } from '../model/ports.ts';
import type { Role } from '../model/rights.ts';
import type { Language, User } from '../model/user.ts';
import { addAudit } from './audit.ts';
import { type Db, queryOne } from './db.ts';
import { addUser } from './users.ts';

/** Who is let in by the login server. */
export interface Admission {
  /** Only addresses there; empty: any. In lower case. */
  domains: readonly string[];
  /** What who is not known yet becomes; null: he must be invited first. */
  newUsers: Role | null;
  /** An address is believed though the server does not say that it has verified it. */
  trustsEmail: boolean;
}

/**
 * Why nobody is let in. `unverified`: we cannot know that the address is his. `domain`: it is elsewhere. `unknown`: nobody
 * has invited him. `closed`: his access is. `taken`: the user of this address is another person of the login server.
 */
export type Refusal = 'unverified' | 'domain' | 'unknown' | 'closed' | 'taken';

type LoggedIn = User & { passwordHash: string };
type Found = LoggedIn & { disabledAt: Date | null };

const COLUMNS = `u.id, u.email, u.name, u.role, u.language, u.zone, u.password_hash as "passwordHash", u.disabled_at as "disabledAt"`;

function linkedUser(tx: Db, { issuer, subject }: LoginIdentity): Promise<Found | null> {
  return queryOne<Found>(
    tx,
    `select ${COLUMNS} from user_logins l join users u on u.id = l.user_id where l.issuer = $1 and l.subject = $2`,
    [issuer, subject],
  );
}

/** False when the user is another person of this issuer already. */
async function link(tx: Db, user: User, { issuer, subject }: LoginIdentity, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into user_logins (issuer, subject, user_id, linked_at) values ($1, $2, $3, $4)
     on conflict do nothing returning user_id`,
    [issuer, subject, user.id, now],
  );
  if (rows.length === 0) return false;
  // An invitation is taken up by this as well as by a password.
  await tx.query('update users set invited_at = null, invited_by = null where id = $1', [user.id]);
  const detail = { issuer };
  await addAudit(tx, {
    at: now,
    actor: user.email,
    action: 'login.linked',
    subject: `user:${user.id}`,
    detail,
  });
  return true;
}

/** What a user is made of whom nobody invited. `passwordHash`: one that no password fits. */
export interface Newcomer {
  language: Language;
  zone: string;
  passwordHash: string;
}

async function makeUser(
  tx: Db,
  { email, name, issuer }: LoginIdentity & { email: string },
  role: Role,
  newcomer: Newcomer,
  now: Date,
): Promise<Found | null> {
  const user = await addUser(
    tx,
    { email, name: (name?.trim() || email).slice(0, 200), role, ...newcomer },
    now,
  );
  if (!user) return null;
  const detail = { role, issuer };
  await addAudit(tx, {
    at: now,
    actor: user.email,
    action: 'user.created',
    subject: `user:${user.id}`,
    detail,
  });
  return { ...user, passwordHash: newcomer.passwordHash, disabledAt: null };
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** His address, in lower case, where we may know him by it. */
function emailOf({ email, isEmailVerified }: LoginIdentity, { trustsEmail }: Admission): string | null {
  return email && (isEmailVerified || trustsEmail) ? email.trim().toLowerCase() : null;
}

/** Who has not come by this server yet. */
async function comeFirst(
  tx: Db,
  identity: LoginIdentity & { email: string },
  { newUsers }: Admission,
  newcomer: Newcomer,
  now: Date,
): Promise<Found | { refused: Refusal }> {
  const known = await queryOne<Found>(tx, `select ${COLUMNS} from users u where u.email = $1`, [
    identity.email,
  ]);
  if (known?.disabledAt) return known;
  const user = known ?? (newUsers ? await makeUser(tx, identity, newUsers, newcomer, now) : null);
  if (!user) return { refused: 'unknown' };
  return (await link(tx, user, identity, now)) ? user : { refused: 'taken' };
}

/**
 * The user whom the login server means. He is known by its subject from the first time on, whatever his address becomes; the
 * first time by his address.
 */
export function userOfIdentity(
  db: Db,
  identity: LoginIdentity,
  admission: Admission,
  newcomer: Newcomer,
  now: Date,
): Promise<LoggedIn | { refused: Refusal }> {
  return db.transaction(async (tx) => {
    const email = emailOf(identity, admission);
    const { domains } = admission;
    if (domains.length > 0 && email !== null && !domains.includes(domainOf(email)))
      return { refused: 'domain' };
    const linked = await linkedUser(tx, identity);
    if (email === null && (!linked || domains.length > 0)) return { refused: 'unverified' };
    const user =
      linked ?? (await comeFirst(tx, { ...identity, email: email ?? '' }, admission, newcomer, now));
    return 'disabledAt' in user && user.disabledAt ? { refused: 'closed' } : user;
  });
}

/** The addresses of login servers by which this user is known. */
export async function listLogins(db: Db, user: UserId): Promise<{ issuer: string; linkedAt: Date }[]> {
  return db.query(
    'select issuer, linked_at as "linkedAt" from user_logins where user_id = $1 order by issuer',
    [user],
  );
}

/** The next login by a login server is as the first: by his address. `actor`: as the audit names people. */
export function forgetLogins(db: Db, user: UserId, actor: string, now: Date): Promise<void> {
  return db.transaction(async (tx) => {
    const gone = await tx.query('delete from user_logins where user_id = $1 returning issuer', [user]);
    if (gone.length === 0) return;
    await addAudit(tx, { at: now, actor, action: 'login.unlinked', subject: `user:${user}` });
  });
}
