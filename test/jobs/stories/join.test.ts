import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { joinStories, prepareStories } from '../../../src/jobs/stories/join.ts';
import { mendStories } from '../../../src/jobs/stories/mend.ts';
import type { DocumentId } from '../../../src/model/ids.ts';
import type { Database } from '../../../src/store/db.ts';
import { getDocuments } from '../../../src/store/documents.ts';
import { deleteOldDocuments } from '../../../src/store/retention.ts';
import { saveDocument } from '../../../src/store/save-documents.ts';
import { getStory, listCarriers, storyOf } from '../../../src/store/story-pages.ts';
import { addSources, countRows, found, later } from '../../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../../support/store.ts';

const DAY = 24 * 3_600_000;
const KETTLE =
  'Вчера в магазине «Ромашка» мне продали чайник без крышки. Продавец сказал, что так и надо, и чек не дал. ' +
  'Я написала жалобу на сайте, но ответа нет уже неделю. Посоветуйте, куда обратиться дальше, если молчат?';
const GARDEN =
  'Совсем другая история о поездке на дачу, где шёл дождь, цвела сирень и никто никуда не спешил до самого вечера, ' +
  'а потом мы пили чай с вареньем и слушали, как соседский петух спорит с электричкой.';

interface Post {
  text: string;
  at?: number;
  published?: number;
  author?: string;
  followers?: number;
}

