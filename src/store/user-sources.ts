import type { SourceId } from '../model/ids.ts';
import type { SourceSchedule } from '../model/source.ts';
import { type Db, json, queryOne } from './db.ts';
import { type SourceDefinition, sourceParams } from './sources.ts';
import { endSubscription } from './websub.ts';

/** Keys that no new source can have, those of removed ones included. */
export async function takenSourceKeys(db: Db): Promise<Set<string>> {
  const rows = await db.query<{ key: string }>('select key from sources');
  return new Set(rows.map(({ key }) => key));
}

/** The source that watches this address in this way already, removed or not. */
export async function findSourceByAddress(
  db: Db,
  kind: string,
  url: string,
): Promise<{ id: SourceId; key: string; isRemoved: boolean } | null> {
  return queryOne(
    db,
    `select id, key, removed_at is not null as "isRemoved" from sources where kind = $1 and (url = $2 or moved_to = $2)
     order by removed_at is not null, id limit 1`,
    [kind, url],
  );
}

/**
 * A source that a person added, due at `dueAt`. One that was removed comes back with its documents and its memory.
 * `syncSources` leaves it alone, whatever the configuration says, unless the file has a source with its key.
 */
export async function addUserSource(db: Db, source: SourceDefinition, dueAt: Date): Promise<SourceId> {
  const row = await queryOne<{ id: SourceId }>(
    db,
    `insert into sources (key, kind, name, url, settings, origin, enabled, every_ms, next_run_at, poll_at, schedule)
     values ($1, $2, $3, $4, $5::jsonb, 'user', $6, $7, $8, $8, $9::jsonb)
     on conflict (key) do update set name = excluded.name, settings = excluded.settings, enabled = excluded.enabled,
       every_ms = excluded.every_ms, next_run_at = excluded.next_run_at, poll_at = excluded.poll_at,
       schedule = excluded.schedule, removed_at = null, gone_at = null, failures = 0, last_error = null
     where sources.removed_at is not null and sources.kind = excluded.kind and sources.url = excluded.url
     returning id`,
    sourceParams(source, dueAt),
  );
  if (!row) throw new Error('the key of a source is taken');
  return row.id;
}

export interface SourceChange {
  name?: string;
  enabled?: boolean;
  everyMs?: number;
  schedule?: SourceSchedule;
  settings?: unknown;
}

/** Changes what a person may change of a source that a person added; a new schedule is counted from now. */
export async function updateUserSource(
  db: Db,
  id: SourceId,
  { name, enabled, everyMs, schedule, settings }: SourceChange,
  now: Date,
): Promise<boolean> {
  const rows = await db.query(
    `update sources set name = coalesce($2, name), enabled = coalesce($3, enabled), every_ms = coalesce($4, every_ms),
       schedule = coalesce($5::jsonb, schedule), settings = coalesce($6::jsonb, settings),
       poll_at = case when $5::jsonb is null then poll_at else $7 end,
       next_run_at = case when $5::jsonb is null then next_run_at else $7 end
     where id = $1 and origin = 'user' and removed_at is null returning id`,
    [
      id,
      name ?? null,
      enabled ?? null,
      everyMs ?? null,
      schedule === undefined ? null : json(schedule),
      settings === undefined ? null : json(settings),
      now,
    ],
  );
  return rows.length > 0;
}

/** Another way of reading its pages: all are forgotten and read anew from now. False when it is not a person's. */
export async function replaceSettings(tx: Db, id: SourceId, settings: unknown, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `update sources set settings = $2::jsonb, state = null, failures = 0, last_error = null, trouble = null,
       poll_at = $3, next_run_at = $3
     where id = $1 and origin = 'user' and removed_at is null returning id`,
    [id, json(settings), now],
  );
  if (rows.length > 0) await tx.query('delete from pages where source_id = $1', [id]);
  return rows.length > 0;
}

/**
 * Takes away a source that a person added. What it brought is kept, because mentions and cases lean on it: then the source is
 * only switched off and hidden.
 */
export async function removeUserSource(
  tx: Db,
  id: SourceId,
  now: Date,
): Promise<'deleted' | 'hidden' | 'refused'> {
  const known = await queryOne<{ holds: boolean }>(
    tx,
    `select exists (select 1 from documents where source_id = s.id) or exists (select 1 from threads where source_id = s.id) as holds from sources s
     where id = $1 and origin = 'user' and removed_at is null for update`,
    [id],
  );
  if (!known) return 'refused';
  if (!known.holds) {
    await tx.query('delete from sources where id = $1', [id]);
    return 'deleted';
  }
  await tx.query('update sources set enabled = false, removed_at = $2, visiting_until = null where id = $1', [
    id,
    now,
  ]);
  await endSubscription(tx, id, now);
  await tx.query('delete from pages where source_id = $1', [id]);
  return 'hidden';
}
