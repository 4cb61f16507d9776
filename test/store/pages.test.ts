import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPage } from '../../crawlers/walk/reading.ts';
import type { SourceId } from '../../src/model/ids.ts';
import type { KnownPage } from '../../src/model/ports.ts';
import type { Database } from '../../src/store/db.ts';
import { forgetSpentPages, pageMemory, savePages } from '../../src/store/pages.ts';
import { addSources, countRows, later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const CYRILLIC = encodeURIComponent('молва-о-нас-и-о-вас-'.repeat(6));

function page(path: string, changes: Partial<KnownPage> = {}): KnownPage {
  const url = `https://a.example/${path}`;
  return { ...newPage({ url, role: 'content', thread: url, number: 1 }, NOW, 2), ...changes };
}

describe.each(DRIVERS)('pages on %s', (kind) => {
  let db: Database;
  let source: SourceId;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    [source] = (await addSources(db, 'a')) as [SourceId];
  });

  it('come back as they were saved, odd characters aside', async () => {
    const whole = page('1', {
      items: ['1\0', '\ud800'],
      marks: { board: '2' },
      hint: { title: 'a\0b' },
      everyMs: 1.5,
      validators: { etag: '"é"' },
      fetchedAt: later(-1000),
    });
    await savePages(db, source, [page('1'), whole]);
    const [known] = await pageMemory(db, source).due(NOW, 5);
    expect(known).toEqual({ ...whole, items: ['1', '\ufffd'], hint: { title: 'ab' }, everyMs: 2 });
    await savePages(db, source, [page('1', { dueAt: null })]);
    expect(await pageMemory(db, source).due(NOW, 5)).toEqual([]);
  });

  it('are kept when their address has a long Cyrillic slug, which is the name of their thread too', async () => {
    await savePages(db, source, [page(CYRILLIC), page('x'.repeat(3000))]);
    expect((await pageMemory(db, source).due(NOW, 5)).map(({ url }) => url)).toEqual([page(CYRILLIC).url]);
  });

  it('of the past are not added to a source that has too many, news are', async () => {
    await savePages(db, source, [page('1'), page('2')], 2);
    const broken = page('3', { urgency: 0, looks: 1 });
    await savePages(db, source, [page('4', { urgency: 0 }), broken, page('5')], 2);
    expect((await pageMemory(db, source).due(NOW, 9)).map(({ url }) => url.at(-1))).toEqual([
      '1',
      '2',
      '5',
      '3',
    ]);
  });

  it('that were looked at longest ago are forgotten where there are far too many', async () => {
    const looked = [3, 1, 2].map((at) => page(String(at), { fetchedAt: later(at) }));
    await savePages(db, source, [...looked, page('0')]);
    expect(await forgetSpentPages(db, 2)).toBe(2);
    expect((await pageMemory(db, source).due(NOW, 9)).map(({ url }) => url.at(-1)).toSorted()).toEqual([
      '0',
      '3',
    ]);
    expect(await forgetSpentPages(db, 2)).toBe(0);
    expect(await countRows(db, 'pages')).toBe(2);
  });
});
