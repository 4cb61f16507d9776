import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBinary } from '../../src/search/binary.ts';
import { meilisearchBinary } from './server.ts';

const packaged = (await meilisearchBinary()).includes('molva-test-bin');

describe('the choice of the Meilisearch binary', () => {
  const root = mkdtempSync(join(tmpdir(), 'molva-binary-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const program = join(root, 'meilisearch');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);

  it('takes the one that was named before the one on the PATH', async () => {
    expect(await findBinary({ named: program, path: '', cacheFolder: root })).toEqual({ path: program });
    expect(await findBinary({ named: undefined, path: `:/nowhere:${root}`, cacheFolder: root })).toEqual({
      path: program,
    });
  });

  it('says so when the one that was named is no program, instead of taking another', async () => {
    const found = await findBinary({ named: join(root, 'absent'), path: root, cacheFolder: root });
    expect(found).toMatchObject({ missing: expect.stringMatching(/MEILI_BINARY/) });
  });

  it.skipIf(!packaged)('refuses a copy whose checksum is wrong', async () => {
    const cacheFolder = join(root, 'cache');
    mkdirSync(cacheFolder);
    const copy = join(cacheFolder, 'meilisearch-5354d8549744');
    writeFileSync(copy, 'something else');
    chmodSync(copy, 0o755);
    const found = await findBinary({ named: undefined, path: '', cacheFolder });
    expect(found).toMatchObject({ missing: expect.stringMatching(/wrong SHA-256/) });
    expect(existsSync(copy)).toBe(true);
  });
});
