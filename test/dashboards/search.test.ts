import { load } from 'cheerio';
import fc from 'fast-check';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSearchForm, searchHref, shortHref, toFilters } from '../../dashboards/search-form.ts';
import { createDashboard } from '../../dashboards/server.ts';
import { openSearch } from '../../src/app/store-search.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import type { SearchEngine } from '../../src/search/engine.ts';
import type { Database } from '../../src/store/db.ts';
import { loadResources } from '../jobs/worker.ts';
import { get, makeUser, openDashboard, type TestDashboard, type Visitor, visitAs } from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

const MANY = 1040;

let dashboard: TestDashboard;
let story: Story;
let viewer: Visitor;
let tokyo: Visitor;

/** Copies of the story's post, an hour apart: the totals that people ask about are thousands. */
async function seedMany(db: Database, document: number): Promise<void> {
  await db.query(
    `with made as (
       insert into documents (source_id, external_id, url, kind, title, text, author_id, found_at, updated_at, published_at, content_hash)
       select source_id, 'many-' || n, url, kind, 'Post ' || n, 'about camomile number ' || n, author_id, found_at, updated_at,
         timestamptz '2026-11-20 00:00Z' - n * interval '1 hour', n::text
       from documents, generate_series(1, $2::int) n where id = $1 returning id)
     insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at)
     select made.id, m.topic_id, '[]', jsonb_set(m.sentiment, '{label}', case when made.id % 4 = 0 then '"positive"'::jsonb else '"neutral"'::jsonb end),
       jsonb_set(m.complaint, '{isComplaint}', 'false'), m.created_at from made, mentions m where m.document_id = $1`,
    [document, MANY],
  );
}

