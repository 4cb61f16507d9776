import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDashboard } from '../../../dashboards/server.ts';
import { API_SCOPES, type ApiScope, addApiToken } from '../../../src/store/api-tokens.ts';
import { addTopic } from '../../support/rows.ts';
import { NOW, openDashboard, type TestDashboard } from '../dashboard.ts';
import { type Story, seedStory } from '../seed.ts';

let dashboard: TestDashboard;
let app: TestDashboard['app'];
let story: Story;
let tokens = 0;
let all: string;

beforeAll(async () => {
  dashboard = await openDashboard();
  story = await seedStory(dashboard.db, 'plain', (field) =>
    field === 'text' ? 'my mail anna@example.ru, card 4111 1111 1111 1111' : `some ${field} here`,
  );
  all = await tokenFor(API_SCOPES);
});
beforeEach(() => {
  app = createDashboard(dashboard.deps);
});

async function tokenFor(scopes: readonly ApiScope[]): Promise<string> {
  tokens += 1;
  return (await addApiToken(dashboard.db, `t${tokens}`, scopes, NOW))!;
}

const ask = (method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string, token = all) =>
  request(app)[method](`/api/v1${path}`).set('authorization', `Bearer ${token}`);

describe('a question with hostile values', () => {
  it.each([
    '/mentions?limit=0',
    '/mentions?limit=-1',
    '/mentions?limit=201',
    '/mentions?limit=1e9',
    '/mentions?limit=0x10',
    '/mentions?limit=10&limit=20',
    '/mentions?tone=angry',
    '/mentions?from=2026-13-01',
    '/mentions?from=0001-01-01',
    '/mentions?zone=../../etc/passwd',
    '/mentions?__proto__=1',
    '/mentions?q[]=1',
    `/mentions?${'topic=a&'.repeat(51)}`,
    `/mentions?q=${'a'.repeat(2001)}`,
    '/mentions?q=tea%20AND%20(cup',
    '/mentions/0',
    '/mentions/-1',
    '/mentions/1.5',
    '/mentions/99999999999999999999',
    '/mentions/1%20or%201=1',
    '/analytics/volume?from=1970-01-01&to=2999-12-31',
    '/analytics/volume?from=2026-11-22&to=2026-11-21',
    '/analytics/volume',
    '/analytics/latency?days=367',
    '/talk?topic=plain&days=366',
    '/deliveries/1',
    '/mentions?author=%00%00',
    '/mentions?topic=a&topic=b%00',
    '/topics/%00',
    '/stories?days=99999999999',
  ])('is refused with the place of the mistake: %s', async (path) => {
    const res = await ask('get', path);
    expect([path, res.status]).toEqual([path, 400]);
    expect(res.headers['content-type']).toMatch(/problem\+json/);
    expect(res.body.errors.length).toBeGreaterThan(0);
  });

  it.each([
    `/mentions?source=${encodeURIComponent("x'; drop table users; --")}`,
    `/mentions?topic=${encodeURIComponent("plain') or 1=1 --")}`,
    `/mentions?author=${encodeURIComponent("' or ''='")}`,
    '/mentions?author=%ED%A0%80',
    `/cases?owner=${encodeURIComponent("a@b.ru' or 1=1 --")}`,
    '/cases?topic=no-such',
    `/stories?topic=${encodeURIComponent("any' or 1=1 --")}`,
  ])('finds nothing where nothing is, and breaks nothing: %s', async (path) => {
    const res = await ask('get', path);
    expect([res.status, res.body.data]).toEqual([200, []]);
  });

  it.each([
    `/topics/${encodeURIComponent("x' or 1=1 --")}`,
    '/topics/%D1%8F',
    '/mentions/999999',
    '/customers/..%2F..%2Fetc',
    '/rules/nothing',
    '/deliveries/00000000-0000-4000-8000-000000000000',
  ])('is told that there is none: %s', async (path) => {
    expect((await ask('get', path)).status).toBe(404);
  });

  it('by a method that is not known there is told which are', async () => {
    const res = await ask('delete', '/mentions');
    expect([res.status, res.headers.allow]).toEqual([405, 'GET']);
  });
});

