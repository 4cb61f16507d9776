import { load } from 'cheerio';
import request from 'supertest';
import { beforeAll, expect, it } from 'vitest';
import { findRecipientByToken } from '../../src/store/digests.ts';
import { saveExample } from '../../src/store/topic-examples.ts';
import { listVersions } from '../../src/store/topic-history.ts';
import { findTopicByKey, listTopics } from '../../src/store/topics.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let story: Story;
let pr: Visitor;

beforeAll(async () => {
  dashboard = await openDashboard();
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  pr = await visitAs(dashboard, await makeUser(dashboard, 'pr'));
});

it('says that it lives, which version it is, and whether what it needs is there', async () => {
  expect((await get(dashboard, '/healthz', null)).body).toEqual({ ok: true });
  expect((await get(dashboard, '/version', null)).body).toEqual({ version: '9.9.9' });
  const ready = await get(dashboard, '/readyz', null);
  expect(ready.status).toBe(200);
  expect(ready.body).toEqual({ ok: true, checks: [{ name: 'store', ok: true, message: 'pglite' }] });
});

it('is not ready when a part is missing', async () => {
  const broken = await openDashboard({
    health: async () => [
      { name: 'store', ok: true, message: '' },
      { name: 'index', ok: false, message: 'start Meilisearch' },
    ],
  });
  const res = await get(broken, '/readyz', null);
  expect(res.status).toBe(503);
  expect(res.body.checks[1].message).toBe('start Meilisearch');
});

it('keeps living when the store is gone, and shows an error without its insides', async () => {
  const broken = await openDashboard();
  await broken.db.close();
  expect((await get(broken, '/healthz', null)).status).toBe(200);
  const res = await get(broken, '/today', { cookie: 'molva_session=x', csrf: '' });
  expect(res.status).toBe(500);
  expect(load(res.text)('h1').text()).toBe('That did not work');
  expect(res.text).not.toMatch(/\.ts:|PGlite|closed/);
});

it.each([
  '/assets/%E0%A4%A',
  '/assets/%2e%2e%2fserver.ts',
  '/mentions/%E0%A4%A',
  '/%',
  '/assets/',
  '/assets/missing.css',
])('answers a broken address with a page of its own: %s', async (path) => {
  const res = await get(dashboard, path, null);
  expect([303, 400, 403, 404]).toContain(res.status);
  expect(res.text).not.toMatch(/at .*\.(ts|js):\d|node_modules/);
});

it('answers a form that is too large or has too many fields with a page of its own', async () => {
  const large = await request(dashboard.app)
    .post('/login')
    .type('form')
    .send(`email=${'x'.repeat(200_000)}`);
  const many = await request(dashboard.app).post('/login').type('form').send('a=1&'.repeat(300));
  for (const res of [large, many]) {
    expect(res.status).toBe(413);
    expect(load(res.text)('h1').length).toBe(1);
    expect(res.text).not.toContain('node_modules');
  }
});

it('answers a form without a body, or in another format, without failing', async () => {
  for (const [type, body] of [
    ['application/json', '{"email":1}'],
    ['text/plain', 'x'],
    ['application/x-www-form-urlencoded', ''],
  ] as const) {
    const res = await request(dashboard.app).post('/login').type(type).send(body);
    expect(res.status).toBe(401);
    expect(
      (await request(dashboard.app).post('/settings').set('cookie', pr.cookie).type(type).send(body)).status,
    ).toBe(403);
  }
});

it('takes a form by the secret in a header, and refuses it when the fields are missing', async () => {
  const ask = (path: string) =>
    request(dashboard.app).post(path).set('cookie', pr.cookie).set('x-csrf-token', pr.csrf);
  for (const path of [
    '/settings',
    '/topics',
    '/mentions/status',
    `/cases/${story.case}/revise`,
    `/customers/${story.customer}/link`,
  ])
    expect((await ask(path)).status, path).toBe(400);
});

it.each([
  '/cases/9999/revise',
  '/sources/9999/now',
  '/customers/9999/link',
  '/mentions/status',
  '/deliveries/2f1e1c4e-0000-4000-8000-000000000000/replay',
  '/cases/x/revise',
])('says that there is no such thing to change, and writes nothing down: %s', async (path) => {
  const count = async () =>
    (await dashboard.db.query<{ n: number }>('select count(*)::int as n from audit'))[0]?.n;
  const before = await count();
  const form = { status: 'in_work', mention: '9999', author: '9999', decision: 'confirmed' };
  expect((await post(dashboard, path, pr, form)).status).toBe(404);
  expect(await count()).toBe(before);
});

it('shows a missing page inside the menu to those who are logged in', async () => {
  const res = await get(dashboard, '/nothing', pr);
  expect(res.status).toBe(404);
  expect(load(res.text)('nav.menu').length).toBe(1);
  expect(load((await get(dashboard, '/nothing', null)).text)('nav.menu').length).toBe(0);
});

it('serves its styles to everybody and lets browsers keep them', async () => {
  const res = await get(dashboard, '/assets/molva.css', null);
  expect(res.status).toBe(200);
  expect(res.headers['cache-control']).toContain('max-age=3600');
});