describe.each(DRIVERS)('stories on %s', (kind) => {
  let opened: Database;
  /** Each test is a process of its own: what it remembers of stories belongs to it. */
  let db: Database;
  let count = 0;
  beforeAll(async () => {
    opened = await openTestStore(kind);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await truncate(opened);
    db = { ...opened };
  });

  async function save({ text, at = 0, published, author, followers }: Post, known?: number) {
    if (known === undefined) count += 1;
    const id = String(known ?? count);
    const [source] = await addSources(db, `s${id}`);
    const changes = {
      text,
      ...(published === undefined ? {} : { publishedAt: later(published) }),
      ...(author ? { author: { site: 'x', handle: author } } : {}),
      ...(followers === undefined ? {} : { signs: { followers } }),
    };
    return (await saveDocument(db, source!, found(id, changes), later(at)))!;
  }

  async function join(ids: readonly DocumentId[], at = 0, through = db): Promise<void> {
    const documents = await getDocuments(through, ids);
    await prepareStories(through, later(at));
    await through.transaction((tx) => joinStories(through, tx, documents, later(at)));
  }

  async function tell(...posts: Post[]): Promise<DocumentId[]> {
    const ids: DocumentId[] = [];
    for (const post of posts) ids.push(await save(post));
    await join(ids, posts[0]?.at ?? 0);
    return ids;
  }

  const storyNumber = async (id: DocumentId) => (await storyOf(db, id))?.id ?? null;

  it('a repost joins the story of its original, in one batch and in the next; another text begins its own', async () => {
    const [original, repost, other] = await tell(
      { text: KETTLE },
      { text: `Репост. ${KETTLE}` },
      { text: GARDEN },
    );
    const [late] = await tell({ text: KETTLE.toUpperCase() });
    const story = await storyNumber(original!);
    expect(await storyNumber(repost!)).toBe(story);
    expect(await storyNumber(late!)).toBe(story);
    expect(await storyNumber(other!)).not.toBe(story);
    expect((await listCarriers(db, story!, 10, 0)).map(({ relation }) => relation)).toEqual([
      'first',
      'copy',
      'copy',
    ]);
  });

  it('joining twice changes nothing', async () => {
    const ids = await tell({ text: KETTLE }, { text: `${KETTLE} Вот так.` });
    const before = await db.query('select * from story_carriers order by document_id');
    await join(ids);
    expect(await db.query('select * from story_carriers order by document_id')).toEqual(before);
    expect(await countRows(db, 'stories')).toBe(1);
  });

  it('the first of a story is the earliest published, and the story keeps its number when it arrives last', async () => {
    const [repost] = await tell({ text: `Пишут: ${KETTLE}`, published: 5 * 3_600_000 });
    const number = await storyNumber(repost!);
    const [original] = await tell({ text: KETTLE, published: 1 * 3_600_000 });
    expect(await storyNumber(original!)).toBe(number);
    expect((await getStory(db, number!))?.first.id).toBe(original);
  });

  it('another process finds what this one has stored, and so does a restarted one', async () => {
    const [original] = await tell({ text: KETTLE });
    const other: Database = { ...db };
    const copy = await save({ text: KETTLE });
    await join([copy], 0, other);
    expect(await storyNumber(copy)).toBe(await storyNumber(original!));
    const [back] = await tell({ text: `${KETTLE} И ещё.` });
    expect(await storyNumber(back!)).toBe(await storyNumber(original!));
  });

  it('copies that two processes bring at once are one story', async () => {
    const [one, other] = [await save({ text: KETTLE }), await save({ text: `Репост. ${KETTLE}` })];
    await Promise.all([join([one]), join([other], 0, { ...db })]);
    expect(await storyNumber(one)).toBe(await storyNumber(other));
  });

  it('an edited document leaves the story that it no longer tells, and the story is still found', async () => {
    const [first, second] = await tell({ text: KETTLE }, { text: `${KETTLE} Да.` });
    const number = await storyNumber(first!);
    await save({ text: GARDEN }, count - 1);
    await join([first!]);
    expect(await storyNumber(first!)).not.toBe(number);
    expect(await storyNumber(second!)).toBe(number);
    const [third] = await tell({ text: `Смотрите: ${KETTLE}` });
    expect(await storyNumber(third!)).toBe(number);
  });

  it('a story goes on when its first document is deleted, and is gone with its last', async () => {
    const [first] = await tell({ text: KETTLE, at: 0 });
    const number = await storyNumber(first!);
    const [second] = await tell({ text: `${KETTLE} Да.`, at: 2 * DAY });
    const clock = { now: () => later(3 * DAY) };
    await db.transaction((tx) => deleteOldDocuments(tx, later(DAY), 10));
    expect(await mendStories({ db, clock })).toBe(1);
    const [third] = await tell({ text: KETTLE, at: 3 * DAY });
    expect(await storyNumber(third!)).toBe(number);
    expect((await getStory(db, number!))?.first.id).toBe(second);
    await db.transaction((tx) => deleteOldDocuments(tx, later(4 * DAY), 10));
    await mendStories({ db, clock });
    expect(await countRows(db, 'stories')).toBe(0);
  });

  it('a drift does not glue stories together: copies are held against the first text', async () => {
    const words = KETTLE.split(' ');
    const fresh = GARDEN.split(' ');
    const drift = (share: number) =>
      words.map((word, at) => (at < words.length * share ? fresh[at] : word)).join(' ');
    const [a, b, c, d] = await tell(
      { text: drift(0) },
      { text: drift(0.15) },
      { text: drift(0.55) },
      { text: drift(0.95) },
    );
    expect(await storyNumber(b!)).toBe(await storyNumber(a!));
    expect(await storyNumber(d!)).not.toBe(await storyNumber(a!));
    expect(await storyNumber(c!)).not.toBe(await storyNumber(a!));
  });

  it('a fuller text joins the excerpt that came before it, and its other parts are found by it', async () => {
    const [excerpt, whole] = await tell(
      { text: `${KETTLE.slice(0, 190)}… читать далее` },
      { text: `${KETTLE} ${GARDEN}` },
    );
    const [rest] = await tell({ text: GARDEN });
    expect(await storyNumber(whole!)).toBe(await storyNumber(excerpt!));
    expect(await storyNumber(rest!)).toBe(await storyNumber(excerpt!));
  });

  it('a story that nobody passed on for forty days is over; one that goes on is found', async () => {
    const [original] = await tell({ text: KETTLE });
    const [month] = await tell({ text: KETTLE, at: 30 * DAY });
    expect(await storyNumber(month!)).toBe(await storyNumber(original!));
    const [later60] = await tell({ text: KETTLE, at: 60 * DAY });
    expect(await storyNumber(later60!)).toBe(await storyNumber(original!));
    const [reprint] = await tell({ text: KETTLE, at: 101 * DAY });
    expect(await storyNumber(reprint!)).not.toBe(await storyNumber(original!));
  });

  it('counts documents, sources and authors, and each author’s followers once', async () => {
    const [first] = await tell(
      { text: KETTLE, author: 'anna', followers: 100 },
      { text: `${KETTLE} Раз.`, author: 'anna', followers: 120 },
      { text: `${KETTLE} Два.`, author: 'boris', followers: 30 },
      { text: `${KETTLE} Три.`, author: 'vera' },
    );
    const story = await getStory(db, (await storyNumber(first!))!);
    expect(story).toMatchObject({ documents: 4, sources: 4, authors: 3, reach: 150, reachOf: 2 });
  });

  it('a text without enough words carries no story', async () => {
    const ids = await tell({ text: 'Спасибо, помогло!' }, { text: 'Спасибо, помогло!' }, { text: '' });
    for (const id of ids) expect(await storyNumber(id)).toBeNull();
  });

  it('a crowd of one text slows nobody and is one story', async () => {
    const [source] = await addSources(db, 'crowd');
    await db.query(
      `insert into documents (source_id, external_id, url, kind, text, found_at, updated_at, content_hash)
       select $1, 'c' || n, '', 'post', $3, $2, $2, '' from generate_series(1, 600) n`,
      [source, later(0), KETTLE],
    );
    const ids = (await db.query<{ id: DocumentId }>('select id from documents order by id')).map(
      ({ id }) => id,
    );
    for (let at = 0; at < ids.length; at += 100) await join(ids.slice(at, at + 100));
    expect((await storyOf(db, ids[599]!))?.documents).toBe(600);
    expect(await countRows(db, 'story_texts')).toBe(1);
  });
});
