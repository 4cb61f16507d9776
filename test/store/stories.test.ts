import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { joinStory } from '../../src/jobs/join-story.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocument, markDeleted, saveDocument } from '../../src/store/documents.ts';
import { listStory } from '../../src/store/stories.ts';
import { addSources, found, later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const STORY =
  'Вчера в магазине «Ромашка» мне продали чайник без крышки. Продавец сказал, что так и надо, и чек не дал. ' +
  'Я написала жалобу на сайте, но ответа нет уже неделю. Посоветуйте, куда обратиться дальше, если молчат?';

describe.each(DRIVERS)('on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  async function tell(source: string, text: string, at: number) {
    const [id] = await addSources(db, source);
    const document = await saveDocument(db, id!, found('1', { text }), later(at));
    return { document: document!, story: await joinStory(db, { id: document!, text }, later(at)) };
  }

  it('a repost joins the story of its original, and a third text begins one of its own', async () => {
    const original = await tell('a', STORY, 0);
    const repost = await tell('b', `Репост. ${STORY}`, 1000);
    const other = await tell(
      'c',
      'Совсем другая история о поездке на дачу, где шёл дождь, цвела сирень и никто никуда не спешил до самого вечера, а потом мы пили чай.',
      2000,
    );
    expect(repost.story).toBe(original.story);
    expect(other.story).toBe(other.document);
    expect((await listStory(db, original.document, 10)).map(({ id }) => id)).toEqual([repost.document]);
    expect(await listStory(db, other.document, 10)).toEqual([]);
  });

  it('a copy that comes after a month is a story of its own', async () => {
    await tell('a', STORY, 0);
    const late = await tell('b', STORY, 40 * 24 * 3_600_000);
    expect(late.story).toBe(late.document);
  });

  it('a deleted document keeps what it said, and is alive again when it is seen again', async () => {
    const [id] = await addSources(db, 'a');
    const document = (await saveDocument(db, id!, found('1', { text: 'слова' }), NOW))!;
    expect(await markDeleted(db, id!, ['1', 'unknown'], later(1000))).toEqual([document]);
    expect(await markDeleted(db, id!, ['1'], later(2000))).toEqual([]);
    expect(await getDocument(db, document)).toMatchObject({ text: 'слова', deletedAt: later(1000) });
    await saveDocument(db, id!, found('1', { text: 'слова' }), later(3000));
    expect(await getDocument(db, document)).toMatchObject({ deletedAt: null });
  });

  it('copies without number are found by the first of them', async () => {
    const [id] = await addSources(db, 'a');
    const first = await tell('b', STORY, 0);
    await db.query(
      `insert into documents (source_id, external_id, url, kind, text, found_at, updated_at, content_hash)
       select $1, 'copy' || n, '', 'post', '', $2, $2, '' from generate_series(1, 300) n`,
      [id, later(0)],
    );
    await db.query(
      `insert into signatures (document_id, minima, bands, story_id, made_at) select d.id, s.minima, s.bands, s.story_id, $1
       from documents d, signatures s where d.external_id like 'copy%' and s.document_id = $2`,
      [later(0), first.document],
    );
    const copy = await tell('c', `${STORY} Вот так.`, 1000);
    expect(copy.story).toBe(first.story);
    const [{ n }] = (await db.query<{ n: number }>(
      'select cardinality(bands)::int as n from signatures where document_id = $1',
      [copy.document],
    )) as [{ n: number }];
    expect(n).toBeLessThan(12);
    expect((await tell('d', `${STORY} Вот так.`, 2000)).story).toBe(first.story);
  });
});
