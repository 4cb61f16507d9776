import { PGlite, type Transaction, types } from '@electric-sql/pglite';
import { keepCheckpoints } from './checkpoints.ts';
import type { Database, Db } from './db.ts';
import { type Watch, watchDatabase } from './watch.ts';

const PARSERS = { [types.INT8]: Number, [types.NUMERIC]: Number };

type Runner = Pick<PGlite, 'query'> | Transaction;

async function run<T extends object>(
  watch: Watch,
  runner: Runner,
  sql: string,
  params: readonly unknown[],
): Promise<T[]> {
  const result = await watch.follow(runner.query<T>(sql, [...params], { parsers: PARSERS }));
  return result.rows;
}

function transactionHandle(watch: Watch, tx: Transaction): Db {
  const handle: Db = {
    query: (sql, params = []) => run(watch, tx, sql, params),
    // A nested transaction joins the outer one: all or nothing.
    transaction: (work) => work(handle),
  };
  return handle;
}

/**
 * PostgreSQL inside this thread. `folder` must be held by `lockFolder` first: two processes on one folder lose data. `contents`: a data folder to begin with, as
 * `dumpDataDir` wrote it.
 */
export async function openPglite(
  folder: string | 'memory',
  contents?: Blob,
): Promise<Database & { pglite: PGlite }> {
  const options = contents ? { loadDataDir: contents } : {};
  const pglite = folder === 'memory' ? await PGlite.create(options) : await PGlite.create(folder, options);
  const watch = watchDatabase(folder);
  const db: Pick<Database, 'query' | 'transaction' | 'script'> = {
    query: (sql, params = []) => run(watch, pglite, sql, params),
    transaction: (work) => watch.follow(pglite.transaction((tx) => work(transactionHandle(watch, tx)))),
    script: async (sql) => {
      await watch.follow(pglite.exec(sql));
    },
  };
  const stopCheckpoints = folder === 'memory' ? () => undefined : keepCheckpoints(db);
  return {
    kind: 'pglite',
    pglite,
    failure: watch.failure,
    ...db,
    close: async () => {
      watch.stop();
      stopCheckpoints();
      await pglite.close();
    },
  };
}
