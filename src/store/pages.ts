import type { SourceId } from '../model/ids.ts';
import type { KnownPage, PageMemory } from '../model/ports.ts';
import { type Db, json } from './db.ts';

const COLUMNS = `url, role, thread, number, urgency, due_at as "dueAt", every_ms as "everyMs", validators, body_hash as "bodyHash",
  items, marks, hint, doubts, looks, fetched_at as "fetchedAt"`;

/** An address stands in an index, whose entries PostgreSQL limits to 2.7 kB: a longer one is not worth a visit. */
const MAX_BYTES = 2000;

/** The past waits while its collection is stopped. */
const UNLESS_STOPPED = `(urgency > 0 or fetched_at is not null or exists (select 1 from sources where id = $1 and backfill))`;

/** What earlier visits to a source have kept in mind. */
export function pageMemory(db: Db, sourceId: SourceId): PageMemory {
  return {
    async get(urls) {
      const rows = await db.query<KnownPage>(
        `select ${COLUMNS} from pages where source_id = $1 and url = any($2::text[])`,
        [sourceId, urls],
      );
      return new Map(rows.map((page) => [page.url, page]));
    },
    lists: () =>
      db.query<KnownPage>(
        `select ${COLUMNS} from pages where source_id = $1 and role = 'list' and number = 1 order by url`,
        [sourceId],
      ),
    ofThread: (thread) =>
      db.query<KnownPage>(
        `select ${COLUMNS} from pages where source_id = $1 and thread = $2 and thread <> '' order by number`,
        [sourceId, thread],
      ),
    due: (now, limit) =>
      db.query<KnownPage>(
        `select ${COLUMNS} from pages where source_id = $1 and due_at <= $2 and ${UNLESS_STOPPED} order by urgency desc, due_at, number limit $3`,
        [sourceId, now, limit],
      ),
    health: async (since) => {
      const [row] = await db.query<{ looked: number; doubted: number }>(
        `select count(*)::int as looked, count(*) filter (where doubts > 0)::int as doubted from pages
         where source_id = $1 and role = 'content' and (fetched_at >= $2 or doubts > 0)`,
        [sourceId, since],
      );
      return row ?? { looked: 0, doubted: 0 };
    },
  };
}

/** The thread stands in an index too, and is an address itself where articles are: a Cyrillic one is six times as long as it reads. */
function isStorable({ url, thread }: KnownPage): boolean {
  return Buffer.byteLength(url) <= MAX_BYTES && Buffer.byteLength(thread) <= MAX_BYTES;
}

/** What lists tell of the past beyond that is let go: a calendar without end has more pages than we have room. */
const MOST_PAGES = 200_000;

/** Told of and never asked for. */
function isUntouchedPast({ urgency, looks }: KnownPage): boolean {
  return urgency === 0 && looks === 0;
}

async function isFull(tx: Db, sourceId: SourceId, most: number): Promise<boolean> {
  const [row] = await tx.query<{ n: number }>(
    'select count(*)::int as n from (select 1 from pages where source_id = $1 limit $2) as counted',
    [sourceId, most],
  );
  return (row?.n ?? 0) >= most;
}

/** In one statement each: a sitemap tells of 50,000 pages at once. */
const AT_ONCE = 1000;

/** Keeps pages in mind, in the transaction that stores what was read from them. Of one address the last word counts. */
export async function savePages(
  tx: Db,
  sourceId: SourceId,
  pages: readonly KnownPage[],
  most: number = MOST_PAGES,
): Promise<void> {
  const storable = pages.filter(isStorable);
  const hasRoom = !storable.some(isUntouchedPast) || !(await isFull(tx, sourceId, most));
  const kept = hasRoom ? storable : storable.filter((page) => !isUntouchedPast(page));
  const rows = [...new Map(kept.map((page) => [page.url, page])).values()];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE).map((page) => ({ ...page, everyMs: Math.round(page.everyMs) }));
    await tx.query(
      `insert into pages (source_id, url, role, thread, number, urgency, due_at, every_ms, validators, body_hash, items,
         marks, hint, doubts, looks, fetched_at)
       select $1, url, role, thread, number, urgency, "dueAt", "everyMs", validators, "bodyHash", items, marks, hint, doubts, looks, "fetchedAt"
       from jsonb_to_recordset($2::jsonb) as page(url text, role text, thread text, number integer, urgency smallint,
         "dueAt" timestamptz, "everyMs" bigint, validators jsonb, "bodyHash" text, items jsonb, marks jsonb, hint jsonb,
         doubts integer, looks integer, "fetchedAt" timestamptz)
       on conflict (source_id, url) do update set role = excluded.role, thread = excluded.thread, number = excluded.number,
         urgency = excluded.urgency, due_at = excluded.due_at, every_ms = excluded.every_ms,
         validators = excluded.validators, body_hash = excluded.body_hash, items = excluded.items, marks = excluded.marks,
         hint = excluded.hint, doubts = excluded.doubts, looks = excluded.looks, fetched_at = excluded.fetched_at`,
      [sourceId, json(some)],
    );
  }
}

/**
 * Lets go of the pages that were looked at longest ago where a source has more than `most`: links that change with every visit
 * look like news. What is forgotten and told of again is read again, and brings nothing twice.
 */
export async function forgetSpentPages(db: Db, most: number = 1.5 * MOST_PAGES): Promise<number> {
  const crowded = await db.query<{ id: SourceId; n: number }>(
    'select source_id as id, count(*)::int as n from pages group by source_id having count(*) > $1',
    [most],
  );
  for (const { id, n } of crowded) {
    await db.query(
      `delete from pages where source_id = $1 and url in
         (select url from pages where source_id = $1 order by fetched_at nulls last, due_at nulls first limit $2)`,
      [id, n - most],
    );
  }
  return crowded.reduce((sum, { n }) => sum + n - most, 0);
}

/** When the next page of the source is due; null when none is. */
export async function nextPageDue(db: Db, sourceId: SourceId): Promise<Date | null> {
  const [row] = await db.query<{ at: Date | null }>(
    `select min(due_at) as at from pages where source_id = $1 and ${UNLESS_STOPPED}`,
    [sourceId],
  );
  return row?.at ?? null;
}
