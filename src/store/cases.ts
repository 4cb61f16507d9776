import type { Case, CaseStatus } from '../model/case.ts';
import type { AuthorId, CaseId, CustomerId, DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { isPerson } from './person.ts';

const COLUMNS = `c.id, c.mention_id as "mentionId", m.document_id as "documentId", m.topic_id as "topicId",
  c.author_id as "authorId", c.customer_id as "customerId", c.severity, c.reason, c.status, c.opened_at as "openedAt", c.due_at as "dueAt"`;
/** Of a mention `m`: somebody works on it, or has. */
export const HAS_CASE = `exists (select 1 from cases c where c.mention_id = m.id and c.status <> 'withdrawn')`;

const FROM = 'cases c join mentions m on m.id = c.mention_id';

export type NewCase = Pick<
  Case,
  'mentionId' | 'customerId' | 'authorId' | 'severity' | 'reason' | 'openedAt' | 'dueAt'
>;

/** null when this mention already has its case: running the stage again opens nothing. One that was withdrawn does not count. */
export async function openCase(tx: Db, c: NewCase): Promise<CaseId | null> {
  const row = await queryOne<{ id: CaseId }>(
    tx,
    `insert into cases (mention_id, customer_id, author_id, severity, reason, opened_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (mention_id) where status <> 'withdrawn' do nothing returning id`,
    [c.mentionId, c.customerId, c.authorId, c.severity, c.reason, c.openedAt, c.dueAt],
  );
  return row?.id ?? null;
}

export async function getCase(db: Db, id: CaseId): Promise<Case | null> {
  return queryOne<Case>(db, `select ${COLUMNS} from ${FROM} where c.id = $1`, [id]);
}

/** Those that wait come first, the most urgent at the top. */
export function listCases(db: Db, limit: number, offset: number): Promise<Case[]> {
  return db.query<Case>(
    `select ${COLUMNS} from ${FROM} order by (c.status in ('open', 'in_work')) desc, c.due_at, c.id limit $1 offset $2`,
    [limit, offset],
  );
}

export function listCasesOfCustomer(db: Db, id: CustomerId): Promise<Case[]> {
  return db.query<Case>(
    `select ${COLUMNS} from ${FROM} where ${isPerson('c.customer_id')} order by c.opened_at desc`,
    [id],
  );
}

export function listCasesOfDocument(db: Db, id: DocumentId): Promise<Case[]> {
  return db.query<Case>(`select ${COLUMNS} from ${FROM} where m.document_id = $1 order by c.id`, [id]);
}

export async function setCaseStatus(db: Db, id: CaseId, status: CaseStatus): Promise<boolean> {
  const rows = await db.query(
    `update cases set status = $2 where id = $1 and status <> 'withdrawn' returning id`,
    [id, status],
  );
  return rows.length > 0;
}

/** Withdraws the cases that this author's posts opened for the people behind these entries. Returns them. */
export async function withdrawCases(
  tx: Db,
  authorId: AuthorId,
  customerIds: readonly CustomerId[],
  at: Date,
): Promise<Pick<Case, 'id' | 'customerId'>[]> {
  return tx.query(
    `update cases set status = 'withdrawn', withdrawn_at = $3 where author_id = $1 and status <> 'withdrawn' and customer_id in (select id from customers
       where coalesce(merged_into, id) in (select coalesce(merged_into, id) from customers where id = any($2::bigint[])))
     returning id, customer_id as "customerId"`,
    [authorId, customerIds, at],
  );
}

export async function countOpenCases(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    `select count(*)::int as n from cases where status in ('open', 'in_work')`,
  );
  return row?.n ?? 0;
}
