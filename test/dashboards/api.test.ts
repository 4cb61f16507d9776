import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/token.ts';
import { claimReply } from '../../src/store/api-replies.ts';
import { addApiToken, revokeApiToken } from '../../src/store/api-tokens.ts';
import { NOW, openDashboard, type TestDashboard, visitors } from './dashboard.ts';

const PATH = '/api/v1/customers';
let dashboard: TestDashboard;
let token: string;

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await dashboard.db.query('truncate customers, api_tokens, api_replies, audit, suppressions cascade');
  token = (await addApiToken(dashboard.db, 'crm', ['customers:write'], NOW))!;
});

const ask = (method: 'post' | 'put' | 'delete', path = PATH, given = token) =>
  request(dashboard.app)[method](path).set('authorization', `Bearer ${given}`);
const send = (body: unknown, headers: Record<string, string> = {}) =>
  ask('post')
    .set({ 'content-type': 'application/json', ...headers })
    .send(JSON.stringify(body));
const names = async () =>
  (await dashboard.db.query<{ name: string }>('select name from customers order by id')).map(
    ({ name }) => name,
  );
const anna = { external_id: 'c1', name: 'Анна', emails: ['anna@example.ru'], company: 'ООО «Ромашка»' };

describe('the customers of the API', () => {
  it('are added and updated, one or many, and what is not stated stays', async () => {
    const first = await send(anna);
    expect([first.status, first.body]).toEqual([
      200,
      { created: 1, updated: 0, erased: 0, results: [{ external_id: 'c1', status: 'created' }] },
    ]);
    const many = await send([
      { external_id: 'c1', city: 'Уфа' },
      {
        external_id: 'c2',
        first_name: 'Пётр',
        purchases: [{ external_id: 'p', at: '2026-01-01', amount: 5, currency: 'RUB', item: 'Чай' }],
      },
    ]);
    expect(many.body).toMatchObject({ created: 1, updated: 1 });
    expect(await dashboard.db.query('select name, city, company from customers order by id')).toEqual([
      { name: 'Анна', city: 'Уфа', company: 'ООО «Ромашка»' },
      { name: 'Пётр', city: null, company: null },
    ]);
    expect(await dashboard.db.query('select kind from customer_identifiers')).toEqual([{ kind: 'email' }]);
    const audit = await dashboard.db.query('select actor, action, detail from audit order by id');
    expect(audit).toEqual([
      { actor: 'api:crm', action: 'customers.synced', detail: { created: 1, updated: 0 } },
      { actor: 'api:crm', action: 'customers.synced', detail: { created: 1, updated: 1 } },
    ]);
  });

  it('with mistakes are refused whole, each mistake by its pointer and without its value', async () => {
    const res = await send([
      anna,
      { name: 'Без номера', 'a/b~c': 1 },
      {
        external_id: 'c3',
        name: 'В',
        phones: ['секрет-телефон'],
        purchases: [{ external_id: 'p', at: '2026-01-01', amount: 'много', currency: 'RUB', item: 'x' }],
      },
      'text',
    ]);
    expect(res.status).toBe(422);
    expect(res.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(res.body).toMatchObject({ type: 'urn:molva:problem:invalid-records', status: 422 });
    expect(res.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/1/a~1b~0c',
      '#/1/external_id',
      '#/2/phones',
      '#/2/purchases/0/amount',
      '#/3',
    ]);
    expect(res.text).not.toMatch(/секрет|много/);
    expect(await names()).toEqual([]);
  });

  it('who are not known need a name, else nothing is saved', async () => {
    const res = await send([anna, { external_id: 'c9', city: 'Уфа' }]);
    expect([res.status, res.body.errors]).toEqual([
      422,
      [{ pointer: '#/1/name', detail: expect.stringMatching(/not known/) }],
    ]);
    expect(await names()).toEqual([]);
  });

  it('are put and erased one by one', async () => {
    const put = (id: string, body: object) => ask('put', `${PATH}/${encodeURIComponent(id)}`).send(body);
    expect((await put('c/1', { name: 'Анна' })).status).toBe(201);
    expect(await put('c/1', { name: 'Анна К.' }).then(({ status, body }) => [status, body])).toEqual([
      200,
      { external_id: 'c/1', status: 'updated' },
    ]);
    expect((await put('c1', { external_id: 'c2', name: 'x' })).body.errors[0].pointer).toBe('#/external_id');
    expect((await put('c1', [])).status).toBe(422);
    const gone = await ask('delete', `${PATH}/c%2F1`);
    expect([gone.status, gone.body]).toMatchObject([
      200,
      { external_id: 'c/1', status: 'erased', entries: 1 },
    ]);
    expect((await ask('delete', `${PATH}/c%2F1`)).status).toBe(404);
    expect(await names()).toEqual([]);
    await send([{ external_id: 'c2', name: 'Олег' }], { 'idempotency-key': 'k1' });
    await ask('delete', `${PATH}/c2`);
    expect(await dashboard.db.query('select 1 from api_replies')).toEqual([]);
  });

  it('of somebody who was erased are left out, and do not stop the others', async () => {
    await send([{ external_id: 'c1', name: 'Анна', emails: ['anna@b.ru'] }]);
    await ask('delete', `${PATH}/c1`);
    const res = await send([
      { external_id: 'c1', name: 'Анна' },
      { external_id: 'c7', name: 'Анна снова', emails: ['anna@b.ru'] },
      { external_id: 'c2', name: 'Олег' },
    ]);
    expect([res.status, res.body]).toMatchObject([200, { created: 1, erased: 2 }]);
    expect(await names()).toEqual(['Олег']);
  });
});

