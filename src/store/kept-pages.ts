import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { SourceId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
/** Packed; what is larger is cut before. */
const MAX_BYTES = 200_000;
const MAX_CHARS = 1_000_000;
/** A page that reads well today is good enough to hold tomorrow's against. */
const FRESH = "interval '20 hours'";

export interface KeptPage {
  role: 'list' | 'content';
  isGood: boolean;
  url: string;
  at: Date;
  text: string;
}

async function packed(text: string): Promise<Buffer> {
  let kept = text.slice(0, MAX_CHARS);
  for (;;) {
    const body = await pack(kept);
    if (body.length <= MAX_BYTES) return body;
    kept = kept.slice(0, Math.floor((kept.length * MAX_BYTES) / body.length / 1.1));
  }
}

/** Whether the page would add to what is kept: a good one of another day, or the first bad one after it. */
async function isWanted(
  db: Db,
  id: SourceId,
  { role, isGood, at }: Omit<KeptPage, 'text'>,
): Promise<boolean> {
  const row = await queryOne(
    db,
    `select 1 from source_pages_kept where source_id = $1 and role = $2 and is_good = $3
       and (not $3 or at > $4::timestamptz - ${FRESH})`,
    [id, role, isGood, at],
  );
  return row === null;
}

/** Keeps the last page of its role that was read well, and the first after it that was not. */
export async function keepPage(db: Db, id: SourceId, page: KeptPage): Promise<void> {
  const { role, isGood, url, at } = page;
  if (isGood)
    await db.query('delete from source_pages_kept where source_id = $1 and role = $2 and not is_good', [
      id,
      role,
    ]);
  if (!(await isWanted(db, id, page))) return;
  await db.query(
    `insert into source_pages_kept (source_id, role, is_good, url, at, body) values ($1, $2, $3, $4, $5, $6)
     on conflict (source_id, role, is_good) do update set url = excluded.url, at = excluded.at, body = excluded.body`,
    [id, role, isGood, url.slice(0, 2000), at, await packed(page.text)],
  );
}

export async function listKeptPages(db: Db, id: SourceId): Promise<KeptPage[]> {
  const rows = await db.query<Omit<KeptPage, 'text'> & { body: Uint8Array }>(
    `select role, is_good as "isGood", url, at, body from source_pages_kept where source_id = $1 order by role, is_good desc`,
    [id],
  );
  return Promise.all(
    rows.map(async ({ body, ...page }) => ({ ...page, text: (await unpack(body)).toString('utf8') })),
  );
}
