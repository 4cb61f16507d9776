import fc from 'fast-check';
import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDashboard } from '../../../dashboards/server.ts';
import type { SourceId, TopicId } from '../../../src/model/ids.ts';
import { API_SCOPES, addApiToken } from '../../../src/store/api-tokens.ts';
import { addDelivery } from '../../../src/store/deliveries.ts';
import { addDocument, addMention, addSources, addTopic, later } from '../../support/rows.ts';
import { truncate } from '../../support/store.ts';
import { NOW, openDashboard, type TestDashboard } from '../dashboard.ts';

let dashboard: TestDashboard;
let app: TestDashboard['app'];
let token: string;
let source: SourceId;
let topic: TopicId;

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  app = createDashboard(dashboard.deps);
  token = (await addApiToken(dashboard.db, 'reader', API_SCOPES, NOW))!;
  source = (await addSources(dashboard.db, 'forum'))[0]!;
  topic = await addTopic(dashboard.db, 'romashka');
});

const get = (path: string) => request(app).get(`/api/v1${path}`).set('authorization', `Bearer ${token}`);

/** `minute`: when it was published; several may share one. */
async function addPost(key: string, minute: number): Promise<number> {
  const at = later(minute * 60_000);
  const id = await addDocument(dashboard.db, source, key, { publishedAt: at, text: `Возврат ${key}` }, at);
  await addMention(dashboard.db, id, topic);
  return id;
}

interface Page {
  data: { id: number }[];
  next_cursor: string | null;
  total: number;
}

/** All pages; `between` runs after each. */
async function walk(path: string, between: (page: number) => Promise<void> = async () => undefined) {
  const pages: Page[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const res = await get(`${path}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect([res.status, res.body.title]).toEqual([200, undefined]);
    pages.push(res.body as Page);
    cursor = pages.at(-1)!.next_cursor;
    await between(pages.length);
  }
  return pages;
}
const idsOf = (pages: readonly Page[]): number[] => pages.flatMap(({ data }) => data.map(({ id }) => id));

describe('a walk through mentions', () => {
  it.each(['', '&q=возврат'])('sees each post once, newest first, while others arrive: %s', async (query) => {
    const minutes = [0, 5, 5, 5, 5, 1, 9, 3, 3];
    const posts = [];
    for (const [at, minute] of minutes.entries()) posts.push({ id: await addPost(`p${at}`, minute), minute });
    const expected = posts.toSorted((a, b) => b.minute - a.minute || b.id - a.id).map(({ id }) => id);
    const pages = await walk(`/mentions?limit=2${query}`, async (page) => {
      // One at the top, and one right where the walk stands.
      await addPost(`new ${page}`, 60 + page);
      await addPost(`same ${page}`, 5);
    });
    // Those that came beside older ones of the same minute stand before them, so the walk has passed them.
    expect(idsOf(pages)).toEqual(expected);
    expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([9]));
  });

  it('sees each post once, whatever the times and the size of pages', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 9 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 4 }), async (minutes, limit) => {
        await dashboard.db.query('delete from documents');
        run += 1;
        const ids = [];
        for (const [at, minute] of minutes.entries()) ids.push(await addPost(`${run}-${at}`, minute));
        app = createDashboard(dashboard.deps);
        const seen = idsOf(await walk(`/mentions?limit=${limit}`));
        expect(seen.toSorted((a, b) => a - b)).toEqual(ids);
      }),
      { numRuns: 8 },
    );
  });

  it('does not go on by a cursor that is forged, cut, of another question or of another list', async () => {
    for (const key of ['a', 'b', 'c']) await addPost(key, 1);
    const { next_cursor: cursor } = (await get('/mentions?limit=1')).body as Page;
    const [place, proof] = cursor!.split('.') as [string, string];
    const forged = Buffer.from(
      JSON.stringify({ time: NOW.toISOString(), id: 1, total: 0, isEstimate: false }),
    );
    const asks = [
      `/mentions?limit=1&cursor=${forged.toString('base64url')}.${proof}`,
      `/mentions?limit=1&cursor=${place}`,
      `/mentions?limit=1&cursor=${place}.`,
      `/mentions?limit=1&cursor=${cursor}&tone=negative`,
      `/mentions?limit=1&cursor=`,
      `/mentions?limit=1&cursor=${'A'.repeat(1000)}`,
      `/cases?cursor=${cursor}`,
      `/deliveries?cursor=${cursor}`,
    ];
    for (const path of asks) {
      const res = await get(path);
      expect([path, res.status, res.body.type]).toEqual([path, 400, 'urn:molva:problem:bad-cursor']);
      expect(res.body.errors[0].pointer).toBe('#/cursor');
    }
    // The size of a page is no part of the question.
    expect((await get(`/mentions?limit=2&cursor=${cursor}`)).body.data).toHaveLength(2);
  });
});

it('a walk through deliveries sees each once, those of one moment too, while others are handed in', async () => {
  const add = async (n: number, minute: number) =>
    addDelivery(dashboard.db, {
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      channel: 'crm',
      endpoint: 'crm',
      eventType: 'e',
      eventKey: `k${n}`,
      payload: {},
      createdAt: later(minute * 60_000),
    });
  const ids: string[] = [];
  for (const [n, minute] of [1, 1, 1, 2, 0].entries()) ids.push(await add(n, minute));
  const pages = await walk('/deliveries?limit=2', async (page) => void (await add(100 + page, 50 + page)));
  expect((idsOf(pages) as unknown as string[]).toSorted()).toEqual(ids.toSorted());
});

describe('what is in the basket', () => {
  it('is in no list and in no count', async () => {
    const kept = await addPost('kept', 1);
    const hidden = await addPost('hidden', 2);
    const volume = '/analytics/volume?from=2026-11-22&to=2026-11-22';
    expect((await get(volume)).body.data).toMatchObject([{ day: '2026-11-22', negative: 2, total: 2 }]);
    await dashboard.db.query('update mentions set basket_at = now() where document_id = $1', [hidden]);
    const { body } = await get('/mentions');
    expect([idsOf([body]), body.total]).toEqual([[kept], 1]);
    expect((await get(volume)).body.data).toMatchObject([{ negative: 1, total: 1 }]);
  });
});

describe('volume', () => {
  it('is counted by days of the zone that is asked for', async () => {
    await dashboard.db.query('delete from documents');
    const id = await addPost('late', 0);
    await dashboard.db.query(
      `update mentions set created_at = '2026-11-22T22:30:00Z' where document_id = $1`,
      [id],
    );
    const dayOf = async (zone: string) =>
      (await get(`/analytics/volume?from=2026-11-22&to=2026-11-23&zone=${zone}`)).body.data[0].day;
    expect([await dayOf('UTC'), await dayOf('Europe/Moscow')]).toEqual(['2026-11-22', '2026-11-23']);
  });
});
