import type { SourceId } from '../model/ids.ts';
import type { BrowserUse, Source, SourceError, SourceSchedule } from '../model/source.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `id, key, kind, name, coalesce(moved_to, url) as url, settings, browser, state, origin, enabled, every_ms as "everyMs", schedule, poll_at as "pollAt", next_run_at as "nextRunAt",
  last_started_at as "lastStartedAt", last_success_at as "lastSuccessAt", last_error as "lastError", last_news_at as "lastNewsAt",
  trouble, gone_at as "goneAt", failures`;

export interface SourceDefinition {
  key: string;
  kind: string;
  name: string;
  url: string;
  settings: unknown;
  /** Default `auto`. */
  browser?: BrowserUse;
  everyMs: number;
  schedule: SourceSchedule;
  enabled: boolean;
}

function reviveError(error: SourceError | null): SourceError | null {
  return error && { ...error, at: new Date(error.at) };
}

function revive(source: Source): Source {
  return { ...source, lastError: reviveError(source.lastError), trouble: reviveError(source.trouble) };
}

export async function listSources(db: Db): Promise<Source[]> {
  const rows = await db.query<Source>(`select ${COLUMNS} from sources where removed_at is null order by id`);
  return rows.map(revive);
}

export async function getSource(db: Db, id: SourceId): Promise<Source | null> {
  const row = await queryOne<Source>(db, `select ${COLUMNS} from sources where id = $1`, [id]);
  return row && revive(row);
}

export interface SourceName {
  key: string;
  name: string;
}

export async function sourceNames(db: Db, ids: readonly SourceId[]): Promise<Map<SourceId, SourceName>> {
  const rows = await db.query<SourceName & { id: SourceId }>(
    'select id, key, name from sources where id = any($1::bigint[])',
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findSourceByKey(db: Db, key: string): Promise<Source | null> {
  const row = await queryOne<Source>(
    db,
    `select ${COLUMNS} from sources where key = $1 and removed_at is null`,
    [key],
  );
  return row && revive(row);
}

/** The parameters $1 to $9 of the statements that insert a source; $8 is when it is due. */
export function sourceParams(source: SourceDefinition, now: Date): unknown[] {
  const { key, kind, name, url, settings, enabled, everyMs, schedule } = source;
  return [key, kind, name, url, json(settings), enabled, everyMs, now, json(schedule)];
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
    await forgetPagesOfOtherAddress(db, source);
    await db.query(
      `insert into sources (key, kind, name, url, settings, origin, enabled, every_ms, next_run_at, poll_at, schedule, browser)
       values ($1, $2, $3, $4, $5::jsonb, 'config', $6, $7, $8, $8, $9::jsonb, $10)
       on conflict (key) do update set kind = excluded.kind, name = excluded.name, url = excluded.url,
         settings = excluded.settings, enabled = excluded.enabled, every_ms = excluded.every_ms, origin = 'config', removed_at = null,
         schedule = excluded.schedule, browser = excluded.browser,
         ${unlessChanged('state')}, ${unlessChanged('moved_to')}, ${unlessChanged('last_error')},
         ${unlessChanged('visiting_until')}, ${unlessChanged('failures', '0')}, ${unlessChanged('gone_at')}, ${unlessChanged('trouble')},
         poll_at = case when sources.url = excluded.url and sources.kind = excluded.kind
           then least(sources.poll_at, excluded.poll_at + excluded.every_ms * interval '1 millisecond')
           else excluded.poll_at end,
         next_run_at = case when sources.url = excluded.url and sources.kind = excluded.kind
           then least(sources.next_run_at, excluded.next_run_at + excluded.every_ms * interval '1 millisecond')
           else excluded.next_run_at end`,
      [...sourceParams(source, now), source.browser ?? 'auto'],
    );
  }
  const keys = definitions.map((source) => source.key);
  await db.query(
    `update sources set enabled = false where origin = 'config' and not (key = any($1::text[]))`,
    [keys],
  );
}

/** What is known of pages belongs to the address and the crawler that found them. */
async function forgetPagesOfOtherAddress(db: Db, { key, url, kind }: SourceDefinition): Promise<void> {
  await db.query(
    'delete from pages where source_id in (select id from sources where key = $1 and (url <> $2 or kind <> $3))',
    [key, url, kind],
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
     where id in (select id from sources where enabled and gone_at is null
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
  await db.query('update sources set next_run_at = $2, poll_at = $2, gone_at = null where id = $1', [
    id,
    now,
  ]);
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

export interface VisitOutcome {
  /** The source's new permanent address, as the server said. */
  movedTo?: string | undefined;
  pollAt: Date;
  nextRunAt: Date;
  /** Publications per hour, as learnt. */
  perHour?: number | undefined;
  hasNews: boolean;
  trouble: SourceError | null;
}

export async function recordSourceSuccess(
  db: Db,
  id: SourceId,
  at: Date,
  outcome: VisitOutcome,
): Promise<void> {
  await db.query(
    `update sources set last_success_at = $2, last_error = null, failures = 0, visiting_until = null,
       moved_to = coalesce($3, moved_to), poll_at = $4, next_run_at = $5, per_hour = coalesce($6, per_hour),
       last_news_at = case when $7 then $2 else last_news_at end, trouble = $8::jsonb
     where id = $1`,
    [
      id,
      at,
      outcome.movedTo ?? null,
      outcome.pollAt,
      outcome.nextRunAt,
      outcome.perHour ?? null,
      outcome.hasNews,
      outcome.trouble && json(outcome.trouble),
    ],
  );
}

/** `isGone`: the server has said that the source is gone for good; it is not visited again by itself. */
export async function recordSourceFailure(
  db: Db,
  id: SourceId,
  error: SourceError,
  nextRunAt: Date,
  isGone = false,
): Promise<void> {
  await db.query(
    `update sources set last_error = $2::jsonb, failures = failures + 1, next_run_at = $3, visiting_until = null,
       gone_at = case when $4 then coalesce(gone_at, $5) end where id = $1`,
    [id, json(error), nextRunAt, isGone, error.at],
  );
}

export interface BudgetShare {
  /** See `evenRate` in jobs/pace.ts. */
  perHour: number;
  everyMs: number;
  minMs: number;
  maxMs: number;
}

/** What all adaptive sources bring to the budget of visits, and ask of it. */
export function listBudgetShares(db: Db): Promise<BudgetShare[]> {
  return db.query<BudgetShare>(
    `select per_hour as "perHour", every_ms as "everyMs", (schedule->>'minMs')::float8 as "minMs", (schedule->>'maxMs')::float8 as "maxMs"
     from sources where enabled and gone_at is null and schedule->>'kind' = 'adaptive'`,
  );
}

/** The waiting, in document-hours, that is worth a visit now; null before it was first worked out. */
export async function readWorthOfVisit(db: Db): Promise<number | null> {
  const row = await queryOne<{ worth: number }>(db, 'select worth from crawl_budget');
  return row?.worth ?? null;
}

export async function saveWorthOfVisit(db: Db, worth: number): Promise<void> {
  await db.query(
    'insert into crawl_budget (one, worth) values (true, $1) on conflict (one) do update set worth = excluded.worth',
    [worth],
  );
}

/** When what a source brought was published, newest first. Announcements of what is to come tell nothing of its pace. */
export async function publishedSince(db: Db, id: SourceId, since: Date, limit: number): Promise<Date[]> {
  const rows = await db.query<{ at: Date }>(
    `select published_at as at from documents where source_id = $1 and published_at > $2 and published_at <= found_at + interval '1 day'
     order by published_at desc limit $3`,
    [id, since, limit],
  );
  return rows.map((row) => row.at);
}

/** Documents per source, for the source list. */
export async function countDocumentsBySource(db: Db): Promise<Map<SourceId, number>> {
  const rows = await db.query<{ id: SourceId; n: number }>(
    'select source_id as id, count(*)::int as n from documents group by source_id',
  );
  return new Map(rows.map((row) => [row.id, row.n]));
}
