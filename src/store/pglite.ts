import { PGlite, type Transaction, types } from '@electric-sql/pglite';
import type { Database, Db } from './db.ts';

const PARSERS = { [types.INT8]: Number, [types.NUMERIC]: Number };

type Runner = Pick<PGlite, 'query'> | Transaction;

async function run<T extends object>(runner: Runner, sql: string, params: readonly unknown[]): Promise<T[]> {
  const result = await runner.query<T>(sql, [...params], { parsers: PARSERS });
  return result.rows;
}

function transactionHandle(tx: Transaction): Db {
  const handle: Db = {
    query: (sql, params = []) => run(tx, sql, params),
    // A nested transaction joins the outer one: all or nothing.
    transaction: (work) => work(handle),
  };
  return handle;
}

/** PostgreSQL inside this process. `folder` must be held by `lockFolder` first: two processes on one folder lose data. */
export async function openPglite(
  folder: string | 'memory',
  /** A data folder to begin with, as `dumpDataDir` wrote it. */
  contents?: Blob,
): Promise<Database & { pglite: PGlite }> {
  const options = contents ? { loadDataDir: contents } : {};
  const pglite = folder === 'memory' ? await PGlite.create(options) : await PGlite.create(folder, options);
  return {
    kind: 'pglite',
    pglite,
    query: (sql, params = []) => run(pglite, sql, params),
    transaction: (work) => pglite.transaction((tx) => work(transactionHandle(tx))),
    script: async (sql) => {
      await pglite.exec(sql);
    },
    close: () => pglite.close(),
  };
}
