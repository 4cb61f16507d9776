import type { DocumentId, MentionId, RuleId, RuleRunId } from '../model/ids.ts';
import type { RuleRun } from '../model/rule.ts';
import { type Db, queryOne } from './db.ts';

const COLUMNS = `u.id, u.rule_id as "ruleId", r.key as "ruleKey", r.name as "ruleName", u.version, u.since, u.alerts, u.requested_by as "requestedBy",
  u.started_at as "startedAt", u.state, u.below, u.total, u.seen, u.changed, u.restored, u.kept, u.finished_at as "finishedAt"`;
const FROM = 'rule_runs u join rules r on r.id = u.rule_id';

export type NewRun = Pick<RuleRun, 'ruleId' | 'version' | 'since' | 'alerts' | 'requestedBy'>;

/** Over the mentions that there are now. */
export async function startRun(tx: Db, run: NewRun, now: Date): Promise<RuleRunId> {
  const row = await queryOne<{ id: RuleRunId }>(
    tx,
    `insert into rule_runs (rule_id, version, since, alerts, requested_by, started_at, touched_at, state, below, total)
     select $1::bigint, $2::integer, $3::timestamptz, $4::boolean, $5::text, $6::timestamptz, $6, 'running', coalesce(max(id), 0) + 1,
       (count(*) filter (where created_at >= $3))::int from mentions returning id`,
    [run.ruleId, run.version, run.since, run.alerts, run.requestedBy, now],
  );
  if (!row) throw new Error('insert returned no run');
  return row.id;
}

export async function getRun(db: Db, id: RuleRunId): Promise<RuleRun | null> {
  return queryOne<RuleRun>(db, `select ${COLUMNS} from ${FROM} where u.id = $1`, [id]);
}

/** One batch at a time: nobody else works on this run until the transaction ends. */
export async function lockRun(tx: Db, id: RuleRunId): Promise<RuleRun | null> {
  return queryOne<RuleRun>(tx, `select ${COLUMNS} from ${FROM} where u.id = $1 for update of u`, [id]);
}

/** The newest first; of one rule, or of all. `below`: only those of smaller numbers. */
export function listRuns(
  db: Db,
  rule: RuleId | null,
  limit: number,
  below: number | null = null,
): Promise<RuleRun[]> {
  return db.query<RuleRun>(
    `select ${COLUMNS} from ${FROM} where ($1::bigint is null or u.rule_id = $1) and ($3::bigint is null or u.id < $3)
     order by u.id desc limit $2`,
    [rule, limit, below],
  );
}

/** The next mentions of a run, the newest first. */
export async function nextMentions(
  db: Db,
  { below, since }: Pick<RuleRun, 'below' | 'since'>,
  limit: number,
): Promise<{ id: MentionId; documentId: DocumentId }[]> {
  return db.query(
    `select id, document_id as "documentId" from mentions where id < $1 and created_at >= $2 order by id desc limit $3`,
    [below, since, limit],
  );
}

/** Mentions found since then. */
export async function countMentions(db: Db, since: Date): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    'select count(*)::int as n from mentions where created_at >= $1',
    [since],
  );
  return row?.n ?? 0;
}

export interface RunStep {
  below: number;
  seen: number;
  changed: number;
}

export async function recordStep(
  tx: Db,
  id: RuleRunId,
  { below, seen, changed }: RunStep,
  now: Date,
): Promise<void> {
  await tx.query(
    'update rule_runs set below = $2, seen = seen + $3, changed = changed + $4, touched_at = $5 where id = $1',
    [id, below, seen, changed, now],
  );
}

export async function recordUndoStep(
  tx: Db,
  id: RuleRunId,
  { restored, kept }: { restored: number; kept: number },
  now: Date,
): Promise<void> {
  await tx.query(
    'update rule_runs set restored = restored + $2, kept = kept + $3, touched_at = $4 where id = $1',
    [id, restored, kept, now],
  );
}

/** False when the run was in another state. */
export async function changeRunState(
  tx: Db,
  id: RuleRunId,
  from: readonly RuleRun['state'][],
  to: RuleRun['state'],
  now: Date,
): Promise<boolean> {
  const isEnd = to === 'done' || to === 'stopped' || to === 'undone';
  const rows = await tx.query(
    `update rule_runs set state = $3, touched_at = $4, finished_at = case when $5::boolean then $4::timestamptz end
     where id = $1 and state = any($2::text[]) returning id`,
    [id, from, to, now, isEnd],
  );
  return rows.length > 0;
}

/** Runs that should go on and have not since `before`: their jobs were lost. */
export async function stalledRuns(db: Db, before: Date): Promise<RuleRunId[]> {
  const rows = await db.query<{ id: RuleRunId }>(
    `select id from rule_runs where state in ('running', 'undoing') and touched_at < $1 order by id`,
    [before],
  );
  return rows.map(({ id }) => id);
}
