import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandDeps } from '../../src/commands/command.ts';
import { topicsSuggest } from '../../src/commands/topics-suggest.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Database } from '../../src/store/db.ts';
import { addDocument, addSources } from '../support/rows.ts';
import { openTestStore } from '../support/store.ts';

let db: Database;
beforeAll(async () => {
  db = await openTestStore('pglite');
  const [source] = await addSources(db, 'forum');
  await addDocument(db, source!, '1', { text: 'Вайлдберриз опять перепутал заказ' });
  await addDocument(db, source!, '2', { title: 'Wildberries', text: 'вайлдберрисом доволен' });
  await addDocument(db, source!, '3', { text: 'вайлдберыз не отвечает' });
});
afterAll(() => db.close());

async function suggest(positional: string[], options: Record<string, unknown>) {
  const resources = { morphology: await loadMorphology() };
  const deps = { jobs: { db, clock: systemClock, resources } } as unknown as CommandDeps;
  const rows: Record<string, unknown>[] = [];
  const messages: string[] = [];
  const out = {
    data: (value: unknown) => rows.push(value as Record<string, unknown>),
    message: (text: string) => messages.push(text),
  };
  const code = await topicsSuggest.run(deps, topicsSuggest.read(positional, options), out);
  return { code, rows, messages };
}

describe('molva topics suggest', () => {
  it('counts each suggestion in stored documents and says why it is one', async () => {
    const { code, rows } = await suggest(['Wildberries'], { about: 'маркетплейс' });
    expect(code).toBe(0);
    expect(rows.find((row) => row.kind === 'name')).toMatchObject({
      count: 1,
      why: { en: 'as named, in every form' },
    });
    expect(rows.find((row) => row.kind === 'sound')).toMatchObject({
      count: 2,
      why: { ru: 'кириллицей на слух' },
    });
  });

  it('shows spellings that occur and that the composed query does not find, and the query last', async () => {
    const { rows } = await suggest(['Wildberries'], {});
    expect(rows.filter((row) => 'seen' in row)).toEqual([{ seen: 'вайлдберыз', count: 1 }]);
    expect(rows.at(-1)).toMatchObject({ texts: 3, query: expect.stringMatching(/^Wildberries OR /) });
  });

  it('fails with a reason when the name has no words', async () => {
    const { code, messages } = await suggest(['?!'], {});
    expect(code).toBe(1);
    expect(messages).toEqual(['there is no word to look for in “?!”']);
  });
});
