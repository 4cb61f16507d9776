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

export function listAudit(db: Db, limit: number, offset: number): Promise<Required<AuditEntry>[]> {
  return db.query(
    'select at, actor, action, subject, detail from audit order by at desc, id desc limit $1 offset $2',
    [limit, offset],
  );
}
