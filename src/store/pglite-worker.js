// The embedded database in its thread (see pglite-thread.ts). Plain JavaScript: the loader for TypeScript would cost this thread 90 MB.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';

/** The same as in pglite.ts: `test/store/drivers.test.ts` holds both to it. */
const parsers = { [types.INT8]: Number, [types.NUMERIC]: Number };

const db = await PGlite.create(workerData.folder);

async function work(asked) {
  if (asked.sql !== undefined) return (await db.query(asked.sql, asked.params, { parsers })).rows;
  await (asked.script === undefined ? db.close() : db.exec(asked.script));
  return [];
}

/** As plain data: a thread's copy of an error would lose what PostgreSQL says besides the message, such as `code` and `constraint`. */
function asFailed({ name, message, stack: _stack, ...rest }) {
  const plain = Object.entries(rest).filter(([, value]) => ['string', 'number'].includes(typeof value));
  return { name, message, rest: Object.fromEntries(plain) };
}

async function answer(asked) {
  const told = await work(asked).then(
    (rows) => ({ id: asked.id, rows }),
    (error) => ({ id: asked.id, failed: asFailed(error) }),
  );
  parentPort.postMessage(told);
  if (asked.close) parentPort.close();
}

// One after the other, as they come.
let last = Promise.resolve();
parentPort.on('message', (asked) => {
  last = last.then(() => answer(asked));
});
parentPort.postMessage({ ready: true });
