import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { backoffMs } from '../lib/backoff.ts';
import { errorMessage } from '../lib/errors.ts';
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

/** Is this process the Meilisearch of our folder? The number may have gone to somebody else. */
function isOurs(pid: number, folder: string): boolean {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return args.includes(join(folder, 'db'));
  } catch {
    // No such process, or no /proc to ask.
    return false;
  }
}

/** A kill -9 of Molva leaves its Meilisearch behind; two on one database would ruin it. */
async function killOrphan(pidFile: string, folder: string): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (pid > 0 && isOurs(pid, folder)) {
    process.kill(pid, 'SIGKILL');
    for (let i = 0; i < 100 && isOurs(pid, folder); i++) await delay(20);
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
    await delay(50);
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
  const child = spawn(options.binary, args, {
    cwd: options.folder,
    stdio: ['ignore', out, out],
    env: { MEILI_MASTER_KEY: key },
  });
  closeSync(out);
  return child;
}

/** Resolves when it has ended; also for one that could not be started, which says `error` and never `exit`. */
function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** What the starts so far tell about the next one. */
interface Health {
  /** Ends in a row of a process that had not lived for STEADY_MS. */
  failures: number;
  /** Ends in a row of a process that had never answered: a broken database ends it at once, every time. */
  broken: number;
}

const STEADY_MS = 60_000;
const BROKEN_STARTS = 3;

function noteEnd(health: Health, started: number, answered: boolean): void {
  health.failures = Date.now() - started > STEADY_MS ? 1 : health.failures + 1;
  health.broken = answered ? 0 : health.broken + 1;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended(child);
  clearTimeout(kill);
}

/** Keeps one child running until `stop`, ever more slowly when it keeps dying. */
function keepRunning(options: Options, port: number, key: string) {
  const url = `http://127.0.0.1:${port}`;
  const pidFile = join(options.folder, 'pid');
  const health: Health = { failures: 0, broken: 0 };
  let stopping = false;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;

  const again = (how: object, started: number, answered: boolean): void => {
    if (stopping) return;
    noteEnd(health, started, answered);
    // A database of another version, or a damaged one. The store can build it anew.
    if (health.broken === BROKEN_STARTS) rmSync(join(options.folder, 'db'), { recursive: true, force: true });
    const wait = backoffMs(health.failures, 250, 30_000);
    options.log.warn(
      { ...how, wait },
      'Meilisearch ended and is started again; search answers from the store meanwhile',
    );
    timer = setTimeout(() => void start(), wait);
  };
  const watch = (process: ChildProcess): void => {
    const started = Date.now();
    let answered = false;
    process.once('error', (error) => again({ reason: error.message }, started, true));
    process.once('exit', (code, signal) => again({ code, signal }, started, answered));
    void waitHealthy(url, process).then((healthy) => {
      answered = healthy;
    });
  };
  const start = async (): Promise<void> => {
    try {
      await killOrphan(pidFile, options.folder);
      if (stopping) return;
      child = launch(options, port, key);
      watch(child);
      if (child.pid) writeFileSync(pidFile, String(child.pid));
    } catch (error) {
      again({ reason: errorMessage(error) }, Date.now(), true);
    }
  };
  const stop = async (): Promise<void> => {
    stopping = true;
    clearTimeout(timer);
    if (child) await end(child);
    rmSync(pidFile, { force: true });
  };
  return { start, stop, pid: () => child?.pid };
}

/**
 * Meilisearch as a child: on loopback, with a random key, limited memory, started again with back-off when it dies.
 * Resolves as soon as it is launched; searches use the store until it answers.
 */
export async function startMeilisearch(options: Options): Promise<MeiliProcess> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const key = readOrCreateKey(options.folder);
  const port = await freePort();
  const child = keepRunning(options, port, key);
  await child.start();
  return { url: `http://127.0.0.1:${port}`, key, pid: child.pid, stop: child.stop };
}
