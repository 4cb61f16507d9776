import { load } from 'cheerio';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { correctionsInForce } from '../../src/store/corrections.ts';
import { json } from '../../src/store/db.ts';
import { truncate } from '../support/store.ts';
import {
  get,
  makeUser,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
  visitors,
} from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let people: Record<'viewer' | 'pr' | 'admin', Visitor>;
let russian: Visitor;
let story: Story;
beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  people = await visitors(dashboard);
  russian = await visitAs(
    dashboard,
    await makeUser(dashboard, 'pr', { email: 'ru@example.com', language: 'ru' }),
  );
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  dashboard.asked.length = 0;
  await tell({ kind: 'giveaway', confidence: 0.934 });
});

/** What the tagger says that the post is for. */
const tell = (value: object) =>
  dashboard.db.query(
    `insert into tags (document_id, kind, target, version, value) values ($1, 'kind', '', '1', $2::jsonb)
     on conflict (document_id, kind, target) do update set value = excluded.value`,
    [story.document, json(value)],
  );
const complain = (complaint: object) =>
  dashboard.db.query('update mentions set complaint = complaint || $2::jsonb where id = $1', [
    story.mention,
    json(complaint),
  ]);
const page = async (address: string, who = people.pr) => {
  const res = await get(dashboard, address, who);
  expect(res.status).toBe(200);
  return load(res.text);
};
const correct = (word: string, kind: string, target: string) =>
  post(dashboard, '/mentions/correct', people.pr, {
    document: String(story.document),
    revision: '2',
    kind,
    target,
    word,
  });

it('is named on the card and on the page with how sure it is, in both languages', async () => {
  const kind = (await page('/mentions'))('.mention .kind').first();
  expect([kind.text(), kind.attr('title')]).toEqual(['giveaway', '93% sure']);
  const inRussian = (await page('/mentions', russian))('.mention .kind').first();
  expect([inRussian.text(), inRussian.attr('title')]).toEqual(['розыгрыш', 'уверенность 93 %']);
  const $ = await page(`/mentions/${story.document}`, people.viewer);
  expect($('.reader .kind').text()).toBe('giveaway');
  expect($('#tags h2 .kind').text()).toBe('giveaway');
});

it('that is a guess bears a question mark; nothing is said of what says nothing, or stands there already', async () => {
  await tell({ kind: 'question', confidence: 0.41 });
  expect((await page('/mentions'))('.kind').text()).toBe('question?');
  await tell({ kind: 'other', confidence: 0.9 });
  expect((await page('/mentions'))('.kind').length).toBe(0);
  await tell({ kind: 'complaint', confidence: 0.9 });
  const $ = await page('/mentions');
  expect([$('.kind').length, $('.complaint').length]).toEqual([0, 1]);
});

it('is corrected by one button, which names its key, and undone', async () => {
  const res = await correct('kind=question', 'kind', '');
  expect(res.headers.location).toBe(`/mentions/${story.document}?done=1&what=corrected#tags`);
  expect(dashboard.asked).toEqual([`understand {"documentIds":[${story.document}]}`]);
  const $ = await page(`/mentions/${story.document}`);
  const chosen = $('#tags [data-everywhere] [aria-pressed=true]');
  expect(chosen.text()).toContain('question');
  expect(chosen.attr('data-key')).toBe('KeyW');
  expect($('#tags [data-everywhere]').text()).toContain('corrected by pr@example.com');
  expect($('#tags details li').first().text()).toContain('Kind of post: giveaway → question');
  const keys = $('[data-correct] [data-key]:not([data-undo])')
    .toArray()
    .filter((button) => $(button).closest('[data-everywhere]').length > 0)
    .map((button) => $(button).attr('data-key'));
  const others = $('[data-correct] [data-key]')
    .toArray()
    .filter((button) => $(button).closest('[data-everywhere]').length === 0)
    .map((button) => $(button).attr('data-key'));
  expect(keys).toHaveLength(12);
  expect(keys.filter((key) => others.includes(key))).toEqual([]);
  const [correction] = (await correctionsInForce(dashboard.db, [story.document])).filter(
    ({ kind }) => kind === 'kind',
  );
  await post(dashboard, '/mentions/correct/undo', people.pr, { correction: String(correction!.id) });
  expect((await page('/mentions'))('.kind').text()).toBe('giveaway');
});

it.each([
  ['kind', 'kind=praise', ''],
  ['target', 'kind=news', 'plain'],
])('refuses a wrong %s by its name', async (field, word, target) => {
  const res = await correct(word, 'kind', target);
  expect(res.status).toBe(422);
  expect(load(res.text)('.error').text()).toContain(field);
});

it('is a filter of the list, and a condition of its query', async () => {
  const found = async (query: string) => (await page(`/mentions${query}`))('.mention').length;
  expect(await found('?kind=giveaway')).toBe(1);
  expect(await found('?kind=advert')).toBe(0);
  expect(await found('?kind=advert&kind=giveaway')).toBe(1);
  expect(await found(`?q=${encodeURIComponent('intent:розыгрыш sure>=93')}`)).toBe(1);
  expect(await found(`?q=${encodeURIComponent('-intent:giveaway')}`)).toBe(0);
  const $ = await page('/mentions?kind=giveaway', russian);
  expect($('input[name=kind][checked]').parent().text()).toBe('розыгрыш1');
  expect($('.search details').attr('open')).toBeDefined();
});

it('what may be a complaint is counted on the first page, leads to the list, and is confirmed or refused there', async () => {
  await dashboard.db.query(
    `insert into tags (document_id, kind, target, version, value) values ($1, 'complaint', 'plain', '1', '{"isComplaint": false, "level": "review", "probability": 0.4, "reason": "price", "severity": 1}')`,
    [story.document],
  );
  expect((await page('/today')).text()).not.toContain('What may be complaints');
  await complain({ isComplaint: false, level: 'review', probability: 0.4 });
  const today = await page('/today');
  const link = today('a[href*="complaints=review"]');
  expect(link.text()).toBe('1 mention in the last 7 days');
  const list = await page(link.attr('href')!);
  expect(list('.mention .complaint').text()).toContain('May be a complaint');
  expect(list('.mention .complaint').attr('title')).toBe('40% likely');
  expect((await page('/today', russian)).text()).toContain('Возможные жалобы');

  const asked = await page(`/mentions/${story.document}`);
  const choices = asked('#tags-plain [value^="isComplaint="]').toArray();
  expect(choices.map(({ attribs }) => attribs['data-key'])).toEqual(['Digit5', 'Digit6']);
  // Neither answer is given yet, so none can be said to be right.
  expect(choices.map(({ attribs }) => attribs['aria-pressed'])).toEqual(['false', 'false']);
  expect(asked('#tags-plain [value=right][aria-label*=Complaint]').length).toBe(0);
  expect(asked('#tags-plain legend').text()).toContain('40% likely');
  await correct('isComplaint=no', 'complaint', 'plain');
  expect((await page('/today'))('a[href*="complaints=review"]').length).toBe(0);
  expect((await page('/mentions?complaints=1'))('.mention').length).toBe(0);
  await correct('isComplaint=yes', 'complaint', 'plain');
  expect((await page('/mentions?complaints=review'))('.mention').length).toBe(0);
  expect((await page('/mentions?complaints=1'))('.mention').length).toBe(1);
});