beforeAll(async () => {
  dashboard = await openDashboard();
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here, refund overdue`);
  await seedMany(dashboard.db, story.document);
  viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer'));
  tokyo = await visitAs(
    dashboard,
    await makeUser(dashboard, 'viewer', { email: 't@example.com', zone: 'Asia/Tokyo' }),
  );
});

async function show(query: string, visitor = viewer) {
  const res = await get(dashboard, `/mentions${query}`, visitor);
  expect(res.status, query).toBe(200);
  return load(res.text);
}

async function totalOf(query: string, visitor = viewer): Promise<number> {
  const $ = await show(query, visitor);
  return Number($('.found').text().replace(/\D/g, ''));
}

it('counts more than a thousand exactly and says it in the reader’s manner', async () => {
  const $ = await show('');
  expect($('.found').text()).toBe('Found: 1,041 mentions');
  expect($('.mention')).toHaveLength(25);
});

describe('where the index knows only which posts must be read', () => {
  /** Meilisearch as one meets it there: it names candidates, here all posts, each batch after a while. */
  const slow = (ids: readonly DocumentId[]): SearchEngine => ({
    decidesConditions: true,
    page: () => Promise.reject(new Error('not asked')),
    candidates: async () => {
      let at = 0;
      return {
        total: ids.length,
        next: async () => {
          await new Promise((done) => setTimeout(done, 20));
          const batch = ids.slice(at, at + 100);
          at += 100;
          return batch.length === 0 ? null : { ids: batch, passed: batch.length };
        },
      };
    },
    facets: async (found) => ({
      ...{ topic: {}, language: {}, source: {}, intent: {}, day: {} },
      sentiment: { neutral: found.length },
      hour: { 490000: 1, 490001: found.length - 1 },
    }),
  });

  it('shows the list at once, and counts when it is asked to', async () => {
    const { deps } = dashboard;
    const rows = await deps.db.query<{ id: DocumentId }>(
      'select id from documents order by published_at desc',
    );
    const { clock, log } = deps;
    const search = openSearch(deps.db, slow(rows.map(({ id }) => id)), {
      resources: await loadResources(),
      clock,
      log,
    });
    const app = createDashboard({ ...deps, search });
    const page = async (more: string) => {
      const res = await request(app)
        .get(`/mentions?q=${encodeURIComponent('=camomile')}${more}`)
        .set('cookie', viewer.cookie);
      expect(res.status).toBe(200);
      return load(res.text);
    };
    const quick = await page('');
    expect(quick('.mention')).toHaveLength(25);
    expect(quick('.found').text()).toMatch(/≈ [\d,]{3,5} mentions\s+count exactly$/);
    expect(quick('[data-times].waits').children()).toHaveLength(0);
    const way = quick('[data-exact]').attr('href')!;
    expect(new URL(way, 'https://molva.example').searchParams.get('exact')).toBe('1');
    const exact = await page('&exact=1');
    expect(exact('.found').text()).toBe('Found: 1,040 mentions');
    expect(exact('[data-exact], .waits')).toHaveLength(0);
    expect(exact('.times a').first().attr('href')).not.toContain('exact');
  });
});

describe('addresses on the page', () => {
  it('have letters as they are, and lead where the long ones lead', () => {
    const form = readSearchForm({ q: 'чай "не заварен" & 5%', topic: ['a&b', 'é'], tone: 'negative' });
    const short = shortHref(form, { open: 3 });
    expect(short).toContain('q=чай');
    expect(short.length).toBeLessThan(searchHref(form, { open: 3 }).length * 0.7);
    const read = (address: string) => [...new URL(address, 'https://molva.example').searchParams];
    expect(read(short)).toEqual(read(searchHref(form, { open: 3 })));
  });

  it('leave what is no letter encoded, and halves of what is none', () => {
    const q = '\u202eчай\u2028 %D0 💥';
    const short = shortHref(readSearchForm({ q }), {});
    expect(short).not.toMatch(/[\u202e\u2028💥]/u);
    expect(new URL(short, 'https://molva.example').searchParams.get('q')).toBe(q);
  });
});

it('shows the figures behind the chart when they are asked for, each with its way', async () => {
  const $ = await show('?tone=positive');
  expect($('#times-table')).toHaveLength(0);
  const link = $('.times a').filter((_, one) => $(one).attr('href')?.includes('table=1') ?? false);
  expect(link.attr('href')).toBe('?tone=positive&table=1#times-table');
  const table = await show('?tone=positive&table=1');
  expect(table('#times-table tbody tr').length).toBeGreaterThan(5);
  expect(table('#times-table a').first().attr('href')).toMatch(/^\?tone=positive&from=/);
});

describe('the pager', () => {
  it('leads through all pages and keeps the filters', async () => {
    const first = await show('?q=camomile&topic=plain');
    expect(first('.pager span').text()).toBe('Page 1 of 42');
    expect(first('.pager a[rel=prev]')).toHaveLength(0);
    expect(first('.pager a[rel=next]').attr('href')).toBe('/mentions?q=camomile&topic=plain&page=2');
    const last = await show('?q=camomile&topic=plain&page=42');
    expect(last('.mention')).toHaveLength(15);
    expect(last('.pager a[rel=next]')).toHaveLength(0);
    expect(last('.pager a[rel=prev]').attr('href')).toBe('/mentions?q=camomile&topic=plain&page=41');
  });

  it('shows each document once', async () => {
    const seen = new Set<string>();
    for (let page = 1; page <= 42; page++) {
      const $ = await show(`?page=${page}`);
      for (const link of $('.mention h3 a').toArray()) seen.add($(link).attr('href') ?? '');
    }
    expect(seen.size).toBe(MANY + 1);
  });

  it('leads back from behind the last page to where there is something', async () => {
    const $ = await show('?q=refund&page=400000');
    expect($('.mention')).toHaveLength(0);
    expect($('.pager a[rel=prev]').attr('href')).toBe('/mentions?q=refund');
  });
});

it.each([
  ['?q=refunds', 1],
  ['?q="refund overdue"', 1],
  ['?q=camomile -number', 0],
  ['?q=camomile', MANY],
  ['?topic=plain&tone=positive', MANY / 4],
  ['?tone=negative', 1],
  ['?tone=negative&tone=positive', MANY / 4 + 1],
  ['?complaints=1', 1],
  ['?language=en', 1],
  ['?source=plain', MANY + 1],
  ['?source=other', 0],
  ['?author=SOME author here, refund overdue', MANY + 1],
  ['?author=nobody', 0],
  ['?topic=', MANY + 1],
  ['?from=2026-11-22', 1],
  ['?from=2026-11-19&to=2026-11-19', 24],
])('filters: %s', async (query, total) => {
  expect(await totalOf(encodeURI(query))).toBe(total);
});

/** Values of a filter's boxes: those that are ticked, or all that are offered. */
const boxes = ($: Awaited<ReturnType<typeof show>>, name: string, which = '[checked]') =>
  $(`.facet input[name=${name}]${which}`)
    .toArray()
    .map((box) => $(box).val());

it('lets one choose several of a filter, and counts what each would keep', async () => {
  const $ = await show('?tone=positive&tone=negative');
  expect(boxes($, 'tone')).toEqual(['negative', 'positive']);
  expect($('.facet', 'form.search').eq(1).find('summary span').text()).toBe('negative, positive');
  const all = await show('');
  const [neutral] = all('.facet input[value=neutral]').toArray();
  expect(all(neutral!).parent().text()).toMatch(/^\s*neutral\d{3}$/);
});

it('does not offer what no found post has, save where something of it is chosen', async () => {
  expect(boxes(await show('?q=camomile'), 'tone', '')).toEqual(['neutral', 'positive']);
  expect(boxes(await show('?q=camomile&tone=neutral'), 'tone', '')).toHaveLength(4);
  expect(boxes(await show('?q=nothingofthesort'), 'tone', '')).toHaveLength(4);
});

it('shows what was chosen in the form, so that the next search starts there', async () => {
  const $ = await show(
    '?q=camomile&tone=positive&author=x&from=2026-11-01&to=2026-11-30&complaints=1&topic=plain',
  );
  expect($('input[name=q]').val()).toBe('camomile');
  expect(boxes($, 'tone')).toEqual(['positive']);
  expect(boxes($, 'topic')).toEqual(['plain']);
  expect($('input[name=author]').val()).toBe('x');
  expect($('input[name=from]').val()).toBe('2026-11-01');
  expect($('input[name=to]').val()).toBe('2026-11-30');
  expect($('select[name=complaints]').val()).toBe('1');
  expect($('details.more').attr('open')).toBeDefined();
});

it('offers complaints and tones one click away, keeping words and topic', async () => {
  const $ = await show('?q=camomile&topic=plain&tone=positive&page=3');
  const links = $('.quick a')
    .toArray()
    .map((link) => $(link).attr('href'));
  expect(links).toEqual([
    '/mentions?q=camomile&topic=plain',
    '/mentions?q=camomile&topic=plain&complaints=1',
    '/mentions?q=camomile&topic=plain&complaints=review',
    '/mentions?q=camomile&topic=plain&tone=negative',
    '/mentions?q=camomile&topic=plain&tone=positive',
    '/mentions?q=camomile&topic=plain&tone=unsure',
  ]);
  expect($('.quick a[aria-current]').text()).toBe('positive');
});

it('marks the words that were searched, in any form', async () => {
  const $ = await show('?q=refunds');
  expect(
    $('mark')
      .toArray()
      .map((mark) => $(mark).text()),
  ).toContain('refund');
});

it('says so when nothing is found, and when the search engine is away', async () => {
  const $ = await show('?q=zzzqqq');
  expect($('.empty').text()).toContain('Nothing was found');
  expect($('.note').text()).toContain('Search answers from the database');
});

it('reads days as whole days of the viewer’s zone, and shows times in it', async () => {
  // The newest of the many is of 19 November 23:00 UTC: the 20th in Moscow and in Tokyo.
  expect(await totalOf('?from=2026-11-20&to=2026-11-20', viewer)).toBe(3);
  expect(await totalOf('?from=2026-11-20&to=2026-11-20', tokyo)).toBe(9);
  const path = `/mentions/${story.document}`;
  const [moscow, japan] = [await get(dashboard, path, viewer), await get(dashboard, path, tokyo)];
  expect(load(moscow.text)('time').first().text()).toBe('Nov 22, 07:00 AM');
  expect(load(japan.text)('time').first().text()).toBe('Nov 22, 01:00 PM');
  expect(load(japan.text)('time').first().attr('datetime')).toBe('2026-11-22T04:00:00.000Z');
});

it('shows the year only when it is another one', async () => {
  const $ = await show('?q=camomile&to=2026-12-31');
  expect($('.mention time').first().text()).not.toContain('2026');
  dashboard.setNow(new Date('2026-11-22T09:30:00Z'));
});

const NAMES = [
  'q',
  'topic',
  'tone',
  'language',
  'source',
  'author',
  'from',
  'to',
  'complaints',
  'all',
  'page',
  '__proto__',
  'toString',
];
const nastyValue = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '%00',
    '%%0000',
    '%',
    '%E0%A4%A',
    '%ED%A0%80',
    '-"',
    "'",
    '\\',
    '((',
    'NEAR/',
    '"',
    '0000-01-01',
    '9999-12-31',
    '-1',
    '1e9',
    '400000',
    'NaN',
    '2026-02-30',
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
);
const nastyQuery = fc.array(fc.tuple(fc.constantFrom(...NAMES), nastyValue, fc.boolean()), { maxLength: 6 });

it('never fails over nonsense in the address', async () => {
  await fc.assert(
    fc.asyncProperty(nastyQuery, async (parts) => {
      // Some as they stand, some encoded as a browser would.
      const query = parts.map(
        ([name, value, raw]) =>
          `${name}=${raw && !/[^!-~]|#/.test(value) ? value : encodeURIComponent(value.toWellFormed())}`,
      );
      const res = await get(dashboard, `/mentions?${query.join('&')}`, viewer);
      expect([200, 400]).toContain(res.status);
    }),
    { numRuns: 200 },
  );
});

