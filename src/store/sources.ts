import type { SourceId } from '../model/ids.ts';
import type { Source, SourceError } from '../model/source.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `id, key, kind, name, coalesce(moved_to, url) as url, settings, state, origin, enabled, every_ms as "everyMs", next_run_at as "nextRunAt",
  last_started_at as "lastStartedAt", last_success_at as "lastSuccessAt", last_error as "lastError", failures`;

export interface SourceDefinition {
  key: string;
  kind: string;
  name: string;
  url: string;
  settings: unknown;
  everyMs: number;
  enabled: boolean;
}

function revive(source: Source): Source {
  const { lastError } = source;
  return lastError ? { ...source, lastError: { ...lastError, at: new Date(lastError.at) } } : source;
}

export async function listSources(db: Db): Promise<Source[]> {
  const rows = await db.query<Source>(`select ${COLUMNS} from sources order by id`);
  return rows.map(revive);
}

export async function getSource(db: Db, id: SourceId): Promise<Source | null> {
  const row = await queryOne<Source>(db, `select ${COLUMNS} from sources where id = $1`, [id]);
  return row && revive(row);
}

export async function findSourceByKey(db: Db, key: string): Promise<Source | null> {
  const row = await queryOne<Source>(db, `select ${COLUMNS} from sources where key = $1`, [key]);
  return row && revive(row);
}

const unlessChanged = (column: string, otherwise = 'null'): string =>
  `${column} = case when sources.url = excluded.url and sources.kind = excluded.kind then sources.${column} else ${otherwise} end`;

/**
 * Makes the store agree with the configuration: new sources are due at once, known ones keep their state (and the
 * address they moved to) unless their configured address or kind changed, and those gone from the file are switched off, not deleted: their documents stay.
 */
export async function syncSources(
  db: Db,
  definitions: readonly SourceDefinition[],
  now: Date,
): Promise<void> {
  for (const source of definitions) {
    await db.query(
      `insert into sources (key, kind, name, url, settings, origin, enabled, every_ms, next_run_at)
       values ($1, $2, $3, $4, $5::jsonb, 'config', $6, $7, $8)
       on conflict (key) do update set kind = excluded.kind, name = excluded.name, url = excluded.url,
         settings = excluded.settings, enabled = excluded.enabled, every_ms = excluded.every_ms, origin = 'config',
         ${unlessChanged('state')}, ${unlessChanged('moved_to')}, ${unlessChanged('last_error')},
         ${unlessChanged('visiting_until')}, ${unlessChanged('failures', '0')},
         next_run_at = case when sources.url = excluded.url and sources.kind = excluded.kind
           then least(sources.next_run_at, excluded.next_run_at + excluded.every_ms * interval '1 millisecond')
           else excluded.next_run_at end`,
      [
        source.key,
        source.kind,
        source.name,
        source.url,
        json(source.settings),
        source.enabled,
        source.everyMs,
        now,
      ],
    );
  }
  const keys = definitions.map((source) => source.key);
  await db.query(
    `update sources set enabled = false where origin = 'config' and not (key = any($1::text[]))`,
    [keys],
  );
}

/** How long a visit may go without a sign of life (a page stored) before another process takes it over. */
const VISIT_LEASE = "interval '3 minutes'";

/**
 * Takes the sources whose time has come, or whose visitor has died, and sets their next time, so that two processes never take the same one.
 * However many runs were missed while the program was off, each source is caught up by one visit. At most `limit`
 * visits wait or run at a time: those that waited longer than their claim lasts would be handed out twice.
 */
export async function claimDueSources(tx: Db, now: Date, limit: number): Promise<SourceId[]> {
  const rows = await tx.query<{ id: SourceId }>(
    `update sources set next_run_at = $1::timestamptz + every_ms * interval '1 millisecond', last_started_at = $1,
       visiting_until = $1::timestamptz + ${VISIT_LEASE}
     where id in (select id from sources where enabled
       and ((visiting_until is null and next_run_at <= $1) or visiting_until <= $1) order by next_run_at
       limit greatest(0, $2::int - (select count(*)::int from sources where visiting_until > $1)) for update skip locked)
     returning id`,
    [now, limit],
  );
  return rows.map((row) => row.id);
}

/** A visit that we ended ourselves is due again at once. */
export async function releaseSource(db: Db, id: SourceId, now: Date): Promise<void> {
  await db.query('update sources set next_run_at = $2, visiting_until = null where id = $1', [id, now]);
}

/** Visited as soon as the visit that may be under way has ended. */
export async function scheduleSourceNow(db: Db, id: SourceId, now: Date): Promise<void> {
  await db.query('update sources set next_run_at = $2 where id = $1', [id, now]);
}

/** A claimed visit begins. False when it is over: its job waited so long that another one was sent and done. */
export async function beginVisit(db: Db, id: SourceId, now: Date): Promise<boolean> {
  const rows = await db.query(
    `update sources set visiting_until = $2::timestamptz + ${VISIT_LEASE} where id = $1 and visiting_until is not null returning id`,
    [id, now],
  );
  return rows.length > 0;
}

/** The crawler's memory after a batch; the visit has shown that it lives. */
export async function saveSourceState(tx: Db, id: SourceId, state: unknown, now: Date): Promise<void> {
  await tx.query(
    `update sources set state = $2::jsonb, visiting_until = case when visiting_until is not null then $3::timestamptz + ${VISIT_LEASE} end
     where id = $1`,
    [id, json(state), now],
  );
}

/** `movedTo`: the source's new permanent address, as the server said. */
export async function recordSourceSuccess(db: Db, id: SourceId, at: Date, movedTo?: string): Promise<void> {
  await db.query(
    'update sources set last_success_at = $2, last_error = null, failures = 0, visiting_until = null, moved_to = coalesce($3, moved_to) where id = $1',
    [id, at, movedTo ?? null],
  );
}

export async function recordSourceFailure(
  db: Db,
  id: SourceId,
  error: SourceError,
  nextRunAt: Date,
): Promise<void> {
  await db.query(
    'update sources set last_error = $2::jsonb, failures = failures + 1, next_run_at = $3, visiting_until = null where id = $1',
    [id, json(error), nextRunAt],
  );
}

/** Documents per source, for the source list. */
export async function countDocumentsBySource(db: Db): Promise<Map<SourceId, number>> {
  const rows = await db.query<{ id: SourceId; n: number }>(
    'select source_id as id, count(*)::int as n from documents group by source_id',
  );
  return new Map(rows.map((row) => [row.id, row.n]));
}
