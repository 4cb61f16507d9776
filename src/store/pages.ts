import type { SourceId } from '../model/ids.ts';
import type { KnownPage, PageMemory } from '../model/ports.ts';
import { type Db, json } from './db.ts';

const COLUMNS = `url, role, thread, number, urgency, due_at as "dueAt", every_ms as "everyMs", validators, body_hash as "bodyHash",
  items, marks, hint, doubts, looks, fetched_at as "fetchedAt"`;

/** An address stands in an index, whose entries PostgreSQL limits to 2.7 kB: a longer one is not worth a visit. */
const MAX_URL = 2000;
const MAX_THREAD = 300;

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
  };
}

/** Keeps pages in mind, in the transaction that stores what was read from them. */
export async function savePages(tx: Db, sourceId: SourceId, pages: readonly KnownPage[]): Promise<void> {
  for (const page of pages) {
    if (page.url.length > MAX_URL || page.thread.length > MAX_THREAD) continue;
    await tx.query(
      `insert into pages (source_id, url, role, thread, number, urgency, due_at, every_ms, validators, body_hash, items,
         marks, hint, doubts, looks, fetched_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11::jsonb, $12::jsonb, $13::jsonb, $14, $15, $16)
       on conflict (source_id, url) do update set role = excluded.role, thread = excluded.thread, number = excluded.number,
         urgency = excluded.urgency, due_at = excluded.due_at, every_ms = excluded.every_ms,
         validators = excluded.validators, body_hash = excluded.body_hash, items = excluded.items, marks = excluded.marks,
         hint = excluded.hint, doubts = excluded.doubts, looks = excluded.looks, fetched_at = excluded.fetched_at`,
      [
        sourceId,
        page.url,
        page.role,
        page.thread,
        page.number,
        page.urgency,
        page.dueAt,
        Math.round(page.everyMs),
        json(page.validators),
        page.bodyHash,
        json(page.items),
        json(page.marks),
        page.hint === null ? null : json(page.hint),
        page.doubts,
        page.looks,
        page.fetchedAt,
      ],
    );
  }
}

/** When the next page of the source is due; null when none is. */
export async function nextPageDue(db: Db, sourceId: SourceId): Promise<Date | null> {
  const [row] = await db.query<{ at: Date | null }>(
    `select min(due_at) as at from pages where source_id = $1 and ${UNLESS_STOPPED}`,
    [sourceId],
  );
  return row?.at ?? null;
}