it.each([
  '/customers?q=%00&page=%00',
  '/customers?q=%25_\\',
  '/cases?page=999999',
  '/mentions/%00',
  '/cases/1e3',
  '/cases/99999999999999999999',
  '/deliveries/not-a-uuid',
  '/topics?edit=%00&edit=x',
  '/digests/0',
])('never fails over nonsense on other pages: %s', async (path) => {
  const admin = await dashboard.db.query(`select 1 from users where role = 'admin'`);
  const visitor =
    admin.length > 0
      ? { cookie: 'molva_session=token-of-admin@example.com', csrf: '' }
      : await visitAs(dashboard, await makeUser(dashboard, 'admin'));
  expect([200, 303, 400, 404]).toContain((await get(dashboard, path, visitor)).status);
});

it('gives a form’s address that reads back as the same form', () => {
  const text = fc.string({ maxLength: 50 });
  fc.assert(
    fc.property(
      text,
      fc.array(
        text.filter((value) => value !== ''),
        { maxLength: 3 },
      ),
      fc.integer({ min: 1, max: 999 }),
      (q, tone, page) => {
        const form = {
          ...readSearchForm({}),
          q: q.toWellFormed(),
          tone: tone.map((value) => value.toWellFormed()),
          page,
        };
        const params = new URL(searchHref(form, {}), 'http://x').searchParams;
        const read = readSearchForm({ ...Object.fromEntries(params), tone: params.getAll('tone') });
        expect(toFilters(read, 'UTC')).toEqual(toFilters(form, 'UTC'));
      },
    ),
  );
});

describe('a query in the search box', () => {
  it('is told its mistakes, each with its place, and keeps what was typed', async () => {
    const res = await get(dashboard, `/mentions?q=${encodeURIComponent('refund NEAR/ (overdue')}`, viewer);
    expect(res.status).toBe(400);
    const $ = load(res.text);
    expect($('[role=alert] li').length).toBeGreaterThan(0);
    expect($('[role=alert] pre').first().text()).toContain('^');
    expect($('input[name=q]').val()).toBe('refund NEAR/ (overdue');
    expect($('.mention')).toHaveLength(0);
  });

  it('may ask for nearness, order and fields', async () => {
    expect(await totalOf('?q=refund+ONEAR/1+overdue')).toBe(1);
    expect(await totalOf('?q=overdue+ONEAR/1+refund')).toBe(0);
    expect(await totalOf('?q=title:post+tone:positive')).toBeGreaterThan(100);
    expect(await totalOf('?q=-camomile')).toBe(1);
  });
});
