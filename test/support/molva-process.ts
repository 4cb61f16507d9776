import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/molva.js', import.meta.url));

export interface MolvaProcess {
  child: ChildProcess;
  /** Everything on stderr so far. */
  log(): string;
  /** Resolves when a line of stderr matches; rejects when the process ends first. */
  saw(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Exit code, or the signal's name. */
  ended: Promise<number | string>;
}

const running = new Set<ChildProcess>();

// Once a test file that imports this has ended: a test that failed half-way has not stopped what it started.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The program as a user runs it, in a process of its own; at the latest it ends with the test file. */
export function startMolva(args: readonly string[], env: NodeJS.ProcessEnv = {}): MolvaProcess {
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  running.add(child);
  let log = '';
  const waiting = new Set<() => void>();
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
    for (const check of waiting) check();
  });
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? -1);
    }),
  );
  const saw = (pattern: RegExp): Promise<RegExpMatchArray> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const match = log.match(pattern);
        if (!match) return;
        waiting.delete(check);
        resolve(match);
      };
      waiting.add(check);
      void ended.then((how) => reject(new Error(`the program ended (${how}) before ${pattern}:\n${log}`)));
      check();
    });
  return { child, log: () => log, saw, ended };
}

/** Runs a command to its end. */
export async function runMolva(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | string; stdout: string; stderr: string }> {
  const { child, log, ended } = startMolva(args, env);
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const code = await ended;
  return { code, stdout, stderr: log() };
}
