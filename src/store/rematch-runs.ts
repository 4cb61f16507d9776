import type { DocumentId } from '../model/ids.ts';
import { type Db, json, queryOne } from './db.ts';

/** Kind → version of its tagger. */
export type Versions = Readonly<Record<string, string>>;

/** One run over all that is stored: topics are matched again or, where `versions` says of which kinds, tags are made again. */
export interface RematchRun {
  id: number;
  startedAt: Date;
  versions: Versions | null;
  /** Only documents found since then; null: all. */
  since: Date | null;
  /** Documents up to this number are done; those up to `until` are to be done. */
  after: number;
  until: number;
  /** Documents; those that were forgotten meanwhile are never done. */
  done: number;
  total: number;
  /** Of those done, how many say something else now; 0 where topics are matched. */
  changed: number;
  finishedAt: Date | null;
}

const COLUMNS = `id, started_at as "startedAt", versions, since, after, until, done, total, changed, finished_at as "finishedAt"`;
const KEPT = "interval '30 days'";

/**
 * Begins to count, over the documents that there are now; runs that were finished long ago are forgotten, save for the newest of
 * those that made tags. One that has nothing to do is finished at once.
 */
export async function startRematchRun(
  tx: Db,
  {
    total,
    versions = null,
    since = null,
  }: { total: number; versions?: Versions | null; since?: Date | null },
  now: Date,
): Promise<number> {
  await tx.query(
    `delete from rematch_runs where finished_at < $1::timestamptz - ${KEPT}
       and (versions is null or id < (select max(id) from rematch_runs where versions is not null and finished_at is not null))`,
    [now],
  );
  const row = await queryOne<{ id: number }>(
    tx,
    `insert into rematch_runs (started_at, touched_at, total, versions, since, until, finished_at)
     select $1::timestamptz, $1, $2::integer, $3::jsonb, $4::timestamptz, coalesce((select max(id) from documents), 0),
       case when $2 = 0 then $1::timestamptz end returning id`,
    [now, total, versions && json(versions), since],
  );
  if (!row) throw new Error('insert returned no run');
  return row.id;
}

export async function getRematchRun(db: Db, id: number): Promise<RematchRun | null> {
  return queryOne<RematchRun>(db, `select ${COLUMNS} from rematch_runs where id = $1`, [id]);
}

/** Notes that a batch is done. False when the run has come further than it was, or has ended: somebody has done it already. */
export async function advanceRematchRun(
  tx: Db,
  { id, after }: Pick<RematchRun, 'id' | 'after'>,
  batch: { last: DocumentId; documents: number; changed: number },
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `update rematch_runs set after = $3, done = done + $4, changed = changed + $5, touched_at = $6
     where id = $1 and after = $2 and finished_at is null returning id`,
    [id, after, batch.last, batch.documents, batch.changed, now],
  );
  return rows.length > 0;
}

export async function finishRematchRun(db: Db, run: number, now: Date): Promise<void> {
  await db.query('update rematch_runs set finished_at = $2 where id = $1 and finished_at is null', [
    run,
    now,
  ]);
}

/** Under way, oldest first. */
export function listRematchRuns(db: Db): Promise<RematchRun[]> {
  return db.query<RematchRun>(`select ${COLUMNS} from rematch_runs where finished_at is null order by id`);
}

/** The newest run over all documents that has made, or looked for, tags of this kind. */
export async function newestRetag(db: Db, kind: string): Promise<RematchRun | null> {
  return queryOne<RematchRun>(
    db,
    `select ${COLUMNS} from rematch_runs where jsonb_exists(versions, $1) and since is null order by id desc limit 1`,
    [kind],
  );
}

/** Runs that should go on and have not since `before`: their jobs were lost. */
export function stalledRematchRuns(db: Db, before: Date): Promise<{ runId: number; after: number }[]> {
  return db.query(
    'select id as "runId", after from rematch_runs where finished_at is null and touched_at < $1 order by id',
    [before],
  );
}

/** Until the transaction ends nobody else starts a run: two processes that start at once do not both make the tags again. */
export async function lockRematchRuns(tx: Db): Promise<void> {
  await tx.query('lock table rematch_runs in share row exclusive mode');
}
