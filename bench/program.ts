import { type ChildProcess, spawn } from 'node:child_process';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/molva.js', import.meta.url));

export interface Program {
  /** Of its dashboard; null: it ended before it was ready. */
  address: string | null;
  /** Resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** The whole program in a process of its own, once it is ready. It does not outlive the bench. */
export async function startProgram(config: string): Promise<Program> {
  const child = spawn(process.execPath, [BIN, '--config', config, 'start'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.removeListener('exit', kill));
  let log = '';
  const address = await new Promise<string | null>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-2000);
      const found = /Molva .* is at (http:\/\/\S+)/.exec(log)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => resolve(null));
  });
  return {
    address,
    end: async (signal) => {
      child.kill(signal);
      if (!hasEnded(child)) await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** Address of a server of the bench on this machine. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
