import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommandDeps, Output, RegisteredCommand } from '../../src/commands/command.ts';
import { findCommand } from '../../src/commands/registry.ts';
import { correct } from '../../src/jobs/correct.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { Said } from '../../src/model/correction.ts';
import type { Database } from '../../src/store/db.ts';
import { listRematchRuns } from '../../src/store/rematch-runs.ts';
import { openRuleWorld, type RuleWorld, TEXT } from '../jobs/rules/rule-world.ts';
import { addTopic, found } from '../support/rows.ts';
import { openTestPglite } from '../support/store.ts';

const PRAISE = 'Ромашка работает отлично, Лютик тоже, спасибо!';

let db: Database;
let world: RuleWorld;
beforeAll(async () => {
  db = await openTestPglite();
  world = await openRuleWorld(db);
  await addTopic(db, 'lutik', 'лютик');
  await world.publish(found('1', { text: TEXT }), found('2', { text: PRAISE }));
  await say(1, 'sentiment', 'romashka', 'right');
  await say(2, 'sentiment', 'romashka', { label: 'negative' });
  await say(1, 'complaint', 'romashka', { reason: 'app' });
  await say(2, 'language', '', { code: 'ru' });
});
afterAll(() => db.close());

async function say(documentId: number, kind: string, target: string, said: Said | 'right') {
  const request = { documentId: documentId as never, revision: 1, kind, target, said, by: 'a@pr.example' };
  await db.transaction((tx) => correct(tx, world.deps, request));
  await world.work();
}

async function run(name: string, options: Record<string, unknown> = {}) {
  const command = (await findCommand(name)) as RegisteredCommand;
  const data: unknown[] = [];
  let text = '';
  const out: Output = {
    data: (value, words) => {
      data.push(value);
      text += `${words}\n`;
    },
    message: () => undefined,
  };
  const deps = { jobs: world.deps, inServer: true } as unknown as CommandDeps;
  const code = await command.run(deps, command.read([], options), out);
  return { code, data, text };
}

it('exports what was said with the text that was judged, and where the topics stand in it', async () => {
  const { data } = await run('corrections export');
  expect(data).toHaveLength(4);
  expect(data[1]).toEqual({
    text: PRAISE,
    title: null,
    language: 'ru',
    kind: 'sentiment',
    target: { key: 'romashka', names: ['romashka', 'Ромашка'], spans: [{ field: 'text', start: 0, end: 7 }] },
    others: [{ key: 'lutik', spans: [{ field: 'text', start: 26, end: 31 }] }],
    before: { label: 'positive' },
    after: { label: 'negative' },
    by: 'a@pr.example',
    at: world.clock.now(),
    version: expect.any(String),
  });
});

it('holds today’s taggers against it, and names what they get wrong', async () => {
  const { data, text } = await run('corrections check');
  const { agreements, wrong } = data[0] as { agreements: unknown[]; wrong: unknown[] };
  expect(agreements).toEqual([
    { kind: 'complaint', field: 'isComplaint', language: 'ru', right: 1, total: 1 },
    { kind: 'complaint', field: 'reason', language: 'ru', right: 0, total: 1 },
    { kind: 'language', field: 'code', language: 'ru', right: 1, total: 1 },
    { kind: 'sentiment', field: 'label', language: 'ru', right: 1, total: 2 },
  ]);
  expect(wrong).toMatchObject([
    { document: 2, kind: 'sentiment', says: { label: 'positive' }, after: { label: 'negative' } },
    { document: 1, kind: 'complaint', after: { isComplaint: true, reason: 'app' } },
  ]);
  expect(text).toContain('sentiment label\tru\t1 of 2\t50 %');
  expect(text).toContain('sentiment towards romashka: label positive, a person says label negative');
  // Only the terminal shows words of the post.
  expect(JSON.stringify(data)).not.toContain('отлично');
  expect(text).toContain('отлично');
});

it('keeps what was said of a text that was edited since, and exports it on request', async () => {
  await world.publish(found('2', { text: 'Ромашка открылась заново.' }));
  expect((await run('corrections export')).data).toHaveLength(2);
  const { data } = await run('corrections export', { edited: true });
  expect(data).toHaveLength(4);
  expect(data[1]).toMatchObject({ text: PRAISE, after: { label: 'negative' } });
});

it('tells what tagging again would change, begins it, and says when there is nothing to do', async () => {
  await db.query(
    `update tags set version = 'old', value = '{"label": "mixed"}' where kind = 'sentiment' and corrected is null`,
  );
  const foretold = await run('retag', { dryRun: true });
  expect(foretold.text).toMatch(
    /2 documents have tags that are older than .*; all were looked at, 2 would change/,
  );
  expect(foretold.text).toMatch(/\d {2}sentiment: mixed → \w+/);
  expect(await listRematchRuns(db)).toEqual([]);
  expect((await run('retag', { kind: 'language' })).text).toContain('nothing to do');
  expect((await run('retag', { kind: 'sentiment' })).text).toMatch(
    /run \d+: 2 documents get tags of sentiment/,
  );
  expect((await run('topics list')).code).toBe(0);
  await world.work();
  expect((await run('retag', { dryRun: true })).text).toContain('0 documents');
  await expect(run('retag', { kind: 'mood' })).rejects.toThrow(InputError);
  await expect(run('retag', { since: 'yesterday' })).rejects.toThrow(InputError);
});

it('exports and checks kinds of posts like the others', async () => {
  await say(1, 'kind', '', { kind: 'advert' });
  const { data } = await run('corrections export');
  expect(data.at(-1)).toMatchObject({ kind: 'kind', target: null, after: { kind: 'advert' } });
  const { text } = await run('corrections check');
  expect(text).toMatch(/kind kind\tru\t0 of 1/);
  expect(text).toMatch(/1\tkind: kind \w+, a person says kind advert/);
});
