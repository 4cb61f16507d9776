import { type Db, queryOne } from './db.ts';

/** One matching of the past with changed topics. */
export interface RematchRun {
  id: number;
  startedAt: Date;
  /** Documents; those that were forgotten meanwhile are never done. */
  done: number;
  total: number;
  finishedAt: Date | null;
}

const KEPT = "interval '30 days'";

/** Begins to count; runs that were finished long ago are forgotten. */
export async function startRematchRun(tx: Db, total: number, now: Date): Promise<number> {
  await tx.query(`delete from rematch_runs where finished_at < $1::timestamptz - ${KEPT}`, [now]);
  const row = await queryOne<{ id: number }>(
    tx,
    'insert into rematch_runs (started_at, total) values ($1, $2) returning id',
    [now, total],
  );
  if (!row) throw new Error('insert returned no run');
  return row.id;
}

/** False when the run has come further than `before`: somebody has counted them already. */
export async function countRematched(
  tx: Db,
  run: number,
  { before, documents }: { before: number; documents: number },
): Promise<boolean> {
  const counted = await tx.query(
    'update rematch_runs set done = done + $3 where id = $1 and done = $2 returning id',
    [run, before, documents],
  );
  return counted.length > 0;
}

export async function finishRematchRun(db: Db, run: number | undefined, now: Date): Promise<void> {
  await db.query('update rematch_runs set finished_at = $2 where id = $1 and finished_at is null', [
    run ?? null,
    now,
  ]);
}

/** Under way, oldest first. */
export function listRematchRuns(db: Db): Promise<RematchRun[]> {
  return db.query<RematchRun>(
    `select id, started_at as "startedAt", done, total, finished_at as "finishedAt" from rematch_runs
     where finished_at is null order by id`,
  );
}
