import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/evidence.ts';
import type { CaseId, DocumentId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import { emptyRecords } from '../../src/store/evidence.ts';
import { addRecords } from '../../src/store/evidence-chain.ts';
import { packContent } from '../../src/store/evidence-content.ts';
import { type Story, seedStory } from '../dashboards/seed.ts';
import { createHandQueue, createWorker } from '../jobs/worker.ts';
import { NOW } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';

/** As docs/evidence.md writes it. */
const CHECK_CHAIN = `while IFS="$(printf '\\t')" read -r before hash line; do
  [ "$(printf '%s\\n%s' "$before" "$line" | sha256sum | cut -d' ' -f1)" = "$hash" ] && [ "\${last:-$before}" = "$before" ] || echo "broken: $line"
  last=$hash
done < chain.tsv`;

describe('molva evidence', () => {
  let db: Database;
  let story: Story;
  let folder: string;
  beforeAll(async () => {
    db = await openTestPglite();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    story = await seedStory(db, 'plain', (field) => `какой-то ${field}`);
    folder = mkdtempSync(join(tmpdir(), 'molva-evidence-'));
    return () => rmSync(folder, { recursive: true });
  });

  async function run(name: string, args: unknown) {
    const jobs = await createWorker(db, { queue: createHandQueue().queue });
    const said: string[] = [];
    const out = {
      data: (_value: unknown, text: string) => void said.push(text),
      message: (text: string) => void said.push(text),
    };
    const code = await commands
      .find((one) => one.name === `evidence ${name}`)!
      .run({ jobs } as never, args, out);
    return { code, text: said.join('\n') };
  }
  const shell = (script: string, cwd: string) => execFileSync('sh', ['-c', script], { cwd }).toString();

  it('exports files that sha256sum checks, with a chain that a shell checks, and the records of others only as links of it', async () => {
    const other = {
      caseId: 77 as CaseId,
      documentId: null as DocumentId | null,
      at: NOW,
      address: 'https://secret.example/',
    };
    const content = await packContent(Buffer.from('чужая тайна'));
    await db.transaction((tx) => addRecords(tx, [{ ...other, kind: 'page', content, details: {} }]));
    const target = join(folder, 'out');
    expect(await run('export', { id: story.case, out: target })).toMatchObject({ code: 0 });
    expect(shell('sha256sum -c SHA256SUMS --quiet && echo all', target)).toBe('all\n');
    expect(shell(CHECK_CHAIN, target)).toBe('');
    expect(readdirSync(target).toSorted()).toEqual([
      '000001-text.bin',
      '000001-text.details.json',
      '000002-page.bin',
      '000002-page.details.json',
      '000003-screenshot.details.json',
      '000003-screenshot.png',
      '000004-edit.bin',
      '000004-edit.details.json',
      '000005-failed.details.json',
      'SHA256SUMS',
      'chain.tsv',
      'manifest.json',
    ]);
    expect(readFileSync(join(target, 'chain.tsv'), 'utf8').trim().split('\n')).toHaveLength(6);
    expect(shell('cat *', target)).not.toContain('secret.example');
    const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ case: story.case, chain: { records: 6, broken: null } });
    const sums = shell('sha256sum 000002-page.bin 000002-page.details.json', target)
      .split('\n')
      .map((line) => line.slice(0, 64));
    expect(sums.slice(0, 2)).toEqual([
      manifest.records[1].details.content_sha256,
      manifest.records[1].details_sha256,
    ]);
    expect(statSync(join(target, '000002-page.bin')).mode & 0o777).toBe(0o600);
    // One letter is enough.
    writeFileSync(
      join(target, 'chain.tsv'),
      readFileSync(join(target, 'chain.tsv'), 'utf8').replace('"kind":"edit"', '"kind":"page"'),
    );
    expect(shell(CHECK_CHAIN, target)).toContain('broken: ');
  });

  it('exports into nothing that is there already, and nothing of a case that is not', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'x');
    await expect(run('export', { id: story.case, out: folder })).rejects.toThrow('is not empty');
    await expect(run('export', { id: 999, out: join(folder, 'no') })).rejects.toThrow('there is no case');
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });

  it('exports what was emptied as its hashes alone', async () => {
    await db.transaction((tx) => emptyRecords(tx, [1, 2], 'erasure', NOW));
    const target = join(folder, 'out');
    await run('export', { id: story.case, out: target });
    expect(shell('sha256sum -c SHA256SUMS --quiet && echo all', target)).toBe('all\n');
    expect(shell(CHECK_CHAIN, target)).toBe('');
    expect(readdirSync(target)).not.toContain('000001-text.details.json');
  });

  it('says in words whether the chain is whole, and fails where it is not', async () => {
    expect(await run('verify', {})).toMatchObject({
      code: 0,
      text: expect.stringContaining('whole: 5 records'),
    });
    await db.query('delete from evidence_records where seq = 3');
    expect(await run('verify', {})).toMatchObject({
      code: 1,
      text: expect.stringContaining('broken at record 4: a record before it is missing'),
    });
    expect((await run('export', { id: story.case, out: join(folder, 'out') })).code).toBe(1);
  });

  it('lists, holds and releases', async () => {
    expect((await run('list', { id: story.case })).text.split('\n')).toHaveLength(5);
    await expect(run('hold', { id: story.case, reason: '' })).rejects.toThrow('write why');
    expect((await run('hold', { id: story.case, reason: 'иск' })).text).toBe(`Case ${story.case} is held.`);
    expect((await run('hold', { id: story.case, reason: 'иск' })).text).toContain('already');
    expect((await run('list', { id: story.case })).text).toContain('by cli: иск');
    expect((await run('release', { id: story.case, reason: 'снято' })).text).toBe(
      `Case ${story.case} is released.`,
    );
    await expect(run('release', { id: story.case, reason: 'снято' })).rejects.toThrow('not held');
    await expect(run('hold', { id: 999, reason: 'иск' })).rejects.toThrow('there is no case');
  });
});
