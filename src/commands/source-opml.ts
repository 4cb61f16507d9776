import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { type Command, register } from './command.ts';

const MAX_BYTES = 8_000_000;

async function readSmallFile(file: string): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new InputError([{ at: file, message: 'there is no such file' }]);
  });
  if (size > MAX_BYTES)
    throw new InputError([{ at: file, message: 'the file is too large for a list of sources' }]);
  return readFile(file, 'utf8');
}

const load: Command<{ file: string }> = {
  name: 'source import',
  arguments: '<file>',
  summary: 'watch every address of an OPML file',
  example: 'molva source import subscriptions.opml',
  args: z.object({ file: z.string() }),
  read: ([file]) => ({ file: resolve(String(file)) }),
  run: async ({ jobs, manage }, { file }, out) => {
    const { importOpml } = await import('../jobs/import-opml.ts');
    const { added, known, mistakes } = await importOpml(
      { ...manage, db: jobs.db },
      await readSmallFile(file),
      'cli',
    );
    for (const { name, url, message } of mistakes) out.message(`${name}: ${url}: ${message}`);
    out.data(
      { added, known, mistakes },
      `${added} added, ${known} watched already, ${mistakes.length} not understood`,
    );
    if (mistakes.length === 0) return 0;
    return added + known > 0 ? 3 : 1;
  },
};

const save: Command<{ file: string }> = {
  name: 'source export',
  arguments: '<file>',
  summary: 'write the sources into an OPML file for other programs',
  example: 'molva source export sources.opml',
  args: z.object({ file: z.string() }),
  read: ([file]) => ({ file: resolve(String(file)) }),
  run: async ({ jobs }, { file }, out) => {
    const { exportOpml } = await import('../jobs/import-opml.ts');
    const { text, count } = await exportOpml(jobs.db, jobs.clock.now());
    await writeFile(file, text);
    out.data({ file, count }, `${count} sources written to ${file}`);
    return 0;
  },
};

export const importCommand = register(load);
export const exportCommand = register(save);
