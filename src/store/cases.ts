import type { Case, CaseStatus } from '../model/case.ts';
import type {
  AuthorId,
  CaseId,
  CaseIncidentId,
  CustomerId,
  DocumentId,
  MentionId,
  TopicId,
} from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { isPerson } from './person.ts';

const COLUMNS = `c.id, f.mention_id as "mentionId", f.document_id as "documentId", c.topic_id as "topicId",
  c.author_id as "authorId", c.customer_id as "customerId", c.severity, c.reason, c.cause, c.status, c.owner_id as "ownerId",
  c.incident_id as "incidentId", case when c.promise is not null then
    jsonb_build_object('text', c.promise, 'kept', c.promise_kept) end as promise, c.promised_until as "promisedUntil",
  c.outcome, c.opened_at as "openedAt", c.due_at as "dueAt", c.last_post_at as "lastPostAt", c.taken_at as "takenAt",
  c.answered_at as "answeredAt", c.closed_at as "closedAt",
  (select count(*)::int from case_mentions n where n.case_id = c.id) as posts`;
/** Of a mention `m`: somebody works on it, or has. */
export const HAS_CASE = `exists (select 1 from case_mentions w where w.mention_id = m.id and w.current)`;

/** The first of a case's posts: one without any is no case any more. */
export const FIRST_POST = `cross join lateral (select n.mention_id, m.document_id from case_mentions n join mentions m on m.id = n.mention_id
  where n.case_id = c.id order by n.added_at, n.mention_id limit 1) f`;
const FROM = `cases c ${FIRST_POST}`;

type Row = Omit<Case, 'promise'> & {
  promise: { text: string; kept: boolean | null } | null;
  promisedUntil: Date | null;
};

function toCase({ promise, promisedUntil, ...row }: Row): Case {
  return { ...row, promise: promise && { ...promise, until: promisedUntil } };
}

async function readCases(db: Db, where: string, values: readonly unknown[]): Promise<Case[]> {
  return (await db.query<Row>(`select ${COLUMNS} from ${FROM} ${where}`, values)).map(toCase);
}

export type NewCase = Pick<
  Case,
  | 'topicId'
  | 'customerId'
  | 'authorId'
  | 'severity'
  | 'reason'
  | 'ownerId'
  | 'openedAt'
  | 'dueAt'
  | 'lastPostAt'
>;

export async function addCase(tx: Db, c: NewCase): Promise<CaseId> {
  const row = await queryOne<{ id: CaseId }>(
    tx,
    `insert into cases (topic_id, customer_id, author_id, severity, reason, owner_id, opened_at, due_at, last_post_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [c.topicId, c.customerId, c.authorId, c.severity, c.reason, c.ownerId, c.openedAt, c.dueAt, c.lastPostAt],
  );
  if (!row) throw new Error('insert returned no case');
  return row.id;
}

/** Puts a mention into a case. False: it is in one already. */
export async function addToCase(tx: Db, id: CaseId, mentionId: MentionId, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into case_mentions (case_id, mention_id, added_at) values ($1, $2, $3)
     on conflict (mention_id) where current do nothing returning case_id`,
    [id, mentionId, at],
  );
  return rows.length > 0;
}

/** Is this mention in a case that counts? */
export async function isInCase(tx: Db, mentionId: MentionId): Promise<boolean> {
  return (
    (await tx.query('select 1 from case_mentions where mention_id = $1 and current', [mentionId])).length > 0
  );
}

/** What an author has said of a topic, as cases of this person; the one with the newest post first. Nobody else opens one meanwhile. */
export async function lockCasesOf(
  tx: Db,
  { authorId, topicId, customerId }: { authorId: AuthorId; topicId: TopicId; customerId: CustomerId },
): Promise<Case[]> {
  await tx.query('select 1 from authors where id = $1 for no key update', [authorId]);
  return readCases(
    tx,
    `where c.author_id = $1 and c.topic_id = $2 and c.status not in ('withdrawn', 'merged') and ${isPerson('c.customer_id', '$3')}
     order by c.last_post_at desc, c.id desc for no key update of c`,
    [authorId, topicId, customerId],
  );
}

/** Of these cases those that have a post of the story. */
export async function casesInStory(
  tx: Db,
  ids: readonly CaseId[],
  document: DocumentId,
): Promise<Set<CaseId>> {
  const rows = await tx.query<{ id: CaseId }>(
    `select distinct n.case_id as id from story_carriers own join story_carriers s on s.story_id = own.story_id
     join mentions m on m.document_id = s.document_id join case_mentions n on n.mention_id = m.id
     where own.document_id = $2 and n.case_id = any($1::bigint[])`,
    [ids, document],
  );
  return new Set(rows.map(({ id }) => id));
}

