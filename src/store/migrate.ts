import { readdir, readFile } from 'node:fs/promises';
import { ConfigError } from '../lib/errors.ts';
import { type Database, type Db, queryOne } from './db.ts';

const FOLDER = new URL('./migrations/', import.meta.url);
/** Any constant of our own: two processes that start at once take turns. */
const ADVISORY_LOCK = 7_262_001;

async function migrationFiles(): Promise<{ number: number; name: string }[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return names.map((name) => ({ number: Number.parseInt(name, 10), name }));
}

async function applyFile(tx: Db, name: string): Promise<void> {
  const sql = await readFile(new URL(name, FOLDER), 'utf8');
  for (const statement of splitStatements(sql)) await tx.query(statement);
}

/** A statement ends at a semicolon outside of `$$ … $$`, in which the bodies of functions stand; no strings hold one. */
function splitStatements(sql: string): string[] {
  const whole = sql.replace(/^\s*--.*$/gm, '');
  return (whole.match(/(?:\$\$[\s\S]*?\$\$|[^;])+/g) ?? [])
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/**
 * Brings the schema to this program's version, each file in its own transaction; safe to race.
 * Throws ConfigError when the database was made by a newer program.
 */
export async function migrate(db: Database, now: Date): Promise<number> {
  await db
    .script(
      'create table if not exists migrations (number integer primary key, name text not null, applied_at timestamptz not null)',
    )
    // Two processes may both see that the table is missing; the loser's error means that it is there now.
    .catch(() => undefined);
  const files = await migrationFiles();
  for (const file of files) {
    await db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
      const done = await queryOne(tx, 'select 1 from migrations where number = $1', [file.number]);
      if (done) return;
      await applyFile(tx, file.name);
      await tx.query('insert into migrations (number, name, applied_at) values ($1, $2, $3)', [
        file.number,
        file.name,
        now,
      ]);
    });
  }
  const newest = await schemaVersion(db);
  const known = files.at(-1)?.number ?? 0;
  if (newest > known) {
    throw new ConfigError(
      `The database is at schema ${newest}, this program knows ${known}. Install the newer Molva, or restore a backup.`,
    );
  }
  return newest;
}

export async function schemaVersion(db: Db): Promise<number> {
  const row = await queryOne<{ newest: number }>(
    db,
    'select coalesce(max(number), 0)::int as newest from migrations',
  );
  return row?.newest ?? 0;
}
