import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { writeTemplate } from './pglite-template.ts';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** File and folder of a migrated, empty PGlite. */
    pgliteTemplate: string;
    pgliteFolder: string;
    /** '' where there is no PostgreSQL. */
    postgresUrl: string;
  }
}

/** Once for all test files: what they share is made here and taken away at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-test-'));
  const template = join(folder, 'pglite.tar');
  const database = join(folder, 'pglite');
  const [postgres] = await Promise.all([startPostgres(), writeTemplate(database, template)]);
  if (!postgres)
    process.stderr.write(
      'PostgreSQL is not installed: the store and pipeline tests run on PGlite only (apt-get install postgresql).\n',
    );
  // Whatever tests leave behind lies in here. PostgreSQL, which may run under another account, stands outside.
  process.env.TMPDIR = folder;
  project.provide('pgliteTemplate', template);
  project.provide('pgliteFolder', database);
  project.provide('postgresUrl', postgres?.url ?? '');
  return async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