it('unsubscribes by a POST without login, and not by a GET', async () => {
  const path = `/unsubscribe/${story.unsubscribeToken}`;
  const isSubscribed = async () =>
    (await findRecipientByToken(dashboard.db, story.unsubscribeToken))?.unsubscribedAt === null;
  expect((await get(dashboard, path, null)).status).toBe(200);
  expect(await isSubscribed()).toBe(true);
  // As mail providers send it (RFC 8058): no cookie, no page before.
  const res = await post(dashboard, path, null, { 'List-Unsubscribe': 'One-Click' });
  expect(res.status).toBe(200);
  expect(await isSubscribed()).toBe(false);
  expect((await post(dashboard, path, null, {})).status).toBe(200);
  expect((await post(dashboard, '/unsubscribe/guessed', null, {})).status).toBe(404);
  expect((await get(dashboard, '/unsubscribe/%00', null)).status).toBe(404);
});

it('does what a change says, and tells it once', async () => {
  const res = await post(dashboard, `/cases/${story.case}/revise`, pr, { status: 'in_work' });
  expect(res.headers.location).toBe(`/cases/${story.case}?done=1`);
  const $ = load((await get(dashboard, res.headers.location ?? '', pr)).text);
  expect($('.done').text()).toBe('Saved.');
  expect($('select[name=status]').val()).toBe('in_work');
});

it('matches the past again when a topic’s query changes, and not when only its name does', async () => {
  const asked = () => dashboard.asked.filter((what) => what === 'rematch').length;
  const save = (form: Record<string, string>) =>
    post(dashboard, '/topics', pr, { key: 'tea', name: 'Tea', query: 'tea', ...form });
  await save({});
  expect(asked()).toBe(1);
  await save({ topic: 'tea', name: 'Good tea' });
  expect(asked()).toBe(1);
  await save({ topic: 'tea', query: 'tea OR coffee' });
  expect(asked()).toBe(2);
});

it('saves no query under which an example of the topic fails, unless it is wanted all the same', async () => {
  const save = (form: Record<string, string>) =>
    post(dashboard, '/topics', pr, {
      topic: 'coffee',
      key: 'coffee',
      name: 'Coffee',
      query: 'coffee',
      ...form,
    });
  await save({ topic: '' });
  const topic = await findTopicByKey(dashboard.db, 'coffee');
  const text = 'Cold <b>coffee</b> again';
  const example = { mustMatch: true, url: null, title: null, author: null, text, note: '' };
  await saveExample(dashboard.db, topic!.id, example, 'pr@example.com', NOW);
  const refused = await save({ query: 'coffee NOT cold' });
  expect(refused.status).toBe(400);
  const $ = load(refused.text);
  expect($('[role=alert]').text()).toContain(
    'must match: «Cold <b>coffee</b> again»excluded by: cold (Cold)',
  );
  expect($('textarea[name=query]').text()).toBe('coffee NOT cold');
  expect((await findTopicByKey(dashboard.db, 'coffee'))?.query).toBe('coffee');
  expect((await save({ query: 'coffee AND cold' })).status).toBe(303);
  expect(
    (await save({ query: 'coffee NOT cold', [String($('input[type=checkbox]').attr('name'))]: 'yes' }))
      .status,
  ).toBe(303);
  const versions = await listVersions(dashboard.db, topic!.id);
  expect(versions.map(({ query, savedBy }) => [query, savedBy])).toEqual([
    ['coffee NOT cold', 'pr@example.com'],
    ['coffee AND cold', 'pr@example.com'],
    ['coffee', 'pr@example.com'],
  ]);
});

it('gives a new topic a key after its name, and never puts one in place of another', async () => {
  const add = (form: Record<string, string>) => post(dashboard, '/topics', pr, { query: 'refund', ...form });
  for (const _ of [1, 2]) expect((await add({ key: '', name: 'Возвраты, жалобы' })).status).toBe(303);
  const keys = (await listTopics(dashboard.db)).map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(['vozvraty-zhaloby', 'vozvraty-zhaloby-2']));
  const taken = await add({ key: 'vozvraty-zhaloby', name: 'Другая' });
  expect(taken.status).toBe(400);
  expect(load(taken.text)('[role=alert]').text()).toContain('There is a topic with this key already');
  const nameless = await add({ key: '', name: '!!!' });
  expect(load(nameless.text)('[role=alert]').text()).toContain('Key: only lower-case letters');
});

it('does not change a topic that the configuration would put back', async () => {
  await dashboard.db.query(`update topics set origin = 'config' where key = 'plain'`);
  const res = await post(dashboard, '/topics', pr, { key: 'plain', name: 'Other', query: 'other' });
  expect(res.status).toBe(400);
  expect(res.text).toContain('stands in the configuration file');
});

it('acts again on an author’s posts once a person has decided who that is', async () => {
  await post(dashboard, `/customers/${story.customer}/link`, pr, {
    author: String(story.author),
    decision: 'rejected',
  });
  expect(dashboard.asked).toContain(`act {"documentIds":[${story.document}]}`);
  const $ = load((await get(dashboard, `/customers/${story.customer}`, pr)).text);
  expect($('main').text()).toContain('rejected');
});
