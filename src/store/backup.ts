import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';
import { errorMessage, InputError } from '../lib/errors.ts';
import type { Db } from './db.ts';
import { forgetIndex } from './index-state.ts';
import { schemaVersion } from './migrate.ts';

/** In the order in which rows can be put back. Sessions, one-time links, subscriptions at hubs (they name our address), kept pages, customers as matching sees them and what scoring makes of all of them (made anew), the queue and the search index's state are not kept: rows drive the work. */
export const BACKUP_TABLES = [
  'vault_check',
  'suppressions',
  'users',
  'user_logins',
  'second_factors',
  'recovery_codes',
  'second_factor_roles',
  'dismissed_hints',
  'audit',
  'imported_files',
  'import_mappings',
  'api_tokens',
  'sources',
  'pages',
  'source_visits',
  'authors',
  'threads',
  'documents',
  'document_revisions',
  'document_progress',
  'stories',
  'story_carriers',
  'story_texts',
  'stories_adrift',
  'tags',
  'topics',
  'teams',
  'team_topics',
  'team_members',
  'topic_examples',
  'topic_versions',
  'topic_ratings',
  'mentions',
  'corrections',
  'scorecard_samples',
  'scorecard_items',
  'models',
  'model_uses',
  'recall_misses',
  'canary_documents',
  'rules',
  'rule_versions',
  'seeded_rules',
  'rule_runs',
  'rule_effects',
  'rule_alert_hours',
  'customers',
  'customer_identifiers',
  'purchases',
  'customer_segments',
  'customer_addresses',
  'consents',
  'contacts',
  'customer_interests',
  'customer_merges',
  'customer_values',
  'customer_tier_moves',
  'identity_links',
  'link_events',
  'link_checks',
  'match_weights',
  'generic_values',
  'incidents',
  'cases',
  'case_mentions',
  'case_events',
  'evidence_records',
  'evidence_head',
  'evidence_looks',
  'evidence_holds',
  'case_records',
  'endpoints',
  'crm_pulls',
  'deliveries',
  'delivery_attempts',
  'inbound_messages',
  'alerts',
  'alert_incidents',
  'alert_subjects',
  'alert_posts',
  'alert_messages',
  'alert_queue',
  'digest_recipients',
  'digests',
  'digest_actions',
  'reports',
  'saved_views',
  'public_links',
] as const;

const FORMAT = 'molva-backup';
/** Rows at a time: of the largest, a document with a megabyte of text twice, they must fit into memory. */
const BATCH = 50;
/** Pages and pictures, as hexadecimal digits. */
const BATCH_OF: Partial<Record<(typeof BACKUP_TABLES)[number], number>> = { evidence_records: 2 };
const batchOf = (table: (typeof BACKUP_TABLES)[number]): number => BATCH_OF[table] ?? BATCH;

interface Header {
  format: typeof FORMAT;
  schema: number;
  at: string;
}

/** One statement of one moment: rows written meanwhile are in all tables or in none. */
async function* backupLines(tx: Db, at: Date): AsyncGenerator<string> {
  const header: Header = { format: FORMAT, schema: await schemaVersion(tx), at: at.toISOString() };
  yield `${JSON.stringify(header)}\n`;
  for (const table of BACKUP_TABLES) {
    await tx.query(
      `declare backup_rows no scroll cursor for select to_jsonb(t)::text as row from ${table} t`,
    );
    for (;;) {
      const rows = await tx.query<{ row: string }>(`fetch ${batchOf(table)} from backup_rows`);
      if (rows.length === 0) break;
      for (const { row } of rows) yield `{"table":"${table}","row":${row}}\n`;
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

interface Columns {
  names: string;
  /** JSON's null of a column that must not be SQL's null is put back as what it was. */
  values: string;
}

async function columnsOf(tx: Db, table: string): Promise<Columns> {
  const rows = await tx.query<{ name: string; json: boolean }>(
    `select column_name as name, data_type = 'jsonb' and is_nullable = 'NO' as json from information_schema.columns
     where table_name = $1 and table_schema = current_schema() and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  const values = rows.map(({ name, json }) => (json ? `coalesce("${name}", 'null'::jsonb)` : `"${name}"`));
  return { names: rows.map(({ name }) => `"${name}"`).join(', '), values: values.join(', ') };
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
    const value: unknown = JSON.parse(line);
    return Object(value) as Record<string, unknown>;
  } catch {
    throw bad(file, number, 'is damaged; take another backup');
  }
}

async function restoreRows(tx: Db, table: string, rows: unknown): Promise<void> {
  const { names, values } = await columnsOf(tx, table);
  await tx.query(
    `insert into ${table} (${names}) overriding system value select ${values} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
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

interface BackupRow {
  table: (typeof BACKUP_TABLES)[number];
  row: unknown;
}

function readRow(file: string, number: number, value: Record<string, unknown>): BackupRow {
  const table = BACKUP_TABLES.find((name) => name === value.table);
  if (!table || typeof value.row !== 'object' || value.row === null)
    throw bad(file, number, 'names a table that this program does not know');
  return { table, row: value.row };
}

/** Lines of a stream, without a limit to their length. Errors of the stream come out of the loop. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Puts the rows of one file back. One after the other: nothing may touch `tx` once this has ended. */
async function restoreLines(tx: Db, file: string, lines: AsyncIterable<string>): Promise<number> {
  let number = 0;
  let restored = 0;
  let ended = false;
  let batch: BackupRow[] = [];
  const flush = async (): Promise<void> => {
    const [first] = batch;
    if (first) {
      const rows = batch.map((one) => one.row);
      await restoreRows(tx, first.table, rows).catch((error: unknown) => {
        throw bad(file, number, `cannot be put back (${errorMessage(error)})`);
      });
    }
    restored += batch.length;
    batch = [];
  };
  for await (const line of lines) {
    number += 1;
    const value = readLine(file, number, line);
    if (number === 1) await checkHeader(tx, file, value);
    else if (value.end === true) ended = true;
    else {
      const row = readRow(file, number, value);
      if (batch.length === batchOf(row.table) || batch[0]?.table !== row.table) await flush();
      batch.push(row);
    }
  }
  await flush();
  if (!ended) throw bad(file, number, 'is cut off: its end is missing; take another backup');
  return restored;
}

/**
 * Puts a backup into an empty store of the same schema, all or nothing: `accept` may still refuse what came by throwing. Returns the number of
 * rows. Throws InputError.
 */
export async function restore(
  db: Db,
  file: string,
  accept: (tx: Db) => Promise<void> = async () => undefined,
): Promise<number> {
  return db.transaction(async (tx) => {
    await refuseUsed(tx);
    // What a first start may have put there already.
    for (const table of [...BACKUP_TABLES].reverse()) await tx.query(`delete from ${table}`);
    let lines: Promise<number> = Promise.resolve(0);
    try {
      await pipeline(createReadStream(file), createGunzip(), async (unzipped: AsyncIterable<Buffer>) => {
        lines = restoreLines(tx, file, linesOf(unzipped));
        await lines;
      });
    } catch (error) {
      // A stream that breaks ends the pipeline at once: rows that are on their way must not come in behind the transaction.
      await lines.catch(() => undefined);
      if (error instanceof InputError) throw error;
      throw new InputError([{ at: file, message: `cannot be read (${errorMessage(error)})` }]);
    }
    for (const table of BACKUP_TABLES) await advanceIdentity(tx, table);
    await tx.query(`select setval('link_acts', (select coalesce(max(act), 0) + 1 from link_events), false)`);
    await accept(tx);
    await forgetIndex(tx);
    return lines;
  });
}
