import { type Db, json, queryOne } from './db.ts';

/** A run that has said nothing for so long has died. */
const LOST_MS = 3 * 3_600_000;

/** Begins a run; null: another one is under way. */
export async function claimScoring(db: Db, now: Date): Promise<number | null> {
  await db.query('delete from value_models where finished_at is null and started_at < $1', [
    new Date(now.getTime() - LOST_MS),
  ]);
  const row = await queryOne<{ id: number }>(
    db,
    'insert into value_models (started_at) values ($1) on conflict ((finished_at is null)) where finished_at is null do nothing returning id',
    [now],
  );
  return row?.id ?? null;
}

/** Older runs have no use any more. */
export async function finishScoring(
  tx: Db,
  id: number,
  { model, customers, now }: { model: unknown; customers: number; now: Date },
): Promise<void> {
  await tx.query(
    'update value_models set model = $2::jsonb, customers = $3, finished_at = $4 where id = $1',
    [id, json(model), customers, now],
  );
  await tx.query('delete from value_models where id < $1', [id]);
}

/** A run that failed leaves the way free for the next. */
export async function abandonScoring(db: Db, id: number): Promise<void> {
  await db.query('delete from value_models where id = $1 and finished_at is null', [id]);
}

export interface ScoringRun<Model> {
  startedAt: Date;
  finishedAt: Date;
  customers: number;
  model: Model;
}

/** The newest that is finished. */
export function newestScoring<Model>(db: Db): Promise<ScoringRun<Model> | null> {
  return queryOne(
    db,
    `select started_at as "startedAt", finished_at as "finishedAt", customers, model from value_models
     where finished_at is not null order by id desc limit 1`,
  );
}

/** When customers were last imported from a file; null: never. */
export async function lastImportAt(db: Db): Promise<Date | null> {
  return (
    (await queryOne<{ at: Date | null }>(db, 'select max(imported_at) as at from imported_files'))?.at ?? null
  );
}
