import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import type { OpmlLine } from '../model/opml-import.ts';
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

const OUTCOMES = { added: 'added', known: 'known already', refused: 'refused' } as const;

function lineWords({ outcome, name, url, key, message }: OpmlLine): string {
  return [OUTCOMES[outcome], name, url, message ?? key ?? ''].join('\t');
}

const load: Command<{ file: string }> = {
  name: 'source import',
  arguments: '<file>',
  summary: 'watch every address of an OPML file, and say of each what became of it',
  example: 'molva source import subscriptions.opml',
  args: z.object({ file: z.string() }),
  read: ([file]) => ({ file: resolve(String(file)) }),
  run: async ({ jobs, manage }, { file }, out) => {
    const { importOpml } = await import('../jobs/import-opml.ts');
    const opml = await readSmallFile(file);
    const { lines, added, known, refused } = await importOpml({ ...manage, db: jobs.db }, opml, 'cli');
    for (const line of lines) out.data(line, lineWords(line));
    out.message(`${added} added, ${known} watched already, ${refused} refused`);
    if (refused === 0) return 0;
    return added + known > 0 ? 3 : 1;
  },
};

const save: Command<{ file?: string | undefined }> = {
  name: 'source export',
  arguments: '[file]',
  summary: 'write the sources as OPML for other programs; without a file, print it',
  example: 'molva source export sources.opml',
  args: z.object({ file: z.string().optional() }),
  read: ([file]) => ({ file: typeof file === 'string' ? resolve(file) : undefined }),
  run: async ({ jobs }, { file }, out) => {
    const { exportOpml } = await import('../jobs/import-opml.ts');
    const { text, count } = await exportOpml(jobs.db, jobs.clock.now());
    if (file === undefined) {
      out.data({ count, opml: text }, text.trimEnd());
      return 0;
    }
    await writeFile(file, text);
    out.data({ file, count }, `${count} sources written to ${file}`);
    return 0;
  },
};

export const importCommand = register(load);
export const exportCommand = register(save);
