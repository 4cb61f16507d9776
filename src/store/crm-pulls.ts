import { type Db, json, queryOne } from './db.ts';

export type PullKind = 'customers' | 'purchases';

export interface CrmPull {
  endpoint: string;
  kind: PullKind;
  /** Where the connector goes on; null: at the beginning. */
  cursor: unknown;
  nextAt: Date;
  lastSuccessAt: Date | null;
  lastError: string | null;
  /** Taken in since the beginning, a changed one again. */
  records: number;
  /** Could not be read, were not wanted, or of customers who are not known. */
  leftOut: number;
}

const COLUMNS = `endpoint, kind, cursor, next_at as "nextAt", last_success_at as "lastSuccessAt", last_error as "lastError", records, left_out as "leftOut"`;

/** Has it pulled from now on, if it is not yet. */
export async function addPull(db: Db, endpoint: string, kind: PullKind, now: Date): Promise<void> {
  await db.query(
    'insert into crm_pulls (endpoint, kind, next_at) values ($1, $2, $3) on conflict (endpoint, kind) do nothing',
    [endpoint, kind, now],
  );
}

/** Takes it until `until`, if it is due; null: it is not, or somebody else has it. `anyway`: also before it is due. */
export function claimPull(
  db: Db,
  { endpoint, kind }: Pick<CrmPull, 'endpoint' | 'kind'>,
  { now, until, anyway = false }: { now: Date; until: Date; anyway?: boolean },
): Promise<CrmPull | null> {
  return queryOne<CrmPull>(
    db,
    `update crm_pulls set next_at = $4 where endpoint = $1 and kind = $2 and (next_at <= $3 or $5) returning ${COLUMNS}`,
    [endpoint, kind, now, until, anyway],
  );
}

export async function noteBatch(
  tx: Db,
  { endpoint, kind }: Pick<CrmPull, 'endpoint' | 'kind'>,
  batch: { cursor: unknown; records: number; leftOut: number; until: Date },
): Promise<void> {
  await tx.query(
    `update crm_pulls set cursor = $3::jsonb, records = records + $4, left_out = left_out + $5, next_at = $6
     where endpoint = $1 and kind = $2`,
    [endpoint, kind, json(batch.cursor), batch.records, batch.leftOut, batch.until],
  );
}

/** `error`: null when the end was reached. */
export async function endPull(
  db: Db,
  { endpoint, kind }: Pick<CrmPull, 'endpoint' | 'kind'>,
  { now, nextAt, error }: { now: Date; nextAt: Date; error: string | null },
): Promise<void> {
  await db.query(
    `update crm_pulls set next_at = $3, last_error = $4, last_success_at = case when $4::text is null then $5::timestamptz else last_success_at end
     where endpoint = $1 and kind = $2`,
    [endpoint, kind, nextAt, error, now],
  );
}

/** It was stopped on its way and may go on at once. */
export async function releasePull(
  db: Db,
  { endpoint, kind }: Pick<CrmPull, 'endpoint' | 'kind'>,
  now: Date,
): Promise<void> {
  await db.query('update crm_pulls set next_at = $3, last_error = null where endpoint = $1 and kind = $2', [
    endpoint,
    kind,
    now,
  ]);
}

/** Was the end of what there is ever reached? */
export async function wasEverPulled(db: Db, endpoint: string, kind: PullKind): Promise<boolean> {
  const row = await queryOne(
    db,
    'select 1 from crm_pulls where endpoint = $1 and kind = $2 and last_success_at is not null',
    [endpoint, kind],
  );
  return row !== null;
}

export function listPulls(db: Db): Promise<CrmPull[]> {
  return db.query<CrmPull>(`select ${COLUMNS} from crm_pulls order by endpoint, kind`);
}
