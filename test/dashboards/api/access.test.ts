import { beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../../src/model/user.ts';
import { API_SCOPES, addApiToken } from '../../../src/store/api-tokens.ts';
import { getUser } from '../../../src/store/users.ts';
import { get, makeUser, NOW, visitors } from '../dashboard.ts';
import { useApi } from './use-api.ts';

const api = useApi();
/** Of an administrator. */
let token: string;
let admin: User;
const INVITED = {
  email: 'Anna@Example.com',
  name: 'Anna',
  role: 'pr',
  language: 'ru',
  zone: 'Europe/Moscow',
};

const ask = (method: 'get' | 'post' | 'put' | 'delete' | 'patch', path: string, by = token) =>
  api.ask(method, path, by);
const audits = async () =>
  (
    await api.dashboard.db.query<{ action: string }>(
      `select action from audit where actor = 'api:admin' order by id`,
    )
  ).map(({ action }) => action);

beforeEach(async () => {
  admin = await makeUser(api.dashboard, 'admin', { email: 'boss@example.com' });
  token = (await addApiToken(api.dashboard.db, 'admin', API_SCOPES, NOW, { madeBy: admin.email }))!;
});

describe('users', () => {
  it('are invited by a link that is told once, sets a password, and is not given for an address that is taken', async () => {
    const { body, status } = await ask('post', '/users').send(INVITED);
    expect([status, body.email, body.role]).toEqual([201, 'anna@example.com', 'pr']);
    const path = new URL(body.link).pathname;
    expect((await get(api.dashboard, path, null)).status).toBe(200);
    const again = await ask('post', '/users').send(INVITED);
    expect([again.status, again.body.type]).toEqual([409, 'urn:molva:problem:taken']);
    expect((await ask('get', '/users')).text).not.toContain(path);
    expect(await audits()).toEqual(['user.invited']);
  });

  it('get another role, and their sessions end; or none at all', async () => {
    const { viewer } = await visitors(api.dashboard);
    const found = (await ask('get', '/users')).body.data.find(({ role }: User) => role === 'viewer');
    expect((await get(api.dashboard, '/today', viewer)).status).toBe(200);
    const { body } = await ask('patch', `/users/${found.id}`).send({ role: 'analyst' });
    expect(body.role).toBe('analyst');
    expect((await get(api.dashboard, '/today', viewer)).status).toBe(303);
    expect((await ask('patch', `/users/${found.id}`).send({ enabled: false })).body.disabled_at).toBe(
      NOW.toISOString(),
    );
    expect((await ask('patch', `/users/${found.id}`).send({ enabled: true })).body.disabled_at).toBeNull();
    expect(await audits()).toEqual(['user.role', 'user.disabled', 'user.enabled']);
  });

  it('are logged out everywhere', async () => {
    const { viewer } = await visitors(api.dashboard);
    const found = (await ask('get', '/users')).body.data.find(({ role }: User) => role === 'viewer');
    expect((await ask('post', `/users/${found.id}/log-out`)).body).toEqual({ ended: 1 });
    expect((await get(api.dashboard, '/today', viewer)).status).toBe(303);
  });

  it('cannot be changed by a token of themselves, nor by one whose maker may not any more', async () => {
    for (const body of [{ role: 'viewer' }, { enabled: false }])
      expect((await ask('patch', `/users/${admin.id}`).send(body)).status).toBe(409);
    expect((await ask('post', `/users/${admin.id}/log-out`)).status).toBe(409);
    const other = await makeUser(api.dashboard, 'pr', { email: 'ann@example.com' });
    const theirs = (await addApiToken(api.dashboard.db, 'pr', API_SCOPES, NOW, { madeBy: other.email }))!;
    const nobody = await api.tokenFor('nobody', API_SCOPES);
    for (const by of [theirs, nobody]) {
      const refusals = [
        await ask('post', '/users', by).send(INVITED),
        await ask('patch', `/users/${admin.id}`, by).send({ role: 'viewer' }),
        await ask('post', '/teams', by).send({ name: 'Tea' }),
      ];
      for (const { status, body } of refusals)
        expect([status, body.type]).toEqual([409, 'urn:molva:problem:no-owner']);
    }
    expect(await getUser(api.dashboard.db, admin.id)).toMatchObject({ role: 'admin', disabledAt: null });
  });
});

describe('teams', () => {
  it('are made, changed and dissolved by keys and addresses', async () => {
    const other = await makeUser(api.dashboard, 'pr', { email: 'ann@example.com' });
    const made = (await ask('post', '/teams').send({ name: 'Tea', topics: ['plain'] })).body;
    expect(made).toMatchObject({ name: 'Tea', topics: ['plain'], members: [] });
    const set = await ask('put', `/teams/${made.id}`).send({ topics: [], members: ['ANN@example.com'] });
    expect(set.body).toMatchObject({ topics: [], members: [other.email] });
    expect((await ask('get', '/teams')).body.data).toEqual([set.body]);
    expect((await ask('delete', `/teams/${made.id}`)).status).toBe(200);
    expect((await ask('delete', `/teams/${made.id}`)).status).toBe(404);
    expect(await audits()).toEqual(['team.added', 'team.changed', 'team.removed']);
  });

  it('do not come to be of a name that is taken, nor of what is not there', async () => {
    await ask('post', '/teams').send({ name: 'Tea' });
    expect((await ask('post', '/teams').send({ name: 'Tea' })).status).toBe(409);
    const bad = { name: 'Cups', topics: ['plain', 'none'], members: ['nobody@example.com'] };
    const { status, body } = await ask('post', '/teams').send(bad);
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/topics/1',
      '#/members/0',
    ]);
    expect((await ask('get', '/teams')).body.data).toHaveLength(1);
  });
});
