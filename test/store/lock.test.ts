import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderHolder, lockFolder } from '../../src/store/lock.ts';

const SCRIPT = `
import { lockFolder } from '${new URL('../../src/store/lock.ts', import.meta.url).pathname}';
try {
  lockFolder(process.argv[1]);
  process.stdout.write('held\\n');
  setInterval(() => undefined, 1000);
} catch (error) {
  process.stdout.write(error.message + '\\n');
}
`;

describe('the lock of a data folder', () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'molva-lock-'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Another process that tries to take the folder; `said`: its first line. */
  function holder() {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: new URL('../..', import.meta.url).pathname,
    });
    children.push(child);
    const said = new Promise<string>((resolve) =>
      child.stdout!.once('data', (line) => resolve(String(line))),
    );
    return { child, said };
  }
  const kill = async (child: ChildProcess) => {
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  };
  const file = () => join(folder, 'molva.lock');

  it('is refused to a second process, by name, until the first has gone', async () => {
    const first = holder();
    expect(await first.said).toBe('held\n');
    expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${first.child.pid}`));
    expect(await holder().said).toMatch(/is in use by process/);
    expect(folderHolder(folder)).toEqual({ pid: first.child.pid });
    await kill(first.child);
    expect(folderHolder(folder)).toBeNull();
    lockFolder(folder)();
    expect(existsSync(file())).toBe(false);
  });

  it('goes to exactly one of several processes that find a dead one', async () => {
    const dead = holder();
    await dead.said;
    await kill(dead.child);
    const said = await Promise.all([holder(), holder(), holder()].map((one) => one.said));
    expect(said.filter((line) => line === 'held\n')).toHaveLength(1);
  });

  it('is not held by a stranger that has got the number of the dead one', () => {
    const stale = { pid: process.pid, host: hostname(), startTime: '1', nonce: 'x' };
    writeFileSync(file(), JSON.stringify(stale));
    expect(folderHolder(folder)).toBeNull();
    lockFolder(folder)();
  });

  it('is respected when another machine holds it', () => {
    writeFileSync(file(), JSON.stringify({ pid: 1, host: 'another-machine', startTime: '1', nonce: 'x' }));
    expect(() => lockFolder(folder)).toThrow(/another-machine/);
  });

  it.each(['', '{', 'null', '{"pid":"x"}'])('that a crash left as «%s» is taken over', (content) => {
    writeFileSync(file(), content);
    lockFolder(folder)();
  });

  it('given back late does not take away what another process has by now', () => {
    const unlock = lockFolder(folder);
    writeFileSync(file(), JSON.stringify({ ...JSON.parse(readFileSync(file(), 'utf8')), nonce: 'another' }));
    unlock();
    expect(existsSync(file())).toBe(true);
  });
});
