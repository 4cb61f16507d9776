import type { SourceId } from '../model/ids.ts';
import type { Canary, CanaryResult, SourceHealth } from '../model/source-health.ts';
import { type Db, json, queryOne } from './db.ts';

/** Returns the state of before; null: it was never judged. */
export async function saveHealth(
  db: Db,
  id: SourceId,
  health: SourceHealth,
): Promise<SourceHealth['state'] | null> {
  const row = await queryOne<{ state: SourceHealth['state'] | null }>(
    db,
    `with before as (select id, health->>'state' as state from sources where id = $1 for update)
     update sources s set health = $2::jsonb from before b where s.id = b.id returning b.state`,
    [id, json(health)],
  );
  return row?.state ?? null;
}

/** How each source was judged last. */
export async function listHealth(db: Db): Promise<Map<SourceId, SourceHealth>> {
  const rows = await db.query<{ id: SourceId; health: SourceHealth }>(
    'select id, health from sources where health is not null and removed_at is null',
  );
  return new Map(rows.map(({ id, health }) => [id, health]));
}

/** Sources whose last judgement is older than their last visit, or than `before`. */
export async function listUnjudged(db: Db, before: Date, limit: number): Promise<SourceId[]> {
  const rows = await db.query<{ id: SourceId }>(
    `select id from sources where removed_at is null and (health is null or (health->>'judgedAt')::timestamptz < $1
       or (health->>'judgedAt')::timestamptz < last_success_at) order by (health->>'judgedAt') nulls first limit $2`,
    [before, limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Median of the time from published to found, in ms, of what was published and found since; what the first visit found is left
 * out, because it had waited for us to come at all.
 */
export async function medianDelay(db: Db, id: SourceId, since: Date): Promise<number | null> {
  const row = await queryOne<{ delay: number | null }>(
    db,
    `select percentile_cont(0.5) within group (order by extract(epoch from found_at - published_at)) * 1000 as delay
     from documents where source_id = $1 and published_at > $2 and found_at >= published_at
       and found_at > (select min(found_at) + interval '1 hour' from documents where source_id = $1)`,
    [id, since],
  );
  return row?.delay ?? null;
}

/** Documents of each source, or of one, by day, the last of `days` days last; days begin at `now`'s time of day. */
export async function countByDay(
  db: Db,
  now: Date,
  days: number,
  only: SourceId | null = null,
): Promise<Map<SourceId, number[]>> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const rows = await db.query<{ id: SourceId; day: number; n: number }>(
    `select source_id as id, floor(extract(epoch from published_at - $1::timestamptz) / 86400)::int as day, count(*)::int as n
     from documents where published_at > $1 and published_at <= $2 and ($3::bigint is null or source_id = $3) group by 1, 2`,
    [since, now, only],
  );
  const counts = new Map<SourceId, number[]>();
  for (const { id, day, n } of rows) {
    const row = counts.get(id) ?? new Array<number>(days).fill(0);
    row[Math.min(day, days - 1)] = n;
    counts.set(id, row);
  }
  return counts;
}

export interface WatchedCanary {
  id: SourceId;
  canary: Canary;
  result: CanaryResult | null;
}

export async function readCanary(
  db: Db,
  id: SourceId,
): Promise<{ canary: Canary | null; result: CanaryResult | null }> {
  const row = await queryOne<{ canary: Canary | null; result: CanaryResult | null }>(
    db,
    'select canary, canary_result as result from sources where id = $1',
    [id],
  );
  return row ?? { canary: null, result: null };
}

/** Canaries that were not looked at since `before`. */
export function listDueCanaries(db: Db, before: Date, limit: number): Promise<WatchedCanary[]> {
  return db.query<WatchedCanary>(
    `select id, canary, canary_result as result from sources where enabled and canary is not null and gone_at is null
       and (canary_result is null or (canary_result->>'at')::timestamptz < $1) order by id limit $2`,
    [before, limit],
  );
}

export interface KnownPageCheck {
  key: string;
  name: string;
  canary: Canary;
  result: CanaryResult | null;
}

/** The known pages of all sources, those that were not read as expected first. */
export function listKnownPageChecks(db: Db): Promise<KnownPageCheck[]> {
  return db.query<KnownPageCheck>(
    `select key, name, canary, canary_result as result from sources where canary is not null and removed_at is null
     order by canary_result->>'error' is null, id`,
  );
}

export async function saveCanaryResult(db: Db, id: SourceId, result: CanaryResult): Promise<void> {
  await db.query('update sources set canary_result = $2::jsonb where id = $1', [id, json(result)]);
}

/** null: the source has none any more. What another canary said is forgotten. */
export async function setCanary(db: Db, id: SourceId, canary: Canary | null): Promise<void> {
  await db.query(
    `update sources set canary = $2::jsonb, canary_result = case when canary is not distinct from $2::jsonb then canary_result end
     where id = $1`,
    [id, canary && json(canary)],
  );
}
