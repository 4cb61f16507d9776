import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findWords } from '../../../src/jobs/recall/find-by-words.ts';
import type { SourceId } from '../../../src/model/ids.ts';
import type { Database } from '../../../src/store/db.ts';
import { addDocument, addSources, later, NOW } from '../../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../../support/store.ts';

describe.each(DRIVERS)('words of a post on %s', (driver) => {
  let db: Database;
  let source: SourceId;
  let other: SourceId;
  beforeAll(async () => {
    db = await openTestStore(driver);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    [source, other] = (await addSources(db, 'forum', 'other')) as [SourceId, SourceId];
  });

  const find = async (text: string, wish: Partial<Parameters<typeof findWords>[2]> = {}) =>
    (await findWords(db, text, { sources: null, since: null, ...wish })).map(({ id }) => id);

  it('are found where they stand together in this order, however they are broken, cased and quoted', async () => {
    const id = await addDocument(db, source, '1', {
      text: 'Вот так: деньги за Чайник\nне возвращают третью неделю',
    });
    await addDocument(db, source, '2', { text: 'За чайник возвращают не деньги' });
    expect(await find('«ДЕНЬГИ за чайник не возвращают»')).toEqual([id]);
    expect(await find('деньги за чайник не возвращают вовсе')).toEqual([]);
  });

  it('are found across title and text, and in what was quoted', async () => {
    const id = await addDocument(db, source, '1', {
      title: 'Чайник протёк',
      text: 'Ромашка молчит',
      fullText: 'Анна писала: жду. Ромашка молчит',
    });
    expect(await find('чайник протек ромашка')).toEqual([id]);
  });

  it('are looked for in some sources, and in what is new, alone', async () => {
    await addDocument(db, other, '1', { text: 'деньги за чайник' });
    const late = await addDocument(db, source, '2', { text: 'деньги за чайник' }, later(5000));
    expect(await find('деньги за чайник', { sources: [source] })).toEqual([late]);
    expect(await find('деньги за чайник', { since: later(1) })).toEqual([late]);
    expect((await find('деньги за чайник', { since: NOW })).length).toBe(2);
  });

  it('are found behind thousands of others', async () => {
    const id = await addDocument(db, source, '1', { text: 'деньги за чайник' });
    await db.query(
      `insert into documents (source_id, external_id, url, kind, text, found_at, updated_at, content_hash)
       select $1, 'x' || n, 'https://x/' || n, 'post', 'деньги за самовар', $2, $2, 'h' from generate_series(1, 11000) n`,
      [source, NOW],
    );
    expect(await find('деньги за чайник')).toEqual([id]);
  });

  it('mean nothing else than words, whatever stands in them', async () => {
    const id = await addDocument(db, source, '1', { text: 'скидка (50%) на *все*. [да] a+b' });
    expect(await find('скидка (50%) на *все*')).toEqual([id]);
    for (const text of ['(((', '.*', "'; drop table documents; --", '\\', '[', 'и в', ''])
      expect(await find(text)).toEqual([]);
  });
});
