import { parentPort, workerData } from 'node:worker_threads';
import { openPglite } from './pglite.ts';

/** What the thread is asked: one statement, several without parameters, or to end. One after the other, as they come. */
export type Asked =
  | { id: number; sql: string; params: readonly unknown[] }
  | { id: number; script: string }
  | { id: number; close: true };

/** An error as plain data: a thread's copy of one would lose what PostgreSQL says besides the message. */
export interface Failed {
  name: string;
  message: string;
  /** `code`, `detail`, `constraint` and the like. */
  rest: Record<string, unknown>;
}

export type Answer = { ready: true } | { id: number; rows: object[] } | { id: number; failed: Failed };

export function asFailed(error: unknown): Failed {
  const { name, message, stack: _stack, ...rest } = error as Error & Record<string, unknown>;
  const plain = Object.entries(rest).filter(([, value]) => ['string', 'number'].includes(typeof value));
  return { name: name ?? 'Error', message: message ?? String(error), rest: Object.fromEntries(plain) };
}

if (parentPort && typeof workerData?.folder === 'string') {
  const port = parentPort;
  const db = await openPglite(workerData.folder, undefined, { keepsCheckpoints: false });
  const work = async (asked: Asked): Promise<object[]> => {
    if ('sql' in asked) return db.query(asked.sql, asked.params);
    await ('script' in asked ? db.script(asked.script) : db.close());
    return [];
  };
  const answer = async (asked: Asked): Promise<void> => {
    const told: Answer = await work(asked).then(
      (rows) => ({ id: asked.id, rows }),
      (error: unknown) => ({ id: asked.id, failed: asFailed(error) }),
    );
    port.postMessage(told);
    if ('close' in asked) port.close();
  };
  let last = Promise.resolve();
  port.on('message', (asked: Asked) => {
    last = last.then(() => answer(asked));
  });
  port.postMessage({ ready: true } satisfies Answer);
}
