import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { request } from 'undici';
import { backoffMs } from '../lib/backoff.ts';
import type { Log } from '../lib/log.ts';

export interface MeiliProcess {
  url: string;
  key: string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

interface Options {
  binary: string;
  /** Holds the key, the pid and the database. */
  folder: string;
  maxMemoryBytes: number;
  log: Log;
}

const HEALTH_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;

function readOrCreateKey(folder: string): string {
  const file = join(folder, 'master-key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const key = randomBytes(32).toString('base64url');
  writeFileSync(file, key, { mode: 0o600 });
  return key;
}

/** A kill -9 of Molva leaves its Meilisearch behind; two on one database would ruin it. */
function killOrphan(pidFile: string): void {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  try {
    // Only what is still a meilisearch: the number may have gone to somebody else.
    if (pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('meilisearch'))
      process.kill(pid, 'SIGKILL');
  } catch {
    // No such process, or no /proc to ask.
  }
  rmSync(pidFile, { force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${url}/health`, { headersTimeout: 1000, bodyTimeout: 1000 });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}

async function waitHealthy(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + HEALTH_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (await isHealthy(url)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function launch(options: Options, port: number, key: string): ChildProcess {
  const out = openSync(join(options.folder, 'meilisearch.log'), 'w', 0o600);
  const args = [
    ['--db-path', join(options.folder, 'db')],
    ['--dump-dir', join(options.folder, 'dumps')],
    ['--snapshot-dir', join(options.folder, 'snapshots')],
    ['--http-addr', `127.0.0.1:${port}`],
    ['--max-indexing-memory', String(options.maxMemoryBytes)],
    ['--max-indexing-threads', '1'],
    ['--env', 'production'],
    ['--no-analytics'],
  ].flat();
  // The key goes by environment: arguments can be read by every user of the machine.
  return spawn(options.binary, args, {
    cwd: options.folder,
    stdio: ['ignore', out, out],
    env: { MEILI_MASTER_KEY: key },
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/**
 * Meilisearch as a child: on loopback, with a random key, limited memory, started again with back-off when it dies.
 * Resolves as soon as it is launched; searches use the store until it answers.
 */
export async function startMeilisearch(options: Options): Promise<MeiliProcess> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const pidFile = join(options.folder, 'pid');
  const key = readOrCreateKey(options.folder);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let stopping = false;
  let failures = 0;
  let child: ChildProcess;
  let timer: NodeJS.Timeout | undefined;

  const start = (): void => {
    killOrphan(pidFile);
    child = launch(options, port, key);
    if (child.pid) writeFileSync(pidFile, String(child.pid));
    child.once('error', (error) => options.log.error({ err: error }, 'Meilisearch cannot be started'));
    child.once('exit', onExit);
    void waitHealthy(url, child).then((healthy) => {
      if (healthy) failures = 0;
    });
  };
  const onExit = (code: number | null, signal: string | null): void => {
    if (stopping) return;
    failures += 1;
    // A database of another version or a broken one stops it at once, every time. The store can build it anew.
    if (failures === 3) rmSync(join(options.folder, 'db'), { recursive: true, force: true });
    const delay = backoffMs(failures, 250, 30_000);
    options.log.warn(
      { code, signal, delay },
      'Meilisearch ended and is started again; search answers from the store meanwhile',
    );
    timer = setTimeout(start, delay);
  };
  start();

  return {
    url,
    key,
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await ended(child);
      clearTimeout(kill);
      rmSync(pidFile, { force: true });
    },
  };
}
