import { describe, expect, it } from 'vitest';
import { saveCustomer } from '../../../src/store/save-customers.ts';
import { addLink, TEST_VAULT } from '../../support/rows.ts';
import { NOW } from '../dashboard.ts';
import { useApi } from './use-api.ts';

const api = useApi();
const say = (body: object, by?: string) =>
  api.ask('post', `/authors/${api.story.author}/decisions`, by).send(body);
const look = async (by?: string) => (await api.ask('get', `/authors/${api.story.author}`, by)).body;
const states = async () =>
  (await look()).links.map(({ customer, state }: { customer: string; state: string }) => [customer, state]);
const audit = (action: string) =>
  api.dashboard.db.query<{ actor: string; subject: string; detail: object }>(
    'select actor, subject, detail from audit where action = $1 order by id',
    [action],
  );

/** Another customer who is proposed for the author. */
async function propose(externalId: string, score = 0.4) {
  const record = { externalId, name: externalId, identifiers: [], purchases: [] };
  const { id } = await saveCustomer(api.dashboard.db, TEST_VAULT, record, NOW);
  const evidence = [{ code: 'surname' as const, where: 'name' as const, masked: 'Koval…', bits: 3 }];
  await addLink(api.dashboard.db, {
    authorId: api.story.author,
    customerId: id,
    state: 'proposed',
    score,
    evidence,
  });
  return id;
}

const OWN = 'plain-some customer number';

describe('an author', () => {
  it('is told with customers, their reasons, and a line in the audit to who may see customers', async () => {
    await propose('c2');
    const { links } = await look();
    expect(links.map(({ customer }: { customer: string }) => customer)).toEqual([OWN, 'c2']);
    expect(links[1].reasons).toEqual([{ sign: 'surname', where: 'name', masked: 'Koval…', bits: 3 }]);
    expect(await audit('customers.compared')).toMatchObject([
      {
        actor: 'api:all',
        subject: `author:${api.story.author}`,
        detail: { customers: [api.story.customer, expect.any(Number)] },
      },
    ]);
  });

  it('is told without what names a customer to who may not, and nothing is written down', async () => {
    const res = await api.ask(
      'get',
      `/authors/${api.story.author}`,
      await api.tokenFor('least', ['links:read']),
    );
    expect(res.body.links).toMatchObject([{ customer: null, state: 'linked', score: 0.98 }]);
    expect(res.body.links[0].reasons[0]).toMatchObject({ sign: 'same-handle', masked: null });
    expect(res.text).not.toMatch(/customer number|some masked/);
    expect(await audit('customers.compared')).toEqual([]);
  });

  it('that is none is not known', async () => {
    expect((await api.ask('get', '/authors/999999')).status).toBe(404);
    expect((await api.ask('post', '/authors/999999/decisions').send({ decision: 'nobody' })).status).toBe(
      404,
    );
  });
});

describe('a decision', () => {
  it('that confirms one customer refuses the others, and is taken back whole', async () => {
    await propose('c2');
    const { act } = (await say({ decision: 'confirmed', customer: 'c2' })).body;
    expect(await states()).toEqual([
      [OWN, 'rejected'],
      ['c2', 'confirmed'],
    ]);
    expect((await api.ask('post', `/link-acts/${act}/undo`)).body).toEqual({ outcome: 'done' });
    expect(await states()).toEqual([
      [OWN, 'linked'],
      ['c2', 'proposed'],
    ]);
    expect(await audit('link.confirmed')).toMatchObject([{ actor: 'api:all' }]);
    expect(await audit('link.undone')).toMatchObject([{ actor: 'api:all', subject: `act:${act}` }]);
  });

  it.each(['rejected', 'on_behalf', 'proposed'])('may be: %s', async (decision) => {
    expect((await say({ decision, customer: OWN })).status).toBe(201);
    expect(await states()).toEqual([[OWN, decision]]);
  });

  it('that it is nobody refuses all, once', async () => {
    await propose('c2');
    expect((await say({ decision: 'nobody' })).status).toBe(201);
    expect(await states()).toEqual([
      [OWN, 'rejected'],
      ['c2', 'rejected'],
    ]);
    const again = await say({ decision: 'nobody' });
    expect([again.status, again.body.type]).toEqual([409, 'urn:molva:problem:settled']);
  });

  it('that something has overtaken is not taken back, and one that is none is not known', async () => {
    await propose('c2');
    const { act } = (await say({ decision: 'rejected', customer: OWN })).body;
    await say({ decision: 'confirmed', customer: OWN });
    const undone = await api.ask('post', `/link-acts/${act}/undo`);
    expect([undone.status, undone.body.type]).toEqual([409, 'urn:molva:problem:overtaken']);
    expect((await api.ask('post', '/link-acts/999999/undo')).status).toBe(404);
  });

  it.each<[string, object, number]>([
    ['of a customer who is none', { decision: 'confirmed', customer: 'nobody' }, 404],
    ['without the customer', { decision: 'confirmed' }, 422],
    ['that it is nobody, with a customer', { decision: 'nobody', customer: OWN }, 422],
    ['that people do not make', { decision: 'linked', customer: OWN }, 422],
  ])('%s is refused', async (_what, body, status) => {
    expect((await say(body)).status).toBe(status);
    expect(await states()).toEqual([[OWN, 'linked']]);
  });

  it('tells nobody which external ids there are', async () => {
    const least = await api.tokenFor('least', ['links:write']);
    const known = await say({ decision: 'confirmed', customer: OWN }, least);
    const unknown = await say({ decision: 'confirmed', customer: 'nobody' }, least);
    expect([known.status, unknown.status]).toEqual([403, 403]);
    expect(known.body).toEqual(unknown.body);
    expect(await states()).toEqual([[OWN, 'linked']]);
  });
});

describe('the queue', () => {
  it('names each open author once, the most at risk first, in pages', async () => {
    // Who has a certain customer is no question.
    await propose('c2');
    expect((await api.ask('get', '/link-reviews')).body.data).toEqual([]);
    await say({ decision: 'proposed', customer: OWN });
    const { db } = api.dashboard;
    for (const handle of ['a', 'b']) {
      const [author] = await db.query<{ id: never }>(
        `insert into authors (site, handle, name) values ('forum.example', $1, $1) returning id`,
        [handle],
      );
      const customer = { customerId: api.story.customer, score: handle === 'a' ? 0.5 : 0.9 };
      await addLink(db, { authorId: author!.id, state: 'proposed', ...customer });
    }
    const seen: { author: { id: number; handle: string }; risk: number }[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const res = await api.ask('get', `/link-reviews?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...res.body.data);
      cursor = res.body.next_cursor;
    }
    expect(seen.map(({ author }) => author.id)).toHaveLength(3);
    expect(new Set(seen.map(({ author }) => author.id)).size).toBe(3);
    const risks = seen.map(({ risk }) => risk);
    expect(risks).toEqual(risks.toSorted((a, b) => b - a));
    expect(seen.map(({ author }) => author.handle).filter((handle) => handle.length === 1)).toEqual([
      'a',
      'b',
    ]);
  });
});