describe('a request of the API', () => {
  it('needs a token that is good and may do it; a session does not help', async () => {
    const { admin } = await visitors(dashboard);
    const asks = [
      request(dashboard.app).post(PATH).send(anna),
      request(dashboard.app)
        .post(PATH)
        .set('cookie', admin.cookie)
        .set('x-csrf-token', admin.csrf)
        .send(anna),
      ask('post', PATH, 'molva_wrong').send(anna),
      request(dashboard.app).post(PATH).set('authorization', `Basic ${token}`).send(anna),
    ];
    for (const res of await Promise.all(asks)) {
      expect(res.status).toBe(401);
      expect(res.headers['www-authenticate']).toMatch(/^Bearer/);
    }
    const weak = (await addApiToken(dashboard.db, 'weak', [], NOW))!;
    expect((await ask('post', PATH, weak).send(anna)).status).toBe(403);
    await revokeApiToken(dashboard.db, 'crm', NOW);
    expect((await ask('post').send(anna)).status).toBe(401);
    expect(await names()).toEqual([]);
  });

  it('under one key is done once, and answered the same', async () => {
    const key = { 'idempotency-key': 'night-1' };
    const [one, two] = [await send(anna, key), await send(anna, key)];
    expect(two.body).toEqual(one.body);
    expect([one.headers['idempotency-replayed'], two.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(await dashboard.db.query('select 1 from audit')).toHaveLength(1);
    expect((await send({ ...anna, name: 'Б' }, key)).status).toBe(422);
    expect((await send(anna, { 'idempotency-key': 'x'.repeat(300) })).status).toBe(400);
    const wrong = { 'idempotency-key': 'wrong-1' };
    expect([(await send({}, wrong)).status, (await send({}, wrong)).headers['idempotency-replayed']]).toEqual(
      [422, 'true'],
    );
    await dashboard.db.query('update api_replies set status = null, body = null');
    expect((await send(anna, key)).status).toBe(409);
    dashboard.setNow(new Date(NOW.getTime() + 6 * 60_000));
    expect((await send(anna, key)).body).toMatchObject({ updated: 1 });
    dashboard.setNow(NOW);
  });

  it('under one key is taken by one of two at once', async () => {
    const [{ id: tokenId }] = (await dashboard.db.query('select id from api_tokens')) as [{ id: number }];
    const claim = { tokenId, key: 'k', requestHash: 'h' };
    const [one, two] = await Promise.all([
      claimReply(dashboard.db, claim, NOW),
      claimReply(dashboard.db, claim, NOW),
    ]);
    expect([one, two].filter((reply) => reply === null)).toHaveLength(1);
  });

  it('that is too large, no JSON or something else is answered as a problem', async () => {
    const many = Array.from({ length: 501 }, (_, n) => ({ external_id: `c${n}`, name: 'x' }));
    const answers = [
      await send(many),
      await ask('post').set('content-type', 'application/json').send('{'),
      await ask('post')
        .set('content-type', 'application/json')
        .send(`"${'x'.repeat(6_000_000)}"`),
      await ask('post').type('form').send({ a: 'b' }),
      await ask('post', '/api/v1/nothing').send({}),
      await ask('put', `${PATH}/%E0%A4%A`).send({}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([413, 400, 413, 415, 404, 400]);
    for (const res of answers) expect(res.headers['content-type']).toMatch(/problem\+json/);
    expect(await names()).toEqual([]);
  });

  it('survives hostile values', async () => {
    const res = await ask('post')
      .set('content-type', 'application/json')
      .send('{"external_id":"c\\u0000\\ud800","name":"\\ud83dA","__proto__":{"x":1},"segments":[["a"],{}]}');
    expect(res.status).toBe(422);
    const good = await ask('post')
      .set('content-type', 'application/json')
      .send('{"external_id":"c\\u0000\\ud800","name":"\\ud83dA"}');
    expect(good.status).toBe(200);
    expect(await names()).toEqual(['\uFFFDA']);
  });

  it('is held off when too many come', async () => {
    const own = (await addApiToken(dashboard.db, 'eager', ['customers:write'], NOW))!;
    const statuses: number[] = [];
    for (let turn = 0; turn < 121; turn += 1) statuses.push((await ask('post', PATH, own).send({})).status);
    expect([statuses[119], statuses[120]]).toEqual([422, 429]);
  });
});

describe('tokens at the command line', () => {
  const run = async (name: string, args: object) => {
    const said: unknown[] = [];
    const out = { data: (value: unknown) => void said.push(value), message: () => undefined };
    const command = commands.find((one) => one.name === `token ${name}`)!;
    await command.run({ jobs: dashboard.deps } as never, args, out);
    return said as { name: string; token?: string }[];
  };

  it('are made, shown once, listed without themselves, and revoked', async () => {
    const [made] = await run('add', { name: 'bitrix', scopes: ['customers:write'] });
    expect((await ask('post', PATH, made!.token).send(anna)).status).toBe(200);
    await expect(run('add', { name: 'bitrix', scopes: ['customers:write'] })).rejects.toThrow(
      /revoke it first/,
    );
    await expect(run('add', { name: 'x', scopes: ['everything'] })).rejects.toThrow(/customers:write/);
    expect(JSON.stringify(await run('list', {}))).not.toContain(made!.token);
    expect(JSON.stringify(await dashboard.db.query('select * from api_tokens'))).not.toContain(made!.token);
    await run('revoke', { name: 'bitrix' });
    expect((await ask('post', PATH, made!.token).send(anna)).status).toBe(401);
    await expect(run('revoke', { name: 'bitrix' })).rejects.toThrow(/no token/);
    expect((await run('add', { name: 'bitrix', scopes: ['customers:write'] }))[0]?.token).not.toBe(
      made!.token,
    );
  });
});
