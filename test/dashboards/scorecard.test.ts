import { load } from 'cheerio';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WEEK_MS } from '../../src/jobs/scorecard/periods.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import { correctionsInForce } from '../../src/store/corrections.ts';
import { recordStage } from '../../src/store/progress.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { saveLabel } from '../../src/store/scorecard-items.ts';
import { addSample } from '../../src/store/scorecard-samples.ts';
import { addDocument, addMention, addSources, addTopic, countRows } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
  visitors,
} from './dashboard.ts';

const PRIVATE = 'Отзыв о чайнике: звоните мне +7 912 345-67-89, карта 4111 1111 1111 1111';

let dashboard: TestDashboard;
let people: Record<'viewer' | 'pr' | 'admin', Visitor>;
beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  dashboard.setNow(NOW);
  people = await visitors(dashboard);
});

/** Documents with one mention each, found half an hour ago, and a sample of them. */
async function drawn(...texts: string[]): Promise<{ item: number; document: DocumentId }[]> {
  const { db } = dashboard;
  const [source] = await addSources(db, 'forum');
  const topic = await addTopic(db, 'tea');
  for (const [at, text] of texts.entries()) {
    const found = new Date(NOW.getTime() - 1_800_000);
    await addMention(db, await addDocument(db, source!, String(at), { text }, found), topic);
  }
  await post(dashboard, '/scorecard/draw', people.pr, {});
  return db.query('select id as item, document_id as document from scorecard_items order by position');
}
const card = async (item?: number) =>
  load((await get(dashboard, `/scorecard/label${item ? `?item=${item}` : ''}`, people.pr)).text);
const say = (item: number, form: Record<string, string> = {}, who = people.pr) =>
  post(dashboard, '/scorecard/label', who, {
    item: String(item),
    revision: '1',
    tone: 'positive',
    complaint: 'no',
    again: '0',
    do: 'save',
    ...form,
  });
const page = async () => load((await get(dashboard, '/scorecard', people.pr)).text);

describe('the page', () => {
  it('teaches while there is nothing, and draws when it is asked to', async () => {
    let $ = await page();
    expect($('main').text()).toContain('There is no sample yet');
    expect($('main').text()).toContain('After the first labels');
    expect((await post(dashboard, '/scorecard/draw', people.pr, {})).headers.location).toBe(
      '/scorecard?done=1&n=0',
    );
    await drawn('one', 'two');
    $ = await page();
    expect($('main').text()).toMatch(/Left to label: 2 of 2/);
    expect($('a.button').attr('href')).toBe('/scorecard/label');
    expect($('nav.menu [href="/scorecard"] .badge').text()).toBe('2');
  });

  it('draws nothing more while something is left', async () => {
    await drawn('one');
    await post(dashboard, '/scorecard/draw', people.pr, {});
    expect(await countRows(dashboard.db, 'scorecard_samples')).toBe(1);
  });

  it('shows figures of labels with their intervals, and the mistakes', async () => {
    const [one, two] = await drawn('good tea', 'good cup');
    await say(one!.item, { tone: 'negative', complaint: 'yes' });
    await say(two!.item);
    const $ = await page();
    const rows = $('section.score')
      .first()
      .find('tbody tr')
      .get()
      .map((row) => $(row).text().replace(/\s+/g, ' '));
    // The taggers call both negative: one of two is, the one that is was found.
    expect(rows[1]).toContain('50% (9–91)');
    expect(rows[1]).toContain('100% (21–100)');
    expect($('#mistakes li')).toHaveLength(1);
    expect($('#mistakes li').text()).toContain('Tone: Molva said “negative”, right is “positive”');
    expect($('#mistakes a').attr('href')).toBe(`/mentions/${two!.document}`);
  });
});

