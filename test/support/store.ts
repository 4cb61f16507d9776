import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';

/** Both drivers, or PGlite alone where there is no PostgreSQL: for `describe.each`. */
export const DRIVERS: readonly Database['kind'][] =
  inject('postgresUrl') === '' ? ['pglite'] : ['pglite', 'postgres'];

/** A migrated, empty store in memory. */
export async function openTestPglite(): Promise<Database> {
  return openPglite('memory', new Blob([readFileSync(inject('pgliteTemplate'))]));
}

/** Address of a new database on the tests' PostgreSQL; it goes with the server. */
export async function makePostgresDatabase(): Promise<string> {
  const url = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client(`${url}/postgres`);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return `${url}/${name}`;
}

export async function openTestStore(kind: Database['kind']): Promise<Database> {
  if (kind === 'pglite') return openTestPglite();
  const db = await openPostgres(await makePostgresDatabase(), () => undefined);
  await migrate(db, new Date());
  return db;
}

/** Empties every table of ours, between tests that share a store. */
export async function truncate(db: Database): Promise<void> {
  const tables = await db.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'migrations'`,
  );
  await db.query(`truncate ${tables.map(({ name }) => `"${name}"`).join(', ')} restart identity cascade`);
}
