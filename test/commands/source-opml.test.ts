import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crawlers } from '../../crawlers/registry.ts';
import type { CommandDeps, RegisteredCommand } from '../../src/commands/command.ts';
import { exportCommand, importCommand } from '../../src/commands/source-opml.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Database } from '../../src/store/db.ts';
import { openTestStore } from '../support/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'molva-opml-'));
const file = join(folder, 'list.opml');
const LIST = `<opml version="1.0"><body><outline text="Tea"><outline text="A" xmlUrl="https://a.example/feed"/></outline>
  <outline text="B" xmlUrl="http://127.0.0.1/feed"/></body></opml>`;
let db: Database;
beforeAll(async () => {
  db = await openTestStore('pglite');
  writeFileSync(file, LIST);
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

async function run(command: RegisteredCommand, ...positional: string[]) {
  const manage = { clock: systemClock, kinds: crawlers, defaultEveryMs: 900_000 };
  const deps = { jobs: { db, clock: systemClock }, manage } as unknown as CommandDeps;
  const lines: string[] = [];
  const out = {
    data: (_: unknown, text: string) => lines.push(text),
    message: (text: string) => lines.push(text),
  };
  return { code: await command.run(deps, command.read(positional, {}), out), lines };
}

describe('molva source import and export', () => {
  it('say of each line what became of it, and that it was done in part', async () => {
    const { code, lines } = await run(importCommand, file);
    expect(code).toBe(3);
    expect(lines).toEqual([
      'added\tA\thttps://a.example/feed\ta-example-feed',
      expect.stringMatching(/^refused\tB\thttp:\/\/127\.0\.0\.1\/feed\t.*private network/),
      '1 added, 0 watched already, 1 refused',
    ]);
    expect((await run(importCommand, file)).lines[0]).toMatch(/^known already\tA/);
  });

  it('print what is watched, or write it into a file that comes back', async () => {
    const { lines } = await run(exportCommand);
    expect(lines.join('\n')).toContain('xmlUrl="https://a.example/feed"');
    const target = join(folder, 'out.opml');
    await run(exportCommand, target);
    expect(readFileSync(target, 'utf8').trimEnd()).toBe(
      lines.join('\n').replace(/<dateCreated>.*<\/dateCreated>/, expectDate(target)),
    );
    expect((await run(importCommand, target)).code).toBe(0);
  });

  it('refuse a file that is not there, and one that is none', async () => {
    await expect(run(importCommand, join(folder, 'nothing'))).rejects.toThrow('there is no such file');
    writeFileSync(file, '<html></html>');
    await expect(run(importCommand, file)).rejects.toThrow('not an OPML');
  });
});

/** The moment of writing, which differs between two exports. */
function expectDate(target: string): string {
  return /<dateCreated>.*<\/dateCreated>/.exec(readFileSync(target, 'utf8'))?.[0] ?? '';
}