describe('a change with a hostile body', () => {
  it.each<[string, string, unknown]>([
    ['/mentions/{m}', 'a status that is none', { status: 'deleted' }],
    ['/mentions/{m}', 'a list', [{ status: 'seen' }]],
    ['/mentions/{m}', 'nothing', {}],
    ['/cases/{c}', 'nothing', {}],
    ['/cases/{c}', 'somebody who is no user', { owner: 'nobody@example.com' }],
    ['/cases/{c}', 'an owner by number', { owner: 1 }],
    ['/cases/{c}', 'a note that is too long', { note: 'x'.repeat(2001) }],
    ['/cases/{c}', 'a promise with more in it', { promise: { text: 'a', until: null, kept: true } }],
    ['/cases/{c}', 'a time that is none', { due_at: '2026-11-31T00:00:00Z' }],
    ['/cases/{c}', 'its own times', { status: 'closed', closed_at: '2020-01-01T00:00:00Z' }],
    ['/cases/{c}', 'its customer', { customer: 'c2' }],
  ])('of %s, %s, is refused whole', async (path, _what, body) => {
    const before = JSON.stringify(await dashboard.db.query('select * from cases, mentions, case_events'));
    const address = path.replace('{m}', String(story.mention)).replace('{c}', String(story.case));
    const res = await ask('patch', address).send(body as object);
    expect(res.status).toBe(422);
    expect(res.body.errors[0].pointer).toMatch(/^#/);
    const after = JSON.stringify(await dashboard.db.query('select * from cases, mentions, case_events'));
    expect(after).toBe(before);
  });

  it('does not get into prototypes', async () => {
    const res = await ask('patch', `/mentions/${story.mention}`)
      .set('content-type', 'application/json')
      .send('{"status":"seen","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(res.status).toBe(422);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('that is deep, too large or no JSON is a problem, and not a fault of ours', async () => {
    const raw = (text: string, path = `/mentions/${story.mention}/corrections`) =>
      ask('post', path).set('content-type', 'application/json').send(text);
    const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;
    const answers = [
      await raw(deep),
      await raw(`{"kind":"sentiment","revision":2,"said":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`),
      await raw(`{"kind":"${'x'.repeat(110_000)}"}`),
      await raw('{'),
      await raw('null'),
      await raw('"text"'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 413, 400, 400, 400]);
  });

  it('of a tag that is not what it may be is refused by its field', async () => {
    const say = (body: object) => ask('post', `/mentions/${story.mention}/corrections`).send(body);
    const about = { kind: 'sentiment', revision: 2 };
    expect((await say({ ...about, said: { label: 'furious' } })).status).toBe(422);
    expect((await say({ ...about, said: { score: 1 } })).status).toBe(422);
    expect((await say({ ...about, said: { label: 'positive' }, revision: 1 })).status).toBe(409);
    expect((await say({ ...about, said: { label: 'positive' } })).body).toEqual({ outcome: 'done' });
  });

  it('of a topic names the place in the query, and the configuration’s stay as they are', async () => {
    const res = await ask('post', '/topics').send({ name: 'Tea', query: 'tea AND (cup' });
    expect(res.status).toBe(422);
    expect(res.body.errors[0].detail).toMatch(/^1:/);
    await addTopic(dashboard.db, 'configured');
    const change = await ask('put', '/topics/configured').send({ name: 'x', query: 'y' });
    expect([change.status, (await ask('delete', '/topics/configured')).status]).toEqual([422, 409]);
    expect((await ask('get', '/topics/configured')).body).toMatchObject({
      query: 'configured',
      enabled: true,
    });
  });
});

describe('a change under one key', () => {
  it('is done once: a topic, a note', async () => {
    const key = { 'idempotency-key': 'one' };
    const topic = { name: 'Чай и кофе', query: 'чай' };
    const first = await ask('post', '/topics').set(key).send(topic);
    const again = await ask('post', '/topics').set(key).send(topic);
    expect([first.status, again.status, again.headers['idempotency-replayed']]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    const note = { 'idempotency-key': 'two' };
    for (let turn = 0; turn < 2; turn += 1)
      expect((await ask('patch', `/cases/${story.case}`).set(note).send({ note: 'only once' })).status).toBe(
        200,
      );
    const notes = await dashboard.db.query(`select 1 from case_events where detail->>'text' = 'only once'`);
    expect(notes).toHaveLength(1);
  });
});

describe('what a token may not see', () => {
  it('is masked: contacts in posts and of customers, and who wrote a post', async () => {
    const some = await tokenFor(['mentions:read', 'customers:read', 'cases:read', 'documents:read']);
    const least = await tokenFor(['mentions:read', 'cases:read']);
    const textOf = async (token: string) =>
      (await ask('get', `/mentions/${story.mention}`, token)).body.post as {
        text: string;
        customer: string | null;
      };
    expect((await textOf(all)).text).toContain('anna@example.ru');
    expect((await textOf(some)).text).not.toContain('anna@example.ru');
    expect((await textOf(all)).text).not.toContain('4111 1111 1111 1111');
    expect((await textOf(some)).customer).toEqual(expect.any(String));
    expect((await textOf(least)).customer).toBeNull();
    const caseOf = async (token: string) =>
      (await ask('get', `/cases/${story.case}`, token)).body as { customer: string | null };
    expect((await caseOf(some)).customer).toEqual(expect.any(String));
    expect((await caseOf(least)).customer).toBeNull();
    const list = await ask('get', '/mentions?all=1', least);
    expect(list.text).not.toContain('anna@example.ru');
    expect((await ask('get', '/cases?tier=MVC', least)).status).toBe(403);
  });

  it('of customers is masked, and each look-up is written down with what was seen', async () => {
    const some = await tokenFor(['customers:read']);
    const [{ externalId }] = (await dashboard.db.query(
      'select external_id as "externalId" from customers where id = $1',
      [story.customer],
    )) as [{ externalId: string }];
    const path = `/customers/${encodeURIComponent(externalId)}`;
    expect((await ask('get', path, some)).text).not.toContain('plain.person@example.com');
    expect((await ask('get', path)).text).toContain('plain.person@example.com');
    const rows = await dashboard.db.query(
      `select actor, detail from audit where action = 'customer.viewed' and actor like 'api:%' order by id`,
    );
    expect(rows).toEqual([
      { actor: `api:t${tokens}`, detail: { contacts: false } },
      { actor: 'api:t1', detail: { contacts: true } },
    ]);
  });

  it('of deliveries is what was sent', async () => {
    const res = await ask('get', `/deliveries/${story.delivery}`);
    expect(res.text).not.toMatch(/some payload|some asked|some answer body/);
  });
});

it('lets no token do what its scopes do not name, by any name of a scope', async () => {
  const odd = await tokenFor(['mentions:read']);
  expect((await ask('patch', `/mentions/${story.mention}`, odd).send({ status: 'seen' })).status).toBe(403);
  expect((await ask('get', '/customers/x', odd)).status).toBe(403);
});