export async function getCase(db: Db, id: CaseId): Promise<Case | null> {
  return (await readCases(db, 'where c.id = $1', [id]))[0] ?? null;
}

/** Keeps others from changing these until the transaction ends; in the order of their numbers. */
export function lockCases(tx: Db, ids: readonly CaseId[]): Promise<Case[]> {
  return readCases(tx, 'where c.id = any($1::bigint[]) order by c.id for no key update of c', [ids]);
}

/** Where the posts of a merged case are now; null: it was not merged. */
export async function mergedInto(db: Db, id: CaseId): Promise<CaseId | null> {
  const row = await queryOne<{ into: CaseId }>(
    db,
    'select merged_into as into from cases where id = $1 and merged_into is not null',
    [id],
  );
  return row?.into ?? null;
}

/** Cases whose posts are this one's now: what was kept of them stands under their own numbers. */
export async function casesMergedInto(db: Db, id: CaseId): Promise<CaseId[]> {
  const rows = await db.query<{ id: CaseId }>('select id from cases where merged_into = $1 order by id', [
    id,
  ]);
  return rows.map((row) => row.id);
}

export interface CaseFilter {
  status?: CaseStatus | 'waiting' | undefined;
  ownerId?: number | undefined;
  topicId?: number | undefined;
  /** Of a customer's tier, or `none`. */
  tier?: string | undefined;
  /** Past its time and unanswered. */
  late?: boolean | undefined;
  /** Only what stands behind this case in the order of the list. */
  behind?: { isWaiting: boolean; dueAt: Date; id: CaseId } | undefined;
}

/** Those that wait come first, the most urgent at the top. */
export function listCases(
  db: Db,
  filter: CaseFilter,
  now: Date,
  limit: number,
  offset: number,
): Promise<Case[]> {
  return readCases(
    db,
    `left join customers k on k.id = c.customer_id where c.status <> 'merged'
       and ($1::text is null or c.status = $1 or ($1 = 'waiting' and c.status in ('open', 'in_work')))
       and ($2::bigint is null or c.owner_id = $2) and ($3::bigint is null or c.topic_id = $3)
       and ($4::text is null or coalesce(k.tier, 'none') = $4)
       and (not $5::boolean or (c.status in ('open', 'in_work') and c.due_at < $6))
       and ($9::boolean is null or (c.status not in ('open', 'in_work'), c.due_at, c.id) > (not $9, $10::timestamptz, $11::bigint))
     order by (c.status in ('open', 'in_work')) desc, c.due_at, c.id limit $7 offset $8`,
    [
      filter.status ?? null,
      filter.ownerId ?? null,
      filter.topicId ?? null,
      filter.tier ?? null,
      filter.late ?? false,
      now,
      limit,
      offset,
      filter.behind?.isWaiting ?? null,
      filter.behind?.dueAt ?? null,
      filter.behind?.id ?? null,
    ],
  );
}

/** Those that wait for an answer which is due in [from, to), the first due first. */
export function casesDueWithin(db: Db, from: Date, to: Date, limit: number): Promise<Case[]> {
  return readCases(
    db,
    `where c.status in ('open', 'in_work') and c.due_at >= $1 and c.due_at < $2 order by c.due_at, c.id limit $3`,
    [from, to, limit],
  );
}

export function listCasesOfCustomer(db: Db, id: CustomerId): Promise<Case[]> {
  return readCases(
    db,
    `where ${isPerson('c.customer_id')} and c.status <> 'merged' order by c.opened_at desc`,
    [id],
  );
}

/** `of`: the mention of the document that is in it. */
export type CaseOfDocument = Case & { of: MentionId };

export async function listCasesOfDocument(db: Db, id: DocumentId): Promise<CaseOfDocument[]> {
  const rows = await db.query<Row & { of: MentionId }>(
    `select ${COLUMNS}, o.mention_id as of from ${FROM} join case_mentions o on o.case_id = c.id join mentions om on om.id = o.mention_id
     where om.document_id = $1 and c.status <> 'merged' order by c.id`,
    [id],
  );
  return rows.map(({ of, ...row }) => ({ ...toCase(row), of }));
}

export interface CasePost {
  mentionId: MentionId;
  documentId: DocumentId;
  addedAt: Date;
}

/** In the order in which they came. */
export function listCasePosts(db: Db, id: CaseId): Promise<CasePost[]> {
  return db.query<CasePost>(
    `select n.mention_id as "mentionId", m.document_id as "documentId", n.added_at as "addedAt"
     from case_mentions n join mentions m on m.id = n.mention_id where n.case_id = $1 order by n.added_at, n.mention_id`,
    [id],
  );
}

