import { resolve } from 'node:path';
import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { backup, restore } from '../store/backup.ts';
import { opensCheck, readVaultCheck } from '../store/vault-check.ts';
import { type Command, register } from './command.ts';

const save: Command<{ file: string }> = {
  name: 'backup',
  arguments: '<file>',
  summary: 'write everything into one file; the server may go on',
  example: 'molva backup molva-2026-11-22.jsonl.gz',
  args: z.object({ file: z.string() }),
  read: ([file]) => ({ file: resolve(String(file)) }),
  run: async ({ jobs }, { file }, out) => {
    await backup(jobs.db, file, jobs.clock.now());
    out.data(
      { file },
      `Written to ${file}. It holds personal data and password hashes: keep it as safe as the server. The key to customers' identifiers is not in it: keep a copy of the folder keys elsewhere.`,
    );
    return 0;
  },
};

const load: Command<{ file: string }> = {
  name: 'restore',
  arguments: '<file>',
  summary: 'put a backup into an empty folder or database',
  example: 'molva restore molva-2026-11-22.jsonl.gz --data new-data',
  args: z.object({ file: z.string() }),
  read: ([file]) => ({ file: resolve(String(file)) }),
  run: async ({ jobs, inServer }, { file }, out) => {
    if (inServer)
      throw new InputError([
        { at: 'restore', message: 'stop the server first, then restore into a new folder with --data DIR' },
      ]);
    // Before anything is put back: by a damaged list nobody could be erased again.
    await jobs.erasures.read();
    const rows = await restore(jobs.db, file, async (tx) => {
      const check = await readVaultCheck(tx);
      if (check !== null && !opensCheck(jobs.vault, check))
        throw new InputError([
          {
            at: 'vault.key',
            message:
              'the backup was sealed with another key; put the vault.key of that installation into the folder keys of this one, and restore again',
          },
        ]);
    });
    const { replayErasures } = await import('../jobs/privacy/replay.ts');
    const erased = await replayErasures(jobs);
    const again = erased > 0 ? ` ${erased} people who were erased since are erased again.` : '';
    out.data(
      { rows, erased },
      `${rows} rows restored.${again} The search index is built when the server starts.`,
    );
    return 0;
  },
};

export const commands = [register(save), register(load)];
