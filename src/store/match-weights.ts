import type { WeightsState, WeightsVersion } from '../model/match-weights.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = 'version, weights, learned_at as "learnedAt", by, decisions, held_out as "heldOut", state';
const IN_FORCE = `from match_weights where state = 'active' order by version desc limit 1`;

/** Keeps weights that were learned. Returns their version. */
export async function addWeights(tx: Db, learned: Omit<WeightsVersion, 'version'>): Promise<number> {
  const { weights, learnedAt, by, decisions, heldOut, state } = learned;
  const row = await queryOne<{ version: number }>(
    tx,
    `insert into match_weights (weights, learned_at, by, decisions, held_out, state)
     values ($1::jsonb, $2, $3, $4, $5::jsonb, $6) returning version`,
    [json(weights), learnedAt, by, decisions, json(heldOut), state],
  );
  if (!row) throw new Error('insert returned no version');
  return row.version;
}

/** The newest first. */
export function listWeights(db: Db): Promise<WeightsVersion[]> {
  return db.query<WeightsVersion>(`select ${COLUMNS} from match_weights order by version desc`);
}

/** null: the weights as shipped. */
export function weightsInForce(db: Db): Promise<WeightsVersion | null> {
  return queryOne<WeightsVersion>(db, `select ${COLUMNS} ${IN_FORCE}`);
}

/** null: the weights as shipped. */
export async function versionInForce(db: Db): Promise<number | null> {
  const row = await queryOne<{ version: number }>(db, `select version ${IN_FORCE}`);
  return row?.version ?? null;
}

/** When somebody last tried to learn, whatever came of it. */
export async function lastLearnedAt(db: Db): Promise<Date | null> {
  const row = await queryOne<{ at: Date | null }>(db, 'select max(learned_at) as at from match_weights');
  return row?.at ?? null;
}

export async function setWeightsState(
  tx: Db,
  versions: readonly number[],
  state: WeightsState,
): Promise<void> {
  await tx.query('update match_weights set state = $2 where version = any($1::bigint[])', [versions, state]);
}

/** Until the transaction ends nobody else changes which are in force. */
export async function lockWeights(tx: Db): Promise<void> {
  await tx.query('lock table match_weights in share row exclusive mode');
}
