import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { ConfigError, errorMessage } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Database } from '../store/db.ts';
import { lockFolder } from '../store/lock.ts';
import { migrate } from '../store/migrate.ts';
import { openPgliteThread } from '../store/pglite-thread.ts';
import { openPostgres } from '../store/postgres.ts';

async function openEmbedded(folder: string): Promise<Database> {
  const unlock = lockFolder(folder);
  try {
    const path = join(folder, 'pglite');
    // Making a database leaves 400 MB behind that opening one does not need.
    if (!existsSync(path)) await (await openPgliteThread(path)).close();
    const database = await openPgliteThread(path);
    const close = async (): Promise<void> => {
      await database.close();
      unlock();
    };
    return { ...database, close };
  } catch (error) {
    unlock();
    throw new ConfigError(
      `The embedded database in ${folder} does not open (${errorMessage(error)}). Is the disk full? Otherwise restore a backup: molva restore FILE --data NEWFOLDER.`,
      error,
    );
  }
}

/** The store that the configuration names, migrated. Throws ConfigError with the remedy. */
export async function openStore(config: Config, log: Log, now: Date): Promise<Database> {
  const { database_url: url, folder } = config.store;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const db = url
    ? await openPostgres(url, (error) =>
        log.warn({ reason: error.message }, 'a database connection was lost'),
      )
    : await openEmbedded(folder);
  try {
    await migrate(db, now);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