/** What may be changed of a case; what is left out stays. */
export type CaseChange = Partial<
  Pick<
    Case,
    | 'status'
    | 'severity'
    | 'cause'
    | 'ownerId'
    | 'incidentId'
    | 'outcome'
    | 'dueAt'
    | 'lastPostAt'
    | 'takenAt'
    | 'answeredAt'
    | 'closedAt'
  >
> & {
  promise?: string | null;
  promisedUntil?: Date | null;
  promiseKept?: boolean | null;
  mergedInto?: CaseId;
  warnedAt?: Date | null;
  breachedAt?: Date | null;
};

const CHANGED: Record<keyof CaseChange, string> = {
  status: 'status',
  severity: 'severity',
  cause: 'cause',
  ownerId: 'owner_id',
  incidentId: 'incident_id',
  outcome: 'outcome',
  dueAt: 'due_at',
  lastPostAt: 'last_post_at',
  takenAt: 'taken_at',
  answeredAt: 'answered_at',
  closedAt: 'closed_at',
  promise: 'promise',
  promisedUntil: 'promised_until',
  promiseKept: 'promise_kept',
  mergedInto: 'merged_into',
  warnedAt: 'warned_at',
  breachedAt: 'breached_at',
};

/** In a transaction that has locked it. */
export async function changeCase(tx: Db, id: CaseId, change: CaseChange): Promise<void> {
  const fields = Object.entries(change) as [keyof CaseChange, unknown][];
  if (fields.length === 0) return;
  const set = fields.map(([field], at) => `${CHANGED[field]} = $${at + 2}`).join(', ');
  await tx.query(`update cases set ${set} where id = $1`, [id, ...fields.map(([, value]) => value)]);
}

/** Moves posts from one case to another. Returns how many. */
export async function moveCasePosts(
  tx: Db,
  from: CaseId,
  to: CaseId,
  mentions: readonly MentionId[] | null,
): Promise<number> {
  const rows = await tx.query(
    `update case_mentions set case_id = $2 where case_id = $1 and ($3::bigint[] is null or mention_id = any($3)) returning mention_id`,
    [from, to, mentions],
  );
  return rows.length;
}

/** The mentions of a case take over how far it is; what is not about us stays so. Returns their documents. */
export async function setStatusOfPosts(tx: Db, id: CaseId, status: CaseStatus): Promise<DocumentId[]> {
  const rows = await tx.query<{ id: DocumentId }>(
    `update mentions m set status = case $2 when 'open' then 'seen' else $2 end from case_mentions n
     where n.case_id = $1 and n.mention_id = m.id and m.status <> 'not_us' returning m.document_id as id`,
    [id, status],
  );
  return rows.map((row) => row.id);
}

/** Withdraws the cases that this author's posts opened for the people behind these entries. Returns them. */
export async function withdrawCases(
  tx: Db,
  authorId: AuthorId,
  customerIds: readonly CustomerId[],
  at: Date,
): Promise<Pick<Case, 'id' | 'customerId'>[]> {
  const cases = await tx.query<Pick<Case, 'id' | 'customerId'>>(
    `update cases set status = 'withdrawn', withdrawn_at = $3 where author_id = $1 and status not in ('withdrawn', 'merged')
       and customer_id in (select id from customers
       where coalesce(merged_into, id) in (select coalesce(merged_into, id) from customers where id = any($2::bigint[])))
     returning id, customer_id as "customerId"`,
    [authorId, customerIds, at],
  );
  await tx.query('update case_mentions set current = false where case_id = any($1::bigint[])', [
    cases.map(({ id }) => id),
  ]);
  return cases;
}

export async function countOpenCases(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    `select count(*)::int as n from cases where status in ('open', 'in_work')`,
  );
  return row?.n ?? 0;
}

/** Cases whose time runs out before `until` and of whom nobody was told yet; locked, so that one process tells. */
export function lockDueCases(
  tx: Db,
  stage: 'warnedAt' | 'breachedAt',
  until: Date,
  limit: number,
): Promise<Case[]> {
  return readCases(
    tx,
    `where c.status in ('open', 'in_work') and c.${CHANGED[stage]} is null and c.breached_at is null and c.due_at <= $1
     order by c.due_at limit $2 for no key update of c skip locked`,
    [until, limit],
  );
}

/** Cases that have lost their last post: documents were erased, or too old to be kept. One that is held stays. */
export async function deleteEmptyCases(tx: Db): Promise<void> {
  await tx.query(
    `delete from cases c where c.status <> 'merged' and not exists (select 1 from case_mentions n where n.case_id = c.id)
       and not exists (select 1 from evidence_holds h where h.case_id = c.id)`,
  );
}

/** The most urgent first. */
export function listCasesOfIncident(db: Db, id: CaseIncidentId): Promise<Case[]> {
  return readCases(
    db,
    `where c.incident_id = $1 order by (c.status in ('open', 'in_work')) desc, c.due_at, c.id`,
    [id],
  );
}
