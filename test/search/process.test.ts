import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MeiliProcess, startMeilisearch } from '../../src/search/process.ts';
import { log } from '../jobs/worker.ts';

/** A stand-in that serves /health, or ends at once when its database holds the file `broken`: starts are counted in `starts`. */
const FAKE = `#!${process.execPath}
const fs = require('node:fs'), http = require('node:http'), path = require('node:path');
const arg = (name) => process.argv[process.argv.indexOf(name) + 1];
const db = arg('--db-path');
fs.appendFileSync(path.join(path.dirname(db), 'starts'), Date.now() + '\\n');
if (fs.existsSync(path.join(db, 'broken'))) process.exit(1);
const [host, port] = arg('--http-addr').split(':');
http.createServer((_q, r) => r.end('{}')).listen(Number(port), host);
`;

describe('the Meilisearch process', () => {
  const root = mkdtempSync(join(tmpdir(), 'molva-process-'));
  const binary = join(root, 'meilisearch');
  writeFileSync(binary, FAKE);
  chmodSync(binary, 0o755);
  let folder: string;
  let running: MeiliProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(root, 'data-'));
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const start = async (path = binary) => {
    running = await startMeilisearch({ binary: path, folder, maxMemoryBytes: 1e8, log });
    return running;
  };
  const starts = () =>
    existsSync(join(folder, 'starts'))
      ? readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').length
      : 0;
  const healthy = ({ url }: MeiliProcess) =>
    expect
      .poll(
        () =>
          fetch(url).then(
            () => true,
            () => false,
          ),
        { timeout: 15_000 },
      )
      .toBe(true);
  const isAlive = (pid: number) =>
    existsSync(`/proc/${pid}`) && !/State:\s+Z/.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

  it('is started again, under the same address and key, when it is killed', async () => {
    const server = await start();
    await healthy(server);
    const pid = server.pid()!;
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => server.pid(), { timeout: 10_000 }).not.toBe(pid);
    await healthy(server);
    await server.stop();
    expect((await start()).key).toBe(server.key);
  });

  it('is started ever more slowly when it keeps dying, although it answers each time', async () => {
    const server = await start();
    const warn = vi.spyOn(log, 'warn');
    for (let i = 0; i < 4; i++) {
      await expect.poll(starts, { timeout: 15_000 }).toBe(i + 1);
      await healthy(server);
      process.kill(server.pid()!, 'SIGKILL');
    }
    await expect.poll(() => warn.mock.calls.length).toBe(4);
    const waits = warn.mock.calls.map(([fields]) => (fields as unknown as { wait: number }).wait);
    expect(waits[3]).toBeGreaterThan(3 * waits[0]!);
    warn.mockRestore();
  }, 200_000);

  it('gets a new database when it does not come up three times in a row, and only then', async () => {
    mkdirSync(join(folder, 'db'));
    writeFileSync(join(folder, 'db', 'broken'), '');
    await healthy(await start());
    expect(starts()).toBe(4);
    expect(existsSync(join(folder, 'db', 'broken'))).toBe(false);
  }, 200_000);

  it('that a killed Molva left behind is ended before a new one starts', async () => {
    const orphan = spawn(binary, ['--db-path', join(folder, 'db'), '--http-addr', '127.0.0.1:0'], {
      stdio: 'ignore',
    });
    writeFileSync(join(folder, 'pid'), String(orphan.pid));
    await expect.poll(starts).toBe(1);
    const server = await start();
    expect(isAlive(orphan.pid!)).toBe(false);
    expect(readFileSync(join(folder, 'pid'), 'utf8')).toBe(String(server.pid()));
  });

  it('leaves a stranger alone that has got the number of the old one', async () => {
    const stranger = spawn(
      binary,
      ['--db-path', join(root, 'elsewhere', 'db'), '--http-addr', '127.0.0.1:0'],
      { stdio: 'ignore' },
    );
    mkdirSync(join(root, 'elsewhere'), { recursive: true });
    writeFileSync(join(folder, 'pid'), String(stranger.pid));
    await healthy(await start());
    expect(isAlive(stranger.pid!)).toBe(true);
    stranger.kill('SIGKILL');
  });

  it('that cannot be started at all is stopped without waiting for ever', async () => {
    const text = join(root, 'no-program');
    writeFileSync(text, 'this is no program');
    const server = await start(text);
    expect(server.pid()).toBeUndefined();
    await server.stop();
  });

  it('keeps its key from other users and out of its arguments', async () => {
    const server = await start();
    await healthy(server);
    expect(readFileSync(`/proc/${server.pid()}/cmdline`, 'utf8')).not.toContain(server.key);
  });
});
