import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SourceId } from '../../src/model/ids.ts';
import { getAuthors } from '../../src/store/authors.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocument, listRevisions } from '../../src/store/documents.ts';
import { saveDocument, saveDocuments } from '../../src/store/save-documents.ts';
import { addSources, countRows, found, later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

describe.each(DRIVERS)('documents on %s', (kind) => {
  let db: Database;
  let source: SourceId;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    [source] = (await addSources(db, 'forum')) as [SourceId];
  });

  it('keeps one row per source and external id', async () => {
    const [other] = await addSources(db, 'other');
    const first = await saveDocument(db, source, found('1'), NOW);
    expect(await saveDocument(db, source, found('1'), NOW)).toBeNull();
    expect(await saveDocument(db, other!, found('1'), NOW)).not.toBe(first);
    expect(await countRows(db, 'documents')).toBe(2);
  });

  it('stores nothing when the words are the same', async () => {
    const id = await saveDocument(db, source, found('1'), NOW);
    expect(await saveDocument(db, source, found('1', { fullText: 'ещё' }), later(1000))).toBeNull();
    expect((await getDocument(db, id!))?.updatedAt).toEqual(NOW);
    expect(await countRows(db, 'document_revisions')).toBe(0);
  });

  it('keeps the older revision when the words change', async () => {
    const id = await saveDocument(db, source, found('1', { text: 'было' }), NOW);
    expect(await saveDocument(db, source, found('1', { text: 'стало' }), later(1000))).toBe(id);
    expect(await getDocument(db, id!)).toMatchObject({ revision: 2, text: 'стало', foundAt: NOW });
    expect(await listRevisions(db, id!)).toEqual([{ revision: 1, title: null, text: 'было', seenAt: NOW }]);
  });

  it('makes no revision of a post that stands on a second page without its title', async () => {
    const id = await saveDocument(db, source, found('1', { title: 'Чайник', text: 'течёт' }), NOW);
    expect(await saveDocument(db, source, found('1', { text: 'течёт' }), later(1))).toBeNull();
    expect(await saveDocument(db, source, found('1', { text: 'не течёт' }), later(2))).toBe(id);
    expect(await getDocument(db, id!)).toMatchObject({ title: 'Чайник', revision: 2 });
  });

  it('makes no revisions of one document that is told twice in other words', async () => {
    const twice = [found('1', { text: 'a' }), found('1', { text: 'b' })];
    for (let look = 0; look < 3; look += 1) await saveDocuments(db, source, twice, NOW);
    expect(
      await getDocument(db, (await saveDocuments(db, source, [found('1', { text: 'c' })], NOW))[0]!),
    ).toMatchObject({
      revision: 2,
    });
  });

  it('is not misled by a counter within the text for ever, and keeps a bounded number of revisions', async () => {
    const say = (text: string) => saveDocument(db, source, found('1', { text }), NOW);
    const id = await say('просмотров: 1');
    for (let look = 2; look < 20; look += 1) await say(`просмотров: ${look}`);
    expect(await getDocument(db, id!)).toMatchObject({ revision: 5 });
    for (let look = 0; look < 60; look += 1) await say(`час${'а'.repeat(look)}`);
    const revisions = (await listRevisions(db, id!)).map(({ revision }) => revision);
    expect(revisions).toHaveLength(51);
    expect([revisions[0], revisions.at(-1)]).toEqual([64, 1]);
  });

  it('reports each changed document of a batch once', async () => {
    await saveDocuments(db, source, [found('1'), found('2')], NOW);
    const ids = await saveDocuments(
      db,
      source,
      [found('1'), found('2', { text: 'a' }), found('2', { text: 'b' }), found('3')],
      NOW,
    );
    expect(ids).toHaveLength(2);
    expect(await countRows(db, 'documents')).toBe(3);
  });

  it('stores texts with NUL and lone surrogates without them', async () => {
    const author = {
      site: 'f\0',
      handle: 'a\uD83D',
      name: '\0',
      about: '\uDC00',
      profileUrl: 'https://f/\0',
    };
    const thread = { externalId: 't\0', title: '\uD83D', url: 'https://f/\0' };
    const nasty = {
      text: 'a\0b\uD83D',
      title: '\0',
      fullText: '\uDC00',
      url: 'https://f/\0',
      declaredLanguage: 'r\0',
      links: ['\0\uD83D'],
    };
    const id = await saveDocument(
      db,
      source,
      { ...found('n\0'), ...nasty, author, thread, parentExternalId: '\0' },
      NOW,
    );
    const stored = await getDocument(db, id!);
    expect(stored).toMatchObject({ text: 'ab\uFFFD', externalId: 'n', links: ['\uFFFD'] });
    expect(await getAuthors(db, [stored!.authorId!])).toMatchObject([{ site: 'f', handle: 'a\uFFFD' }]);
    expect(await saveDocument(db, source, { ...found('n\0'), ...nasty, author, thread }, NOW)).toBeNull();
  });

  it('cuts a huge text, and never in the middle of a letter', async () => {
    const id = await saveDocument(
      db,
      source,
      found('1', { text: 'я'.repeat(999_999) + '😀'.repeat(10) }),
      NOW,
    );
    const stored = await getDocument(db, id!);
    expect(stored!.text).toHaveLength(1_000_000);
    expect(stored!.text.isWellFormed()).toBe(true);
  });

  it.each([
    [
      'hyphened words',
      (i: number) =>
        `${i.toString(36).replace(/\d/g, 'щ')}аб-нами-${String.fromCodePoint(0x430 + (i % 32))}${i.toString(8).replace(/\d/g, (d) => 'абвгдежз'[Number(d)]!)} `,
    ],
    [
      'astral letters',
      (i: number) =>
        `${String.fromCodePoint(0x10400 + (i % 38), 0x10400 + ((i >> 5) % 38), 0x10400 + ((i >> 10) % 38))} `,
    ],
  ])('indexes a long text of %s, which no tsvector could hold', async (_name, word) => {
    const text = Array.from({ length: 40_000 }, (_, i) => word(i)).join('');
    expect(await saveDocument(db, source, found('1', { text }), NOW)).not.toBeNull();
  });

  it('takes ids and handles longer than an index entry may be, and tells them apart', async () => {
    const long = Array.from({ length: 9000 }, (_, i) =>
      String.fromCodePoint(0x400 + ((i * 7919) % 3000)),
    ).join('');
    const author = { site: 'f', handle: long };
    const ids = await saveDocuments(db, source, [found(`${long}1`, { author }), found(`${long}2`)], NOW);
    expect(ids).toHaveLength(2);
    expect(await saveDocuments(db, source, [found(`${long}1`, { author })], NOW)).toEqual([]);
  });

  it.each([
    new Date(Number.NaN),
    new Date(-8.64e15),
    new Date(8.64e15),
  ])('takes the date %s for no date', async (publishedAt) => {
    const id = await saveDocument(db, source, found('1', { publishedAt }), NOW);
    expect((await getDocument(db, id!))?.publishedAt).toBeNull();
  });

  it('learns more of an author from later posts and forgets nothing', async () => {
    const author = { site: 'forum.example', handle: 'anna' };
    await saveDocument(db, source, found('1', { author: { ...author, name: 'Анна' } }), NOW);
    const id = await saveDocument(db, source, found('2', { author: { ...author, about: 'о себе' } }), NOW);
    const { authorId } = (await getDocument(db, id!))!;
    expect(await getAuthors(db, [authorId!])).toMatchObject([{ name: 'Анна', about: 'о себе' }]);
    expect(await countRows(db, 'authors')).toBe(1);
  });
});

