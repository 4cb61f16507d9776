import pg from 'pg';
import { ConfigError, errorMessage } from '../lib/errors.ts';
import type { Database, Db } from './db.ts';

const INT8 = 20;
const NUMERIC = 1700;

function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}

function clientHandle(client: pg.PoolClient): Db {
  const handle: Db = {
    query: async (sql, params = []) => (await client.query(sql, [...params])).rows,
    transaction: (work) => work(handle),
  };
  return handle;
}

async function inTransaction<R>(pool: pg.Pool, work: (tx: Db) => Promise<R>): Promise<R> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(clientHandle(client));
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away, not put back into the pool.
    const broken = await client.query('rollback').then(
      () => undefined,
      (rollbackError: Error) => rollbackError,
    );
    client.release(broken);
    throw error;
  }
}

/** Throws ConfigError when the server cannot be reached. */
export async function openPostgres(url: string, onError: (error: Error) => void): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  });
  pool.on('error', onError);
  await pool.query('select 1').catch((error: unknown) => {
    throw new ConfigError(
      `PostgreSQL does not answer: ${errorMessage(error)}. Check DATABASE_URL and that the server runs.`,
      error,
    );
  });
  return {
    kind: 'postgres',
    // A server that is away comes back: every statement fails until then, and jobs are tried again.
    failure: new Promise(() => undefined),
    query: async (sql, params = []) => (await pool.query(sql, [...params])).rows,
    transaction: (work) => inTransaction(pool, work),
    script: async (sql) => {
      await pool.query(sql);
    },
    close: () => pool.end(),
  };
}
