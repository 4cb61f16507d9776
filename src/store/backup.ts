import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { errorMessage, InputError } from '../lib/errors.ts';
import type { Db } from './db.ts';
import { schemaVersion } from './migrate.ts';

/** In the order in which rows can be put back. Sessions, one-time links and the queue are not kept: rows drive the work. */
const TABLES = [
  'users',
  'audit',
  'imported_files',
  'sources',
  'authors',
  'threads',
  'documents',
  'document_revisions',
  'document_progress',
  'tags',
  'topics',
  'mentions',
  'customers',
  'customer_identifiers',
  'purchases',
  'identity_links',
  'cases',
  'endpoints',
  'deliveries',
  'delivery_attempts',
  'digest_recipients',
  'digests',
] as const;

const FORMAT = 'molva-backup';
const BATCH = 200;

interface Header {
  format: typeof FORMAT;
  schema: number;
  at: string;
}

/** One statement of one moment: rows written meanwhile are in all tables or in none. */
async function* backupLines(tx: Db, at: Date): AsyncGenerator<string> {
  const header: Header = { format: FORMAT, schema: await schemaVersion(tx), at: at.toISOString() };
  yield `${JSON.stringify(header)}\n`;
  for (const table of TABLES) {
    await tx.query(
      `declare backup_rows no scroll cursor for select to_jsonb(t) - 'full_text_index' as row from ${table} t`,
    );
    for (;;) {
      const rows = await tx.query<{ row: unknown }>(`fetch ${BATCH} from backup_rows`);
      if (rows.length === 0) break;
      yield `${JSON.stringify({ table, rows: rows.map((r) => r.row) })}\n`;
    }
    await tx.query('close backup_rows');
  }
  yield `${JSON.stringify({ end: true })}\n`;
}

/** Writes everything into one gzip file of JSON lines, readable by its owner only; the same on PGlite and PostgreSQL. */
export async function backup(db: Db, file: string, at: Date): Promise<void> {
  const part = `${file}.part`;
  try {
    await db.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      await pipeline(
        Readable.from(backupLines(tx, at)),
        createGzip(),
        createWriteStream(part, { mode: 0o600 }),
      );
    });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function columnsOf(tx: Db, table: string): Promise<string> {
  const rows = await tx.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_name = $1 and table_schema = current_schema() and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => `"${name}"`).join(', ');
}

/** The next new row gets a number after the restored ones. */
async function advanceIdentity(tx: Db, table: string): Promise<void> {
  const [row] = await tx.query<{ sequence: string | null }>(
    `select case when exists (select 1 from information_schema.columns where table_name = $1 and table_schema = current_schema()
       and column_name = 'id' and is_identity = 'YES') then pg_get_serial_sequence($1, 'id') end as sequence`,
    [table],
  );
  if (row?.sequence)
    await tx.query(`select setval($1, (select coalesce(max(id), 0) + 1 from ${table}), false)`, [
      row.sequence,
    ]);
}

function bad(file: string, line: number, message: string): InputError {
  return new InputError([{ at: `${file}:${line}`, message }]);
}

function readLine(file: string, number: number, line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    throw bad(file, number, 'is damaged; take another backup');
  }
}

async function restoreRows(tx: Db, table: string, rows: unknown): Promise<void> {
  const columns = await columnsOf(tx, table);
  await tx.query(
    `insert into ${table} (${columns}) overriding system value select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

async function refuseUsed(tx: Db): Promise<void> {
  const [row] = await tx.query<{ used: boolean }>(
    'select exists (select 1 from documents) or exists (select 1 from users) or exists (select 1 from customers) as used',
  );
  if (row?.used)
    throw new InputError([
      { at: 'store', message: 'is not empty; restore into a new folder (--data DIR) or a new database' },
    ]);
}

/** Puts a backup into an empty store of the same schema, all or nothing. Returns the number of rows. Throws InputError. */
export async function restore(db: Db, file: string): Promise<number> {
  return db.transaction(async (tx) => {
    await refuseUsed(tx);
    // What a first start may have put there already.
    for (const table of [...TABLES].reverse()) await tx.query(`delete from ${table}`);
    let number = 0;
    let restored = 0;
    let ended = false;
    const unzipped = createReadStream(file).pipe(createGunzip());
    const failure = new Promise<never>((_, reject) => {
      unzipped.once('error', (error) => reject(bad(file, number, `cannot be read (${errorMessage(error)})`)));
    });
    const work = (async () => {
      for await (const line of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
        number += 1;
        const value = readLine(file, number, line);
        if (number === 1) await checkHeader(tx, file, value);
        else if (value.end === true) ended = true;
        else restored += await restoreBatch(tx, file, number, value);
      }
    })();
    await Promise.race([work, failure]);
    if (!ended) throw bad(file, number, 'is cut off: its end is missing; take another backup');
    for (const table of TABLES) await advanceIdentity(tx, table);
    await tx.query('update document_progress set indexed_at = null');
    return restored;
  });
}

async function checkHeader(tx: Db, file: string, value: Record<string, unknown>): Promise<void> {
  if (value.format !== FORMAT) throw bad(file, 1, 'is not a backup of Molva');
  const schema = await schemaVersion(tx);
  if (value.schema !== schema)
    throw bad(
      file,
      1,
      `was made at schema ${String(value.schema)}, this program has ${schema}: restore it with the Molva that made it, then update`,
    );
}

async function restoreBatch(
  tx: Db,
  file: string,
  line: number,
  value: Record<string, unknown>,
): Promise<number> {
  const table = TABLES.find((name) => name === value.table);
  if (!table || !Array.isArray(value.rows))
    throw bad(file, line, 'names a table that this program does not know');
  await restoreRows(tx, table, value.rows);
  return value.rows.length;
}
