import { Worker } from 'node:worker_threads';
import { ConfigError } from '../lib/errors.ts';
import { keepCheckpoints } from './checkpoints.ts';
import type { Database, Db } from './db.ts';
import { watchDatabase } from './watch.ts';

const PROGRAM = new URL('./pglite-worker.js', import.meta.url);

/** What the thread is asked: one statement, several without parameters, or to end. */
type Asked = { sql: string; params: readonly unknown[] } | { script: string } | { close: true };

interface Failed {
  name: string;
  message: string;
  /** `code`, `detail`, `constraint` and the like. */
  rest: Record<string, unknown>;
}

type Answer = { ready: true } | { id: number; rows: object[] } | { id: number; failed: Failed };

interface Waiting {
  resolve(rows: object[]): void;
  reject(error: Error): void;
}

function revive({ name, message, rest }: Failed): Error {
  return Object.assign(new Error(message), { name, ...rest });
}

/** The thread, as somebody to whom one says a thing and from whom one hears the answer. */
interface Line {
  ask(asked: Asked): Promise<object[]>;
  /** Resolves when the thread has ended. */
  ended: Promise<void>;
}

/** @throws whatever keeps the database from opening */
function openLine(folder: string, program: URL): Promise<Line> {
  const worker = new Worker(program, {
    // Not those of the process: `tsx FILE` has some that a thread cannot take.
    execArgv: [],
    workerData: { folder },
    // Rows are copied out of it at once: it has nothing to keep, and by itself would take ten times as much before it tidies up.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let gone: Error | null = null;
  return new Promise((opened, failed) => {
    let hasEnded: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      hasEnded = resolve;
    });
    const giveUp = (error: Error): void => {
      gone ??= error;
      for (const { reject } of waiting.values()) reject(gone);
      waiting.clear();
      failed(gone);
      hasEnded();
    };
    const ask: Line['ask'] = (asked) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        lastId += 1;
        worker.postMessage({ id: lastId, ...asked });
        waiting.set(lastId, { resolve, reject });
      });
    worker.on('message', (answer: Answer) => {
      if ('ready' in answer) return opened({ ask, ended });
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('rows' in answer) asker?.resolve(answer.rows);
      else asker?.reject(revive(answer.failed));
    });
    worker.on('error', (error: Error) => giveUp(error));
    worker.on('exit', () => giveUp(new Error('the embedded database has ended')));
  });
}

/**
 * PostgreSQL in a thread of its own, so that pages and crawlers go on while a statement works. `folder` must be held by
 * `lockFolder` first: two processes on one folder lose data. `program`: what runs there.
 */
export async function openPgliteThread(folder: string, program = PROGRAM): Promise<Database> {
  const line = await openLine(folder, program);
  const watch = watchDatabase(folder);
  let isClosing = false;
  /** Ends when nobody's transaction is open or waits for its turn. */
  let turn: Promise<unknown> = Promise.resolve();

  const run = async <T extends object>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    (await watch.follow(line.ask({ sql, params }))) as T[];

  async function inTransaction<R>(work: (tx: Db) => Promise<R>): Promise<R> {
    let isOpen = true;
    const tx: Db = {
      query: async (sql, params) => {
        if (!isOpen) throw new Error('this transaction has ended');
        return run(sql, params);
      },
      // A nested transaction joins the outer one: all or nothing.
      transaction: (inner) => inner(tx),
    };
    try {
      await run('begin');
      const result = await work(tx);
      await run('commit');
      return result;
    } catch (error) {
      // Where this fails too, the database is lost, which `failure` tells.
      await run('rollback').catch(() => undefined);
      throw error;
    } finally {
      isOpen = false;
    }
  }

  /** There is one connection: whoever stands outside waits until the transaction before has ended. */
  const afterOthers = <R>(work: () => Promise<R>): Promise<R> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const db: Pick<Database, 'query' | 'transaction' | 'script'> = {
    query: async (sql, params) => {
      await turn;
      return run(sql, params);
    },
    transaction: (work) => afterOthers(() => inTransaction(work)),
    script: (script) => afterOthers(() => watch.follow(line.ask({ script }))).then(() => undefined),
  };
  const stopCheckpoints = keepCheckpoints(db);
  const lost = line.ended.then(
    () =>
      new ConfigError(
        `The embedded database in ${folder} has ended. Start again; what was stored is kept. If it ends again, restore a backup.`,
      ),
  );
  return {
    kind: 'pglite',
    ...db,
    failure: Promise.race([
      watch.failure,
      lost.then((error) => (isClosing ? new Promise<Error>(() => undefined) : error)),
    ]),
    close: async () => {
      isClosing = true;
      watch.stop();
      stopCheckpoints();
      await turn;
      await line.ask({ close: true }).catch(() => undefined);
      await line.ended;
    },
  };
}
