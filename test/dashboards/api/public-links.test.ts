import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDashboard } from '../../../dashboards/server.ts';
import type { User } from '../../../src/model/user.ts';
import { API_SCOPES, type ApiScope, addApiToken } from '../../../src/store/api-tokens.ts';
import { addSavedView } from '../../../src/store/saved-views.ts';
import { setUserDisabled } from '../../../src/store/users.ts';
import { truncate } from '../../support/store.ts';
import { makeUser, NOW, openDashboard, type TestDashboard } from '../dashboard.ts';
import { type Story, seedStory } from '../seed.ts';

let dashboard: TestDashboard;
let app: TestDashboard['app'];
let story: Story;
let maker: User;
let token: string;
beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field}`);
  maker = await makeUser(dashboard, 'admin');
  app = createDashboard(dashboard.deps);
  token = await tokenFor('all', API_SCOPES);
});

async function tokenFor(
  name: string,
  scopes: readonly ApiScope[],
  madeBy: string | null = maker.email,
): Promise<string> {
  return (await addApiToken(dashboard.db, name, scopes, NOW, { madeBy }))!;
}
const ask = (method: 'get' | 'post' | 'delete', path: string, by = token) =>
  request(app)[method](`/api/v1${path}`).set('authorization', `Bearer ${by}`);
const search = (name: string, by = token) =>
  ask('post', '/saved-searches', by).send({ name, address: '/mentions?q=some' });
const make = (body: object, by = token) => ask('post', '/public-links', by).send(body);
const names = async () =>
  (await ask('get', '/saved-searches')).body.data.map(({ name }: { name: string }) => name);
const keep = (name: string, ownerId: User['id'], isShared: boolean) =>
  addSavedView(dashboard.db, { name, address: '/mentions', isShared, ownerId }, NOW);

describe('saved searches', () => {
  it('are those that are shared, whoever keeps them, in pages', async () => {
    const other = await makeUser(dashboard, 'pr');
    await keep('of the maker alone', maker.id, false);
    await keep('of another alone', other.id, false);
    await keep('shared', other.id, true);
    expect((await search('made')).body).toMatchObject({ name: 'made', owner: 'The admin' });
    expect(await names()).toEqual(['shared', 'made']);
    const first = (await ask('get', '/saved-searches?limit=1')).body;
    const second = (await ask('get', `/saved-searches?limit=1&cursor=${first.next_cursor}`)).body;
    expect([first.data[0].name, second.data[0].name, second.next_cursor]).toEqual(['shared', 'made', null]);
  });

  it('are removed by a token of whoever keeps them, and only what is shared', async () => {
    const other = await makeUser(dashboard, 'pr');
    const others = await keep('shared', other.id, true);
    const own = await keep('of the maker alone', maker.id, false);
    for (const id of [others, own, 999_999])
      expect((await ask('delete', `/saved-searches/${id}`)).status).toBe(404);
    const { id } = (await search('made')).body;
    expect((await ask('delete', `/saved-searches/${id}`)).status).toBe(200);
    expect(await names()).toEqual(['shared']);
    expect(await dashboard.db.query('select 1 from saved_views')).toHaveLength(2);
  });

  it('have each name once, and lead nowhere else', async () => {
    await search('Tea');
    expect((await search('tea')).body.type).toBe('urn:molva:problem:taken');
    for (const address of ['https://evil.example/', '//evil.example', '/users', '/mentions/1', ''])
      expect((await ask('post', '/saved-searches').send({ name: 'x', address })).status).toBe(422);
  });
});

describe('public links', () => {
  it('are read at the addresses that were told, until they are revoked', async () => {
    const { id } = (await search('made')).body;
    const { db, deps } = dashboard;
    const wish = {
      topics: null,
      from: new Date('2026-11-20'),
      to: new Date('2026-11-22'),
      language: 'en' as const,
    };
    const report = await db.transaction((tx) =>
      deps.reports.make(tx, { ...wish, zone: 'UTC', periodKey: '2026-11-21', madeBy: maker.email }),
    );
    const bodies = [{ kind: 'feed', search: id }, { kind: 'calendar' }, { kind: 'report', report }];
    for (const body of bodies) {
      const made = await make(body);
      expect(made.status).toBe(201);
      const paths = (made.body.addresses as string[]).map((address) => new URL(address).pathname);
      for (const path of paths) expect((await request(app).get(path)).status).toBe(200);
      expect((await ask('delete', `/public-links/${made.body.id}`)).status).toBe(200);
      for (const path of paths) expect((await request(app).get(path)).status).toBe(404);
      expect((await ask('delete', `/public-links/${made.body.id}`)).status).toBe(404);
    }
    const audit = await dashboard.db.query<{ action: string }>(
      `select action from audit where actor = 'api:all' order by id`,
    );
    expect(audit.map(({ action }) => action)).toEqual(bodies.flatMap(() => ['link.made', 'link.revoked']));
  });

  it('are kept by their hashes alone, also where a key was sent', async () => {
    const made = await make({ kind: 'calendar' }).set('idempotency-key', 'one');
    const secret = /([\w-]{43})\.ics$/.exec(made.body.addresses[0])![1]!;
    for (const table of ['public_links', 'api_replies', 'audit'])
      expect(JSON.stringify(await dashboard.db.query(`select * from ${table}`))).not.toContain(secret);
    expect((await ask('get', '/public-links')).text).not.toContain(secret);
  });

  it('are listed in pages, of everybody', async () => {
    for (let turn = 0; turn < 3; turn += 1) await make({ kind: 'calendar' });
    const first = (await ask('get', '/public-links?limit=2')).body;
    const second = (await ask('get', `/public-links?limit=2&cursor=${first.next_cursor}`)).body;
    const ids = [...first.data, ...second.data].map(({ id }: { id: number }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a));
    expect(ids).toHaveLength(3);
  });

  it.each<[object, ApiScope]>([
    [{ kind: 'feed', search: 1 }, 'mentions:read'],
    [{ kind: 'calendar' }, 'cases:read'],
    [{ kind: 'report', report: 1 }, 'reports:read'],
  ])('show nothing that the token could not read: %j', async (body, scope) => {
    const others = await tokenFor(
      'most',
      API_SCOPES.filter((one) => one !== scope),
    );
    expect((await make(body, others)).status).toBe(403);
    expect(await dashboard.db.query('select 1 from public_links')).toEqual([]);
  });

  it('show nothing that is not there, or that somebody keeps for himself', async () => {
    const own = await keep('of the maker alone', maker.id, false);
    for (const body of [
      { kind: 'feed', search: own },
      { kind: 'feed', search: 999_999 },
      { kind: 'report', report: 999_999 },
    ])
      expect((await make(body)).status).toBe(404);
  });

  it.each<[string, object]>([
    ['no kind', {}],
    ['a kind that is none', { kind: 'mailbox' }],
    ['days that cannot be chosen', { kind: 'report', report: 1, days: 8 }],
    ['more than its kind takes', { kind: 'calendar', report: 1 }],
  ])('with %s are refused', async (_what, body) => {
    expect((await make(body)).status).toBe(422);
  });
});

describe('what a token makes', () => {
  it('is nobody’s where whoever made the token is not known, is shut out, or may not', async () => {
    const none = await tokenFor('none', API_SCOPES, null);
    const cli = await tokenFor('cli', API_SCOPES, 'cli');
    const auditor = await tokenFor('auditor', API_SCOPES, (await makeUser(dashboard, 'auditor')).email);
    const report = { kind: 'report', report: story.report };
    await setUserDisabled(dashboard.db, maker.id, NOW);
    for (const by of [none, cli, token, auditor]) {
      const res = await make(report, by);
      expect([res.status, res.body.type]).toEqual([409, 'urn:molva:problem:no-owner']);
    }
    expect((await search('x', none)).status).toBe(409);
    expect((await search('x', auditor)).status).toBe(201);
  });
});
