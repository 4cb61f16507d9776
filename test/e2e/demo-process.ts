import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../support/free-port.ts';

/** The demo as a user starts it, with the addresses that it printed. */
export interface Demo {
  dashboard: string;
  setup: string;
  crm: string;
  mailbox: string;
  /** Resolves when the demo says that its story is told, rejects when it ends before. */
  told: Promise<void>;
  stop(): Promise<void>;
}

/** Lines of stderr, handed to whoever waits for one that fits. */
function listen(child: ChildProcess) {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = (): void => {
    for (const look of waiting) look();
  };
  createInterface({ input: child.stderr! }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  child.once('exit', () => {
    ended = true;
    wake();
  });
  return (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null);
        if (!found && !ended) return;
        waiting.delete(look);
        if (found) resolve(found[1] ?? found[0]);
        else reject(new Error(`the demo ended without ${pattern}:\n${lines.join('\n')}`));
      };
      waiting.add(look);
      look();
    });
}

export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-e2e-'));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['bin/molva.js', 'demo', '--data', join(folder, 'demo'), '--port', String(port)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const line = listen(child);
  const told = line(/The story is told/).then(() => undefined);
  // Awaited later; an early end is reported there.
  told.catch(() => undefined);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [dashboard, setup, crm, mailbox] = await Promise.all([
      line(/^\s*dashboard\s+(http\S+)/),
      line(/first login\s+(http\S+)/),
      line(/the demo CRM\s+(http\S+)/),
      line(/the mailbox\s+(http\S+)/),
    ]);
    return { dashboard, setup, crm, mailbox, told, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
