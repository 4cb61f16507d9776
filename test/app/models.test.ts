import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DocumentId } from '../../src/model/ids.ts';
import { addCorrection } from '../../src/store/corrections.ts';
import { getDocument } from '../../src/store/documents.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { type MolvaProcess, runMolva, startMolva } from '../support/molva-process.ts';
import { prepareDataFolder } from '../support/pglite-template.ts';
import { addSources, addTopic, found, NOW } from '../support/rows.ts';
import { plainPosts, turnPosts } from '../support/turn-posts.ts';

const TARGETS = [{ key: 'romashka', spans: [{ field: 'text' as const, start: 0, end: 7 }] }];
const POSTS = [...turnPosts(50), ...plainPosts(30)].map(({ text, tone }) => ({
  text: `Ромашка: ${text}`,
  tone,
}));
const CORRECTED = [...Array(44).keys(), ...Array.from({ length: 24 }, (_, at) => 50 + at)];

let folder: string;
let config: string;
let server: MolvaProcess;

const run = (...args: string[]) => runMolva(['--config', config, '--data', folder, '--json', ...args]);
/** Until nothing is left to be matched or tagged. */
async function settle(): Promise<void> {
  for (let look = 0; look < 60; look += 1) {
    const { stdout, stderr } = await run('topics', 'list');
    if (stdout.includes('"mentions":80') && !stderr.includes(' documents')) return;
  }
  throw new Error('stored posts are still being worked on');
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'molva-models-'));
  prepareDataFolder(folder);
  const db = await openPglite(join(folder, 'pglite'));
  const [source] = await addSources(db, 'forum');
  // The configuration has another query: what is stored is matched when the program starts.
  await addTopic(db, 'romashka', 'лютик');
  for (const [at, { text, tone }] of POSTS.entries()) {
    const documentId = (await saveDocument(db, source!, found(`p${at}`, { text }), NOW)) as DocumentId;
    if (!CORRECTED.includes(at)) continue;
    const { contentHash: textHash } = (await getDocument(db, documentId))!;
    const said = { kind: 'sentiment', target: 'romashka', before: {}, after: { label: tone } };
    const about = { documentId, revision: 1, textHash, version: '1', undoes: null, standing: null };
    await addCorrection(db, { ...said, ...about, targets: TARGETS, by: 'anna@pr.example', at: NOW });
  }
  await db.close();
  config = join(folder, 'app.yaml');
  writeFileSync(
    config,
    'web: { port: 0 }\nsearch: { mode: "off" }\ntopics:\n  - { key: romashka, name: Ромашка, query: ромашка }\n',
  );
  server = startMolva(['--config', config, '--data', folder, 'start']);
  await server.saw(/Molva \S+ is at/);
  await settle();
}, 200_000);
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** How many posts that nobody has corrected are praise, of 6 in which «жесть» is. */
async function praised(): Promise<number> {
  const { stderr } = await run('search', 'жесть', 'tone:positive');
  return Number(/(\d+) found/.exec(stderr)?.[1]) - 44;
}

it('learns, switches and goes back while the program runs, and tags what is stored again each time', async () => {
  const before = await praised();
  const trained = await run('model', 'train');
  expect(trained.stderr).toMatch(/68 corrections: \d+ to learn from/);
  expect(trained.code).toBe(0);
  const { made } = JSON.parse(trained.stdout) as { made: { id: number } };
  const used = await run('model', 'use', String(made.id));
  expect(used.code).toBe(0);
  expect(JSON.parse(used.stdout)).toMatchObject({ model: made.id, retag: { documents: 80 } });
  await settle();
  expect(await praised()).toBeGreaterThan(before);
  const back = await run('model', 'rollback');
  expect(JSON.parse(back.stdout)).toMatchObject({ model: null, retag: { documents: 80 } });
  await settle();
  expect(await praised()).toBe(before);
  expect((await run('model', 'list')).stdout.split('\n')[0]).toBe('{"model":"shipped","inUse":true}');
}, 200_000);
