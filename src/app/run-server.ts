import type { LoadedConfig } from '../../config/load.ts';
import type { ExitCode } from '../commands/command.ts';
import { createLog } from '../lib/log.ts';
import { VERSION } from '../lib/version.ts';
import { refuseHeldFolder } from '../store/lock.ts';
import { refuseTakenPort } from './listen.ts';
import type { AppRole } from './roles.ts';

const ABANDON_MS = 6000;

/** `molva start`: until it is asked to stop, or the database fails. */
export async function runServer(
  loaded: LoadedConfig,
  roles: readonly AppRole[],
  stopped: Promise<unknown>,
  say: (text: string) => void,
): Promise<ExitCode> {
  const { store, web, log: logging } = loaded.config;
  if (!store.database_url) refuseHeldFolder(store.folder);
  if (roles.includes('web')) await refuseTakenPort(web);
  const { startApp } = await import('./start.ts');
  const log = createLog(logging.level);
  const app = await startApp(loaded, process.env, log, roles);
  if (app.url) say(`\nMolva ${VERSION} is at ${app.url}`);
  else say(`\nMolva ${VERSION} works without a dashboard (role ${roles.join(', ')})`);
  if (app.setupUrl) say(`Set the first administrator's password, once, within a day:\n  ${app.setupUrl}\n`);
  const failure = await Promise.race([stopped, app.parts.jobs.db.failure]);
  if (failure instanceof Error) {
    say(`\n${failure.message}`);
    // An orderly end would wait for the database, which is gone; Meilisearch must not be left behind.
    setTimeout(() => process.exit(1), ABANDON_MS);
    await app.parts.searching.close();
    process.exit(1);
  }
  say('Stopping …');
  await app.stop();
  return 0;
}
