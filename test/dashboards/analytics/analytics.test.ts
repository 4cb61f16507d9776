import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAsk } from '../../../dashboards/analytics/ask.ts';
import type { BlockAsk, Figure, Part } from '../../../dashboards/analytics/figure.ts';
import { blocks } from '../../../dashboards/analytics/registry.ts';
import { sidesOf, sumPosts } from '../../../dashboards/analytics/side.ts';
import { readSearchForm, toFilters } from '../../../dashboards/search-form.ts';
import { translator } from '../../../dashboards/texts.ts';
import { randomFrom } from '../../../src/lib/random.ts';
import { readSearchQuery } from '../../../src/query/saved.ts';
import { firstPostAt, listMentionKinds } from '../../../src/store/analytics.ts';
import { saveCustomer } from '../../../src/store/save-customers.ts';
import { saveDocument } from '../../../src/store/save-documents.ts';
import { setTeam } from '../../../src/store/teams.ts';
import { listTopics } from '../../../src/store/topics.ts';
import {
  addLink,
  addSources,
  addTopic,
  COMPLAINT,
  found,
  NO_COMPLAINT,
  replaceMentions,
  replaceTags,
  TEST_VAULT,
} from '../../support/rows.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  type TestDashboard,
  type Visitor,
  visitAs,
} from '../dashboard.ts';

const POSTS = 260;
const TONES = ['negative', 'neutral', 'positive', 'unsure'] as const;
const REASONS = ['delivery', 'price', 'staff'];
/** Around the night in which Berlin's clocks go back. */
const MIDDLE = new Date('2026-10-25T01:30:00Z').getTime();
const HOUR_MS = 3_600_000;

let dashboard: TestDashboard;
let analyst: Visitor;
let viewer: Visitor;

async function seedPosts(): Promise<void> {
  const { db } = dashboard;
  const random = randomFrom(7);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const sources = await addSources(db, 'forum', 'blog', 'news');
  const topics = [await addTopic(db, 'tea'), await addTopic(db, 'kettle'), await addTopic(db, 'cup')];
  for (let at = 0; at < POSTS; at++) {
    // Close to the night at first, then up to three weeks away.
    const away = at < 120 ? (random() - 0.5) * 8 * HOUR_MS : (random() - 0.5) * 40 * 24 * HOUR_MS;
    const author = { site: 'forum.example', handle: pick(['anna', 'boris', 'clara', 'dmitri']) };
    const document = { publishedAt: new Date(MIDDLE + away), author };
    const id = (await saveDocument(db, pick(sources), found(String(at), document), NOW))!;
    const said = topics
      .filter(() => random() < 0.5)
      .map((topicId) => ({
        topicId,
        spans: [],
        sentiment: { label: pick(TONES), score: 0, confidence: 1 },
        complaint: random() < 0.3 ? { ...COMPLAINT, reason: pick(REASONS) } : NO_COMPLAINT,
      }));
    const language = { code: pick(['ru', 'en']), confidence: 1 };
    await replaceTags(db, id, [{ kind: 'language', target: '', version: '1', value: language, spans: [] }]);
    await replaceMentions(db, id, said, NOW);
    if (random() < 0.1)
      await db.query('update mentions set basket_at = $2 where document_id = $1', [id, NOW]);
  }
}

beforeAll(async () => {
  dashboard = await openDashboard();
  analyst = await visitAs(dashboard, await makeUser(dashboard, 'analyst'));
  viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer'));
  await seedPosts();
  const { db } = dashboard;
  const record = {
    externalId: 'c',
    name: 'Anna',
    city: null,
    tier: 'MVC' as const,
    identifiers: [],
    purchases: [],
  };
  const { id: customerId } = await saveCustomer(db, TEST_VAULT, record, NOW);
  const [author] = await db.query<{ id: never }>(`select id from authors where handle = 'anna'`);
  await addLink(db, { authorId: author!.id, customerId, decidedAt: NOW });
});
afterAll(() => dashboard.db.close());

async function asked(address: string, zone: string): Promise<BlockAsk> {
  const { deps } = dashboard;
  const who = {
    user: null,
    csrf: '',
    language: 'en' as const,
    zone,
    t: translator('en'),
    path: '',
    now: NOW,
  };
  const params = new URLSearchParams(address);
  const query = { ...Object.fromEntries(params), topic: params.getAll('topic') };
  const ask = readAsk(query, await listTopics(deps.db), who);
  const kinds = await listMentionKinds(deps.db);
  return { deps, viewer: who, ask, since: await firstPostAt(deps.db), ...sidesOf(deps.db, kinds, ask) };
}

/** What the page of mentions counts at this address. */
async function countAt(href: string, zone: string): Promise<number> {
  const { search, db } = dashboard.deps;
  const params = new URLSearchParams(href.split('?')[1]);
  const query = Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)]));
  const single = ['q', 'from', 'to', 'author', 'complaints', 'all'];
  for (const name of single) if (query[name]) (query as Record<string, unknown>)[name] = query[name][0];
  const form = readSearchForm(query);
  const read = readSearchQuery(form.q, await listTopics(db));
  if (!('query' in read)) throw new Error('a query that cannot be read');
  const filters = toFilters(form, zone);
  return (await search.search({ query: read.query, filters, zone, limit: 1, offset: 0 })).total;
}

