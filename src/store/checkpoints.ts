import type { Database } from './db.ts';

/** So much written since the last checkpoint is read again when the program starts after a crash. */
const MOST_BYTES = 64 * 1024 * 1024;
const LOOK_MS = 1000;

/**
 * PostgreSQL makes checkpoints in a process of its own, which the embedded one has not: its log of changes would grow until the disk is full, and
 * all of it be read again after a crash. So we ask for one whenever much was written. Returns how to stop.
 */
export function keepCheckpoints(db: Pick<Database, 'query' | 'script'>): () => void {
  let last = '0/0';
  let isBusy = false;
  let isOver = false;
  const look = async (): Promise<void> => {
    const [now] = await db.query<{ bytes: number; lsn: string }>(
      'select (pg_current_wal_insert_lsn() - $1::pg_lsn)::float8 as bytes, pg_current_wal_insert_lsn()::text as lsn',
      [last],
    );
    if (!now || now.bytes < MOST_BYTES) return;
    // The first look tells where the log stands, which says nothing of when the last checkpoint was: one is made.
    await db.script('checkpoint');
    last = now.lsn;
  };
  const timer = setInterval(() => {
    if (isBusy || isOver) return;
    isBusy = true;
    // What is wrong with the database shows in every other statement, too.
    look()
      .catch(() => undefined)
      .finally(() => {
        isBusy = false;
      });
  }, LOOK_MS);
  timer.unref();
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
