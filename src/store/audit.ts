import { type Db, json } from './db.ts';

export interface AuditEntry {
  at: Date;
  /** A user's e-mail, `cli` or `system`. */
  actor: string;
  /** `customer.viewed`, `login.failed` … */
  action: string;
  /** What it was done to: `customer:12`. Never a customer's name. */
  subject: string;
  detail?: Record<string, unknown>;
}

export async function addAudit(db: Db, entry: AuditEntry): Promise<void> {
  await db.query(
    'insert into audit (at, actor, action, subject, detail) values ($1, $2, $3, $4, $5::jsonb)',
    [entry.at, entry.actor, entry.action, entry.subject, json(entry.detail ?? {})],
  );
}

/** What is left empty asks nothing. */
export interface AuditFilter {
  /** Part of the actor's name, in any case. */
  who: string;
  /** The action, whole, or its first word: `user` is also `user.role`. */
  what: string;
  /** The subject, whole: `case:12`; or its kind: `case`. */
  about: string;
  /** In [from, to). */
  from: Date | null;
  to: Date | null;
}

const NO_FILTER: AuditFilter = { who: '', what: '', about: '', from: null, to: null };

const WHERE = `($1 = '' or position(lower($1) in lower(actor)) > 0)
  and ($2 = '' or action = $2 or starts_with(action, $2 || '.')) and ($3 = '' or subject = $3 or starts_with(subject, $3 || ':'))
  and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)`;

/** As it is kept. */
export type StoredAuditEntry = Required<AuditEntry> & { id: number };

/** The newest first. `behind`: only those that come after it. */
export function listAudit(
  db: Db,
  limit: number,
  offset: number,
  filter: AuditFilter = NO_FILTER,
  behind: Pick<StoredAuditEntry, 'at' | 'id'> | null = null,
): Promise<StoredAuditEntry[]> {
  return db.query(
    `select id, at, actor, action, subject, detail from audit where ${WHERE}
       and ($8::timestamptz is null or (at, id) < ($8, $9::bigint)) order by at desc, id desc limit $6 offset $7`,
    [
      filter.who,
      filter.what,
      filter.about,
      filter.from,
      filter.to,
      limit,
      offset,
      behind?.at ?? null,
      behind?.id ?? null,
    ],
  );
}

/** Every action that stands in the audit. */
export async function listAuditActions(db: Db): Promise<string[]> {
  const rows = await db.query<{ action: string }>('select distinct action from audit order by action');
  return rows.map(({ action }) => action);
}