/** Marks that say how many posts they lead to. */
function partsOf(figure: Figure, key: string): Part[] {
  // A cause is no filter of mentions: its bars lead to all complaints, and say so.
  if (!figure.drawing || figure.drawing.kind === 'heat' || key === 'causes' || key === 'places') return [];
  const all = figure.drawing.kind === 'columns' ? figure.drawing.columns : figure.drawing.bars;
  return all
    .flatMap(({ parts }) => parts ?? [])
    .filter(({ look, words }) => look !== 'others' && !words.startsWith('no customer'));
}

const STATES: [address: string, zone: string][] = [
  ['from=2026-10-20&to=2026-10-30', 'Europe/Berlin'],
  ['from=2026-10-20&to=2026-10-30&topic=tea', 'Europe/Berlin'],
  ['from=2026-10-20&to=2026-10-30&topic=tea&topic=cup', 'Europe/Moscow'],
  ['from=2026-10-25&to=2026-10-25&topic=tea', 'Europe/Berlin'],
  ['from=2026-10-24&to=2026-10-25&topic=tea', 'America/New_York'],
  ['from=2026-10-24&to=2026-10-27&topic=kettle', 'Asia/Kolkata'],
  ['from=2026-09-20&to=2026-10-10', 'Australia/Lord_Howe'],
  ['days=90&topic=cup', 'Europe/Moscow'],
  ['from=2025-06-01&to=2026-11-22', 'Europe/Moscow'],
];

describe.each(STATES)('of %s in %s', (address, zone) => {
  it('every mark counts what the page of mentions counts at its address', async () => {
    const ask = await asked(address, zone);
    expect(sumPosts(await ask.own.counts())).toBe(await countAt(ask.own.href({}), zone));
    if (ask.other) expect(sumPosts(await ask.other.counts())).toBe(await countAt(ask.other.href({}), zone));
    let marks = 0;
    for (const block of blocks) {
      const figure = block.isSlow?.(ask.ask) ? null : await block.read(ask);
      for (const { value, href, words } of figure ? partsOf(figure, block.key) : []) {
        expect(await countAt(href, zone), `${block.key} ${words} ${href}`).toBe(value);
        marks += 1;
      }
    }
    expect(marks).toBeGreaterThan(10);
  });

  it('columns and hours hold all posts, each once', async () => {
    const ask = await asked(address, zone);
    const all = sumPosts(await ask.own.counts());
    const volume = await blocks.find(({ key }) => key === 'volume')!.read(ask);
    expect(volume!.rows.reduce((sum, { cells }) => sum + Number(cells[1]), 0)).toBe(all);
    const hours = await blocks.find(({ key }) => key === 'hours')!.read(ask);
    if (ask.ask.period.days < 7) return expect(hours).toBeNull();
    expect(hours!.rows.flatMap(({ cells }) => cells.slice(1).map(Number)).reduce((a, b) => a + b)).toBe(all);
    if (hours!.drawing?.kind !== 'heat') throw new Error('no heat');
    for (const { posts, words, href } of hours!.drawing.cells.flat().filter((cell) => cell.posts > 0)) {
      const most = Number(/: (\d+)$/.exec(words)![1]);
      expect(most).toBeLessThanOrEqual(posts);
      expect(await countAt(href, zone), href).toBe(most);
    }
  });
});

it('compares a day that is not over with the same hours of the day before', async () => {
  const ask = await asked('days=1', 'Europe/Moscow');
  expect(ask.other!.span.to).toEqual(new Date(NOW.getTime() - 24 * HOUR_MS));
  expect(ask.other!.href({})).toContain('to=2026-11-21T12%3A00');
});

it('leads from every bar of the page to mentions, and has a table behind each chart', async () => {
  const res = await get(dashboard, '/analytics?from=2026-10-20&to=2026-10-30&topic=tea&whole=1', analyst);
  const $ = load(res.text);
  expect($('.block').length).toBeGreaterThan(7);
  const links = $('.block svg a').toArray();
  expect(links.length).toBeGreaterThan(20);
  for (const link of links) expect($(link).attr('href')).toMatch(/^\/mentions\?/);
  const charts = $('.block:has(svg.columns), .block:has(.share-bars)').toArray();
  expect(charts.length).toBeGreaterThan(3);
  for (const chart of charts) {
    const behind = $(chart).find('details [data-table] a').attr('href') ?? '';
    const alone = load((await get(dashboard, behind, analyst)).text);
    expect(alone('.block details[open] table').length, behind).toBe(1);
  }
  expect($('#hours table.heat th[scope=row]').length).toBe(24);
});