describe('a card', () => {
  it('tells nothing of what the taggers say', async () => {
    const [one] = await drawn('good tea');
    const $ = await card();
    expect($('input:checked')).toHaveLength(0);
    expect($('h1').text()).toBe('1 of 1');
    expect($('article.labelled').text()).toContain('good tea');
    expect($('article').find('.tone, .complaint')).toHaveLength(0);
    expect($('main').html()).not.toContain(`/mentions/${one!.document}`);
    expect($('main').text()).toContain('hidden here on purpose');
  });

  it('gives way to the next one, until all are labelled', async () => {
    const [one, two] = await drawn('one', 'two');
    expect((await say(one!.item)).headers.location).toBe('/scorecard/label');
    const $ = await card();
    expect($('input[name=item]').val()).toBe(String(two!.item));
    expect($('h1').text()).toBe('2 of 2');
    await say(two!.item);
    const res = await get(dashboard, '/scorecard/label', people.pr);
    expect(res.headers.location).toBe('/scorecard?done=1&what=finished');
  });

  it('is a correction in force by whoever has labelled it, and stands in the audit', async () => {
    const [one] = await drawn('one');
    await say(one!.item);
    const words = await correctionsInForce(dashboard.db, [one!.document]);
    expect(words.map(({ kind, after, by, target }) => [kind, after, by, target])).toEqual([
      ['complaint', { isComplaint: false }, 'pr@example.com', 'tea'],
      ['sentiment', { label: 'positive' }, 'pr@example.com', 'tea'],
    ]);
    expect(dashboard.asked).toContain(`act {"documentIds":[${one!.document}]}`);
    const audit = await dashboard.db.query(
      `select actor, detail from audit where action = 'scorecard.labelled'`,
    );
    expect(audit).toEqual([{ actor: 'pr@example.com', detail: { tone: 'positive', complaint: false } }]);
  });

  it('is saved once when a form is sent twice, and the next one is shown', async () => {
    const [one] = await drawn('one', 'two');
    const both = await Promise.all([say(one!.item), say(one!.item)]);
    expect(both.map(({ headers }) => headers.location).toSorted()).toEqual([
      '/scorecard/label',
      '/scorecard/label?done=1&what=known',
    ]);
    expect(await countRows(dashboard.db, 'corrections')).toBe(2);
  });

  it('can be gone back to, shows one’s answers, and takes others', async () => {
    const [one, two] = await drawn('one', 'two');
    await say(one!.item);
    let $ = await card();
    const back = $('[data-key=KeyB]').attr('href');
    expect(back).toBe(`/scorecard/label?item=${one!.item}`);
    $ = await card(one!.item);
    expect(
      $('input:checked')
        .get()
        .map((input) => $(input).val()),
    ).toEqual(['positive', 'no']);
    expect($('[data-key=KeyB]')).toHaveLength(0);
    expect((await say(one!.item, { tone: 'neutral', again: '1' })).status).toBe(303);
    $ = await card(one!.item);
    expect($('input[name=tone]:checked').val()).toBe('neutral');
    expect((await card())('input[name=item]').val()).toBe(String(two!.item));
  });

  it('is skipped without an answer', async () => {
    const [one, two] = await drawn('one', 'two');
    const form = { item: String(one!.item), revision: '1', do: 'skip' };
    expect((await post(dashboard, '/scorecard/label', people.pr, form)).status).toBe(303);
    expect((await card())('input[name=item]').val()).toBe(String(two!.item));
    expect(await countRows(dashboard.db, 'corrections')).toBe(0);
    expect((await page())('main').text()).toContain('Left to label: 1 of 2');
  });

  it.each([
    ['no tone', { tone: '' }],
    ['a tone that there is not', { tone: 'furious' }],
    ['no word on complaints', { complaint: '' }],
  ])('with %s is shown again and says what is missing', async (_what, form) => {
    const [one] = await drawn('one');
    const res = await say(one!.item, form);
    expect(res.status).toBe(422);
    expect(load(res.text)('[role=alert]').text()).toContain('Answer both questions');
    expect(await countRows(dashboard.db, 'corrections')).toBe(0);
  });

  it.each([['-1'], ['x'], ['99999'], ['9'.repeat(30)]])('of number %s is none', async (item) => {
    await drawn('one');
    expect((await get(dashboard, `/scorecard/label?item=${item}`, people.pr)).status).toBe(404);
    const res = await say(item as never);
    expect([404, 303]).toContain(res.status);
    expect(await countRows(dashboard.db, 'corrections')).toBe(0);
  });

  it('of a text that was edited while it was read is shown with the new text, and nothing is saved', async () => {
    const { db } = dashboard;
    const [one] = await drawn('one');
    const [source] = await db.query<{ id: never }>('select id from sources');
    const changed = {
      externalId: '0',
      url: 'https://forum.example/0',
      kind: 'post' as const,
      text: 'edited',
    };
    await saveDocument(db, source!.id, changed, NOW);
    await recordStage(db, 'understood', [{ id: one!.document, revision: 2 }], NOW);
    const res = await say(one!.item);
    expect(res.status).toBe(409);
    const $ = load(res.text);
    expect($('[role=alert]').text()).toContain('The text has changed');
    expect([$('article').text().includes('edited'), $('input[name=revision]').val()]).toEqual([true, '2']);
    expect(await countRows(db, 'corrections')).toBe(0);
  });

  it('that was erased gives way to the next one', async () => {
    const [one, two] = await drawn('one', 'two');
    await dashboard.db.query('delete from documents where id = $1', [one!.document]);
    const res = await say(one!.item);
    expect(res.headers.location).toBe('/scorecard/label?done=1&what=gone');
    const $ = load((await get(dashboard, res.headers.location!, people.pr)).text);
    expect($('[role=status]').text()).toContain('That mention was deleted');
    expect($('input[name=item]').val()).toBe(String(two!.item));
  });

  it('masks what staff may not see, and is closed to those who may not correct', async () => {
    await drawn(PRIVATE);
    const $ = await card();
    expect($('article').text()).toContain('+7 912 345-67-89');
    expect($('article').text()).not.toContain('4111 1111');
    for (const path of ['/scorecard', '/scorecard/label'])
      expect((await get(dashboard, path, people.viewer)).status).toBe(403);
  });

  it('speaks the reader’s language, keys included', async () => {
    await drawn('one');
    const user = await makeUser(dashboard, 'pr', { email: 'ru@example.com', language: 'ru' });
    const reader = await visitAs(dashboard, user);
    const $ = load((await get(dashboard, '/scorecard/label', reader)).text);
    expect($('h1').text()).toBe('1 из 1');
    expect($('[data-key=KeyS]').text()).toBe('Пропустить Ы');
    expect($('.keys').text()).toContain('в любой раскладке');
  });
});

