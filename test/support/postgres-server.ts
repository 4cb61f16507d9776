import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

export interface PostgresServer {
  /** postgres://… of a server of our own, without a database name. */
  url: string;
  stop(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';

/** Debian's newest, or what stands on the PATH. null: there is none, the tests run on PGlite alone. */
function binaryFolder(): string | null {
  if (existsSync(DEBIAN)) {
    const newest = readdirSync(DEBIAN)
      .map(Number)
      .sort((a, b) => b - a)[0];
    const folder = join(DEBIAN, String(newest), 'bin');
    if (existsSync(join(folder, 'initdb'))) return folder;
  }
  const found = (process.env.PATH ?? '').split(':').find((folder) => existsSync(join(folder, 'initdb')));
  return found ?? null;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
function owner(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:') || entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** A PostgreSQL of the tests' own, in a temporary folder, on loopback; without the durability that tests do not need. */
export async function startPostgres(): Promise<PostgresServer | null> {
  const bin = binaryFolder();
  if (!bin) return null;
  const folder = mkdtempSync(join(tmpdir(), 'molva-pg-'));
  const who = owner();
  if (who) chownSync(folder, who.uid, who.gid);
  const as = who ?? {};
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', join(folder, 'db'), '-U', 'molva', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...as, cwd: folder },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const options = [
    '-D',
    join(folder, 'db'),
    '-p',
    String(port),
    '-k',
    folder,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'fsync=off',
    '-c',
    'max_connections=100',
  ];
  const server = spawn(join(bin, 'postgres'), options, { ...as, cwd: folder, stdio: 'ignore' });
  for (let i = 0; i < 200; i++) {
    if (spawnSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0) break;
    if (server.exitCode !== null) throw new Error('PostgreSQL ended at once');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `postgres://molva@127.0.0.1:${port}`,
    stop: async () => {
      // Its children write on until they have heard of it: the folder is theirs until the last has ended.
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
