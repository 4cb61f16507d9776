import { describe, expect, it } from 'vitest';
import { useApi } from './use-api.ts';

const api = useApi();
const HIS = 'plain-some customer number';
const OF = `/customers/${encodeURIComponent(HIS)}`;
const audits = async () =>
  (
    await api.dashboard.db.query<{ action: string }>(
      `select action from audit where actor = 'api:all' order by id`,
    )
  ).map(({ action }) => action);

describe('how a customer stands', () => {
  it('is told with what to do next, and the look is written down', async () => {
    const { body, status } = await api.ask('get', `${OF}/standing`);
    expect([status, body.stage]).toEqual([200, expect.any(String)]);
    expect(body.steps[0]).toMatchObject({ code: 'answer-case', values: { id: api.story.case } });
    expect(body.interests.map(({ interest }: { interest: string }) => interest)).toContain(
      api.story.interest,
    );
    expect(await audits()).toEqual(['customer.viewed']);
  });

  it('has interests that are declared and taken away, and none that nobody may keep', async () => {
    const say = (interest: string, where = '') =>
      api.ask('post', `${OF}/interests${where}`).send({ interest });
    const names = ({ body }: { body: { interests: { interest: string }[] } }) =>
      body.interests.map(({ interest }) => interest);
    expect(names(await say('  green \n tea '))).toContain('green tea');
    expect(names(await say('green tea', '/remove'))).not.toContain('green tea');
    expect((await say('coffee', '/remove')).status).toBe(404);
    for (const bad of ['', ' \u0000 ', 'x'.repeat(81), 'Тест на беременность'])
      expect((await say(bad)).status).toBe(422);
    expect(await audits()).toEqual(['interest.declared', 'interest.removed']);
  });

  it('is that of one person whose entries were joined, until they are parted', async () => {
    await api.ask('put', '/customers/c-2').send({ name: 'Anna' });
    const join = () => api.ask('post', `${OF}/join`).send({ external_id: 'c-2' });
    expect((await join()).body).toEqual({ external_id: HIS, joined: ['c-2'] });
    expect((await join()).status).toBe(422);
    expect((await api.ask('get', '/customers/c-2')).body.external_id).toBe(HIS);
    expect((await api.ask('post', '/customers/c-2/part')).body).toEqual({ external_id: 'c-2', joined: [] });
    expect((await api.ask('post', '/customers/c-2/part')).status).toBe(422);
    expect((await api.ask('get', '/customers/c-2')).body.external_id).toBe('c-2');
  });
});

describe('lists of customers', () => {
  it('take no part that cannot be one', async () => {
    for (const [part, status] of [
      ['%00', 400],
      ['', 404],
      ['x'.repeat(65), 400],
    ] as const)
      expect((await api.ask('get', `/portfolio/quiet?part=${part}`)).status).toBe(status);
  });

  it('are found by a part of the name or a whole contact, and who was told is written down', async () => {
    await api.ask('put', '/customers/c-2').send({ name: 'Anna Petrova', emails: ['anna@example.ru'] });
    const find = async (text: string) => {
      const { body } = await api.ask('get', `/customers?q=${encodeURIComponent(text)}`);
      return body.data.map(({ external_id }: { external_id: string }) => external_id);
    };
    expect(await find('petrov')).toEqual(['c-2']);
    expect(await find('Anna@Example.ru')).toEqual(['c-2']);
    expect(await find('anna@example')).toEqual([]);
    expect((await api.ask('get', '/customers')).status).toBe(400);
    expect((await audits()).filter((action) => action === 'customers.listed')).toHaveLength(2);
  });

  it('tell each once, page by page, and who was told is written down', async () => {
    const { db } = api.dashboard;
    const records = Array.from({ length: 5 }, (_, n) => ({ external_id: `c-${n}`, name: `Customer ${n}` }));
    await api.ask('post', '/customers').send(records as never);
    await db.query(
      `insert into customer_values (customer_id, stage, tier, tier_reasons, churn, churn_reasons, scored_at)
       select id, 'active', 'MGC', '[]', 0.6, '[]', now() from customers where external_id like 'c-%' on conflict do nothing`,
    );
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const res = await api.ask(
        'get',
        `/portfolio/at-risk?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...res.body.data.map(({ external_id }: { external_id: string }) => external_id));
      cursor = res.body.next_cursor;
    }
    expect(seen.filter((one) => one.startsWith('c-')).sort()).toEqual(['c-0', 'c-1', 'c-2', 'c-3', 'c-4']);
    const listed = (await audits()).filter((action) => action === 'customers.listed');
    expect(listed.length).toBeGreaterThanOrEqual(3);
  });
});