/** Weeks of labels in which the taggers are right, and then are not. */
async function seedFall(): Promise<void> {
  const { db } = dashboard;
  const strata = [{ language: 'ru', sourceKind: 'forum', documents: 30, mentions: 30 }];
  const drawn = { stratum: 0, topicId: null as never, documentId: null as never };
  const one = { ...drawn, language: 'ru', sourceKind: 'forum', mentions: 1 };
  const start = NOW.getTime() - 12 * WEEK_MS;
  for (let week = 0; week < 11; week += 1) {
    const period = { from: new Date(start + week * WEEK_MS), to: new Date(start + (week + 1) * WEEK_MS) };
    await addSample(db, period, strata, Array(30).fill(one), NOW);
    const [{ last }] = (await db.query('select max(id) as last from scorecard_items')) as [{ last: number }];
    for (let at = 0; at < 30; at += 1) {
      const tone = at % 2 === 0 ? 'negative' : 'positive';
      const said = week < 8 || at % 3 > 0 ? tone : 'neutral';
      const machine = { tone: said, toneVersion: '1', complaint: false, complaintVersion: '1' } as const;
      const by = { by: 'a@b.example', at: period.to };
      await saveLabel(db, last - at, { tone, complaint: false }, machine, by);
    }
  }
}

describe('a fall', () => {
  it('is told of on the page and on Today, with what to do, to those who can do it', async () => {
    await seedFall();
    const $ = await page();
    const words = $('.fall').text();
    expect(words).toMatch(/Tone, Russian: F1 was 100%, is \d\d%/);
    expect(words).toContain('molva model train');
    expect($('.fall a').attr('href')).toBe('#mistakes');
    const today = load((await get(dashboard, '/today', people.pr)).text);
    expect(today('.fall a').attr('href')).toBe('/scorecard');
    expect(load((await get(dashboard, '/today', people.viewer)).text)('.fall')).toHaveLength(0);
    expect($('svg circle').length).toBe(11);
  });
});