it('counts for a member of a team what the page of mentions shows to that member', async () => {
  const { db } = dashboard;
  const user = await makeUser(dashboard, 'pr');
  const [team] = await db.query<{ id: number }>(
    `insert into teams (name, made_at) values ('Tea', now()) returning id`,
  );
  const [tea] = await db.query<{ id: number }>(`select id from topics where key = 'tea'`);
  await setTeam(db, team!.id, { topics: [tea!.id], members: [user.id] });
  const member = await visitAs(dashboard, user);
  const days = 'from=2026-10-01&to=2026-11-20';
  const $ = load((await get(dashboard, `/analytics?${days}`, member)).text);
  const total = Number.parseInt($('main > p > a').first().text(), 10);
  const shown = load((await get(dashboard, `/mentions?${days}`, member)).text)('.found').text();
  expect(shown).toContain(` ${total} `);
  const all = load((await get(dashboard, `/analytics?${days}`, analyst)).text)('main > p > a')
    .first()
    .text();
  expect(Number.parseInt(all, 10)).toBeGreaterThan(total);
  const csv = (await get(dashboard, `/analytics/volume.csv?${days}&with=none`, member)).text;
  const posts = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',').at(-1)));
  expect(posts.reduce((sum, n) => sum + n, 0)).toBe(total);
  expect((await get(dashboard, `/analytics/share.csv?${days}`, member)).text).not.toContain('kettle');
  await setTeam(db, team!.id, { topics: [], members: [user.id] });
  expect((await get(dashboard, `/analytics/volume.csv?${days}`, member)).text).not.toMatch(/,[1-9]/);
});

it('says that little is known rather than a change', async () => {
  const res = await get(dashboard, '/analytics?from=2026-10-10&to=2026-10-10', analyst);
  expect(load(res.text)('.note').text()).toContain('Thin data');
});

it('keeps the state in every link of the form', async () => {
  const path = '/analytics?days=7&topic=tea&with=topic%3Acup';
  const $ = load((await get(dashboard, path, analyst)).text);
  const spans = $('ul.quick a')
    .toArray()
    .map((link) => $(link).attr('href'));
  expect(spans).toContain(path);
  for (const href of spans) expect(href).toContain('topic=tea&with=topic%3Acup');
  expect($('option[selected]').attr('value')).toBe('topic:cup');
});

it('leaves nonsense in an address out', async () => {
  for (const query of [
    'days=5',
    'from=2026-13-40',
    'from=0001-01-01&to=9999-12-31',
    'topic=%00&with=topic:no',
    'from=2026-11-30&to=2026-01-01',
    'days=1&days=7',
  ])
    expect((await get(dashboard, `/analytics?${query}`, analyst)).status, query).toBe(200);
});

describe('a file of a block', () => {
  it('is for those who may take reports away, and the taking is noted', async () => {
    expect((await get(dashboard, '/analytics/volume.csv', viewer)).status).toBe(403);
    expect(load((await get(dashboard, '/analytics?days=90', viewer)).text)('.files').length).toBe(0);
    expect((await get(dashboard, '/analytics/volume.csv?days=90', analyst)).status).toBe(200);
    const notes = await dashboard.db.query(
      `select subject, detail->>'kind' as kind from audit where action = 'analytics.exported' and actor = 'analyst@example.com'`,
    );
    expect(notes).toEqual([{ subject: 'volume', kind: 'csv' }]);
  });

  it('runs nothing in a spreadsheet', async () => {
    await dashboard.db.query(
      `update sources set name = '=HYPERLINK("http://evil.example")' where key = 'forum'`,
    );
    const res = await get(dashboard, '/analytics/sources.csv?days=90', analyst);
    expect(res.text).toContain(`'=HYPERLINK`);
    expect(res.headers['content-disposition']).toMatch(/^attachment; filename=molva-sources-2026-/);
    await dashboard.db.query(`update sources set name = 'forum' where key = 'forum'`);
  });

  it('says how old the phrases are that it shows', async () => {
    const page = '/analytics/phrases?days=90&topic=tea';
    expect((await get(dashboard, page, analyst)).text).not.toContain('As it was');
    dashboard.setNow(new Date(NOW.getTime() + 20 * 60_000));
    expect((await get(dashboard, page, analyst)).text).toContain('As it was 20 min. ago');
    dashboard.setNow(NOW);
  });

  it.each(
    blocks.filter(({ key }) => key !== 'places' && key !== 'phrases').map(({ key }) => key),
  )('%s is drawn alone as SVG that leads nowhere', async (key) => {
    const res = await get(dashboard, `/analytics/${key}.svg?days=90`, analyst)
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => done(null, Buffer.concat(parts).toString()));
      });
    const $ = load(String(res.body), { xml: true });
    expect($('svg > style').length).toBe(1);
    expect($('a, script, image, use').length).toBe(0);
    expect($('text').length).toBeGreaterThan(3);
  });

  it('is not there for what is no block', async () => {
    for (const part of ['nothing', 'volume.exe', 'volume.csv.svg2', '..%2Fvolume'])
      expect((await get(dashboard, `/analytics/${part}`, analyst)).status, part).toBe(404);
  });
});
