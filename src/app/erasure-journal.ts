import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../config/schema.ts';
import { InputError } from '../lib/errors.ts';
import type { Erasure, ErasureJournal } from '../model/ports.ts';
import { keysFolder } from './open-vault.ts';

const FILE = 'erased.jsonl';
const line = z.object({
  at: z.coerce.date(),
  suppressions: z.array(z.object({ kind: z.enum(['customer', 'identifier', 'account']), hash: z.string() })),
  isLifted: z.boolean().optional(),
});

function readLine(text: string, at: string): Erasure {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    throw new InputError([{ at, message: 'is damaged; take the file from a copy, or remove this line' }]);
  }
}

/** A file beside the vault's key, one JSON object a line. A line that a crash cut off is ended before the next. */
export function openErasureJournal(config: Config): ErasureJournal {
  const folder = keysFolder(config);
  const file = join(folder, FILE);
  const content = (): Promise<string> =>
    readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
  return {
    async note(erasure) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const before = await content();
      const gap = before === '' || before.endsWith('\n') ? '' : '\n';
      await appendFile(file, `${gap}${JSON.stringify(erasure)}\n`, { mode: 0o600, flush: true });
    },
    async read() {
      const lines = (await content()).split('\n');
      return lines.flatMap((text, at) => (text.trim() === '' ? [] : [readLine(text, `${file}:${at + 1}`)]));
    },
  };
}
