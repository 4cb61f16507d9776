import type { LoadedConfig } from '../../config/load.ts';
import type { ExitCode, Output, RegisteredCommand } from '../commands/command.ts';
import { folderHolder } from '../store/lock.ts';
import { runCommand, sendControl } from './control.ts';

async function runHere(
  loaded: LoadedConfig,
  command: RegisteredCommand,
  args: unknown,
  out: Output,
): Promise<ExitCode> {
  const { openParts } = await import('./deps.ts');
  const { createLog } = await import('../lib/log.ts');
  const parts = await openParts(loaded, process.env, createLog('warn'), false);
  try {
    return await runCommand(command, { ...parts, inServer: false }, args, out);
  } finally {
    await parts.close();
  }
}

/** In the running server when there is one, otherwise here, for which all parts are loaded. */
export async function runOnStore(
  loaded: LoadedConfig,
  command: RegisteredCommand,
  args: unknown,
  out: Output,
): Promise<ExitCode> {
  const { folder, database_url: url } = loaded.config.store;
  const hasServer = !url && folderHolder(folder) !== null;
  return hasServer ? sendControl(folder, command.name, args, out) : runHere(loaded, command, args, out);
}