describe.runIf(DRIVERS.includes('postgres'))('documents saved by two processes', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore('postgres');
  });
  afterAll(() => db.close());

  it('are stored once, whoever comes first', async () => {
    const [source] = await addSources(db, 'forum');
    const page = Array.from({ length: 30 }, (_, i) => found(String(i)));
    const save = () => db.transaction((tx) => saveDocuments(tx, source!, page, NOW));
    const results = await Promise.all([save(), save(), save()]);
    expect(results.flat()).toHaveLength(30);
    expect(await countRows(db, 'documents')).toBe(30);
  });

  it('do not wait for each other in a circle over the same authors', async () => {
    const sources = await addSources(db, 'a', 'b', 'c', 'd');
    const people = Array.from({ length: 40 }, (_, i) => ({
      site: 'forum.example',
      handle: `h${i}`,
      name: `N${i}`,
    }));
    for (let round = 0; round < 5; round++) {
      const visits = sources.map((source, k) => {
        const named = people.map((author) => ({ ...author, handle: `${author.handle}-${round}` }));
        const order = k % 2 ? named.toReversed() : named;
        return db.transaction((tx) =>
          saveDocuments(
            tx,
            source,
            order.map((author, i) => found(`${round}-${i}`, { author })),
            NOW,
          ),
        );
      });
      await expect(Promise.all(visits)).resolves.toBeDefined();
    }
    expect(await countRows(db, 'authors')).toBe(200);
  });
});
