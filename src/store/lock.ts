import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ConfigError, errorMessage } from '../lib/errors.ts';

interface Holder {
  pid: number;
  host: string;
  /** Start of the process in kernel ticks: tells a reused pid from the one that took the lock. */
  startTime: string;
  nonce: string;
}

/** Field 22 of /proc/<pid>/stat, or '' where there is no /proc. null: no such process. */
function processStartTime(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie (killed, not yet reaped by its parent) holds nothing any more.
    return fields[0] === 'Z' ? null : (fields[19] ?? '');
  } catch {
    return existsSync('/proc/self/stat') ? null : '';
  }
}

function lockFile(folder: string): string {
  return join(folder, 'molva.lock');
}

function readHolder(file: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder | null;
    return Number.isInteger(holder?.pid) && typeof holder?.host === 'string' ? holder : null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  const started = processStartTime(holder.pid);
  return started !== null && started === holder.startTime;
}

/** The process that holds the folder now, or null. */
export function folderHolder(folder: string): { pid: number } | null {
  const holder = readHolder(lockFile(folder));
  return holder && isAlive(holder) ? { pid: holder.pid } : null;
}

const TAKEOVER_STALE_MS = 10_000;

/** Two processes that find the same dead lock take turns: creating this file is atomic. Throws ConfigError for the second. */
function enterTakeover(file: string): () => void {
  const age = existsSync(file) ? Date.now() - statSync(file).mtimeMs : 0;
  if (age > TAKEOVER_STALE_MS) rmSync(file, { force: true });
  try {
    writeFileSync(file, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new ConfigError(
        `The data folder is not writable (${errorMessage(error)}). Give Molva a folder it may write in: --data DIR.`,
        error,
      );
    }
    throw new ConfigError(
      'Another Molva is starting on this folder at this moment. Wait ten seconds and try again.',
      error,
    );
  }
  return () => rmSync(file, { force: true });
}

/** Throws ConfigError when a living process holds the folder. */
export function refuseHeldFolder(folder: string): void {
  const file = lockFile(folder);
  const other = readHolder(file);
  if (!other || !isAlive(other)) return;
  throw new ConfigError(
    `The folder ${folder} is in use by process ${other.pid} on ${other.host}. Stop it first, or give this one another folder (--data DIR). If no such process runs there any more, delete ${file}.`,
  );
}

/**
 * Takes the folder for this process alone; the returned function gives it back.
 * A lock left by a process that died (kill -9, power loss) is taken over.
 * Throws ConfigError when another living process holds it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = lockFile(folder);
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    startTime: processStartTime(process.pid) ?? '',
    nonce: randomUUID(),
  };
  const release = enterTakeover(`${file}.takeover`);
  try {
    refuseHeldFolder(folder);
    rmSync(file, { force: true });
    writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
  } finally {
    release();
  }
  return () => {
    if (readHolder(file)?.nonce === mine.nonce) rmSync(file, { force: true });
  };
}
