import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDashboard } from '../../../dashboards/server.ts';
import { API_SCOPES, addApiToken } from '../../../src/store/api-tokens.ts';
import { addDocument, addMention, addSources, addTopic } from '../../support/rows.ts';
import { truncate } from '../../support/store.ts';
import { NOW, openDashboard, type TestDashboard } from '../dashboard.ts';

let dashboard: TestDashboard;
let app: TestDashboard['app'];
let token: string;
beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  dashboard.asked.length = 0;
  app = createDashboard(dashboard.deps);
  token = (await addApiToken(dashboard.db, 'robot', API_SCOPES, NOW))!;
});

const ask = (method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string) =>
  request(app)[method](`/api/v1${path}`).set('authorization', `Bearer ${token}`);
const audit = async () =>
  (
    await dashboard.db.query<{ action: string }>(
      `select action from audit where actor = 'api:robot' order by id`,
    )
  ).map(({ action }) => action);

const RULE = { name: 'Tea', condition: 'tea', actions: { tags: ['tea'] } };
const ALERT = { name: 'Tea', kind: 'query', condition: 'tea', tell: { webhooks: ['hook'] } };

describe('rules', () => {
  it('come to be once, become another version when they change, and are the same when nothing does', async () => {
    const first = await ask('put', '/rules/tea').send(RULE);
    const same = await ask('put', '/rules/tea').send(RULE);
    const other = await ask('put', '/rules/tea').send({
      ...RULE,
      condition: 'tea OR чай',
      zone: 'Asia/Tokyo',
    });
    const seen = [first, same, other].map(({ status, body }) => [
      status,
      body.created,
      body.version,
      body.zone,
    ]);
    expect(seen).toEqual([
      [201, true, 1, 'UTC'],
      [200, false, 1, 'UTC'],
      [200, false, 2, 'Asia/Tokyo'],
    ]);
    expect(await audit()).toEqual(['rule.saved', 'rule.saved']);
  });

  it('keep their zone when it is not said again, and when they are switched', async () => {
    await ask('put', '/rules/tea').send({ ...RULE, zone: 'Asia/Tokyo' });
    await ask('patch', '/rules/tea').send({ enabled: false });
    const res = await ask('put', '/rules/tea').send({ ...RULE, name: 'Green tea' });
    expect(res.body).toMatchObject({ zone: 'Asia/Tokyo', enabled: true, version: 3 });
  });

  it.each<[string, object, string]>([
    ['a condition that cannot be read', { condition: 'tea AND (cup' }, '#/condition'],
    ['nothing to do', { actions: {} }, '#/actions'],
    ['somebody who is no user', { actions: { assign: 'nobody@example.com' } }, '#'],
    ['a webhook that is not configured', { actions: { alert: { webhooks: ['other'] } } }, '#'],
    ['a zone that is none', { zone: 'Mars/Phobos' }, '#/zone'],
    ['no name', { name: ' ' }, '#/name'],
  ])('with %s are refused, and nothing is saved', async (_what, change, pointer) => {
    const res = await ask('put', '/rules/tea').send({ ...RULE, ...change });
    expect([res.status, res.body.errors[0].pointer]).toEqual([422, pointer]);
    expect((await ask('get', '/rules')).body.data).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it('are kept under no key that is none', async () => {
    expect((await ask('put', '/rules/Tea%20time').send(RULE)).status).toBe(400);
  });

  it('change places, and at the ends of the list stay where they are', async () => {
    await ask('put', '/rules/tea').send(RULE);
    await ask('put', '/rules/coffee').send({ ...RULE, condition: 'coffee' });
    const keys = async (key: string, by: string) =>
      (await ask('post', `/rules/${key}/move`).send({ by })).body.data.map((one: { key: string }) => one.key);
    expect(await keys('coffee', 'up')).toEqual(['coffee', 'tea']);
    expect(await keys('coffee', 'up')).toEqual(['coffee', 'tea']);
    expect(await keys('coffee', 'down')).toEqual(['tea', 'coffee']);
    expect((await audit()).filter((action) => action === 'rule.moved')).toHaveLength(2);
  });

  it('are tried on the past without anything being saved or changed', async () => {
    const { db } = dashboard;
    const [source] = await addSources(db, 'forum');
    const topic = await addTopic(db, 'plain');
    for (const text of ['a cup of tea', 'a cup of coffee'])
      await addMention(db, await addDocument(db, source!, text, { text }), topic);
    const before = await db.query('select * from mentions order by id');
    const res = await ask('post', '/rule-trials').send({ ...RULE, since: null });
    expect(res.body).toMatchObject({ looked: 2, total: 2, ended: 'all', matched: 1, changed: 1 });
    expect(res.body.actions).toMatchObject([{ action: 'tag', value: 'tea', counts: { done: 1 } }]);
    expect(res.body.examples).toHaveLength(1);
    expect(await db.query('select * from mentions order by id')).toEqual(before);
    expect((await ask('get', '/rules')).body.data).toEqual([]);
    const wrong = await ask('post', '/rule-trials').send({ ...RULE, condition: 'tea AND (', since: null });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '#/condition']);
  });

  it('that were removed are nowhere, and come back when they are saved', async () => {
    await ask('put', '/rules/tea').send(RULE);
    expect((await ask('delete', '/rules/tea')).body.key).toBe('tea');
    expect((await ask('get', '/rules/tea')).status).toBe(404);
    const answers = [
      await ask('delete', '/rules/tea'),
      await ask('patch', '/rules/tea').send({ enabled: true }),
      await ask('post', '/rules/tea/move').send({ by: 'up' }),
      await ask('post', '/rules/tea/runs').send({ since: null }),
      await ask('get', '/rules/tea/runs'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    const back = await ask('put', '/rules/tea').send(RULE);
    expect([back.status, back.body.version]).toEqual([201, 2]);
  });

  it('run over the past once under one key, and are taken back once', async () => {
    await ask('put', '/rules/tea').send(RULE);
    const run = () =>
      ask('post', '/rules/tea/runs').set('idempotency-key', 'run').send({ since: null, alerts: true });
    const [first, again] = [await run(), await run()];
    expect([first.status, again.body]).toEqual([201, first.body]);
    // It tells nobody: there are no alerts to send.
    expect(first.body).toMatchObject({ state: 'running', alerts: false, started_by: 'api:robot' });
    expect(dashboard.asked).toEqual([`rule-run {"runId":${first.body.id}}`]);
    const undo = () => ask('post', `/rule-runs/${first.body.id}/undo`);
    expect((await undo()).body.state).toBe('undoing');
    expect((await undo()).status).toBe(409);
    expect(await audit()).toEqual(['rule.saved', 'rule.run', 'rule.undone']);
    expect((await ask('post', '/rule-runs/999999/undo')).status).toBe(404);
  });

  it('are run since no year that calendars do not know', async () => {
    await ask('put', '/rules/tea').send(RULE);
    expect((await ask('post', '/rules/tea/runs').send({ since: '0000-01-01T00:00:00Z' })).status).toBe(422);
  });

  it('have their runs in pages, each once, and of one rule only', async () => {
    await ask('put', '/rules/tea').send(RULE);
    await ask('put', '/rules/coffee').send(RULE);
    for (const key of ['tea', 'coffee', 'tea', 'tea'])
      await ask('post', `/rules/${key}/runs`).send({ since: null });
    const first = (await ask('get', '/rules/tea/runs?limit=2')).body;
    const next = `limit=2&cursor=${first.next_cursor}`;
    const second = (await ask('get', `/rules/tea/runs?${next}`)).body;
    const ids = [...first.data, ...second.data].map(({ id }: { id: number }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect([ids.length, second.next_cursor]).toEqual([3, null]);
    expect((await ask('get', `/rules/coffee/runs?${next}`)).status).toBe(400);
  });
});

describe('alerts', () => {
  it('are kept and changed, and what is not told stays as it is by default', async () => {
    const first = await ask('put', '/alerts/tea').send(ALERT);
    expect([first.status, first.body]).toMatchObject([
      201,
      { created: true, policy: { cooldown_minutes: 720 }, zone: 'UTC', saved_by: 'api:robot' },
    ]);
    const again = await ask('put', '/alerts/tea').send({ ...ALERT, enabled: false, zone: 'Asia/Tokyo' });
    expect([again.status, again.body]).toMatchObject([200, { created: false, enabled: false }]);
    expect((await ask('get', '/alerts/tea')).body.zone).toBe('Asia/Tokyo');
    expect(await audit()).toEqual(['alert.saved', 'alert.saved']);
  });

  it.each<[string, object, string]>([
    ['a kind that is none', { kind: 'rain' }, '#/kind'],
    ['no condition where its kind asks one', { condition: '' }, '#/condition'],
    ['a condition that cannot be read', { condition: 'tea AND (' }, '#/condition'],
    ['a topic that is none', { topics: ['none'] }, '#/topics'],
    ['nobody to tell', { tell: {} }, '#/tell'],
    ['somebody who is nobody', { tell: { people: ['nobody@example.com'] } }, '#/people'],
    [
      'settings that its kind does not know',
      { kind: 'spike', condition: '', settings: { k: -1 } },
      '#/settings/k',
    ],
  ])('with %s are refused, saved or rehearsed', async (_what, change, pointer) => {
    for (const res of [
      await ask('put', '/alerts/tea').send({ ...ALERT, ...change }),
      await ask('post', '/alert-rehearsals').send({ ...ALERT, ...change }),
    ])
      expect([res.status, res.body.errors[0].pointer]).toEqual([422, pointer]);
    expect((await ask('get', '/alerts')).body.data).toEqual([]);
  });

  it('are rehearsed without anything being saved', async () => {
    const res = await ask('post', '/alert-rehearsals').send(ALERT);
    expect(res.body).toMatchObject({ incidents: [], messages: 0, ended: 'all' });
    expect((await ask('get', '/alerts')).body.data).toEqual([]);
  });

  it('that were removed are nowhere', async () => {
    await ask('put', '/alerts/tea').send(ALERT);
    expect((await ask('delete', '/alerts/tea')).status).toBe(200);
    expect([(await ask('get', '/alerts/tea')).status, (await ask('delete', '/alerts/tea')).status]).toEqual([
      404, 404,
    ]);
    expect(await audit()).toEqual(['alert.saved', 'alert.removed']);
  });
});
