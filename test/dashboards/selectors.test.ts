import { load } from 'cheerio';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSelectorDesk } from '../../src/jobs/try-selectors.ts';
import type { CrawlContext } from '../../src/model/ports.ts';
import type { Role } from '../../src/model/rights.ts';
import { listSources } from '../../src/store/sources.ts';
import { discoveryOn } from '../jobs/local-sites.ts';
import { countRows } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import {
  get,
  openDashboard,
  post,
  readHere,
  reviewsPage,
  TEST_WEB,
  type TestDashboard,
  type Visitor,
  visitors,
} from './dashboard.ts';
import { foreignParts } from './page-check.ts';
import { PAYLOADS } from './payloads.ts';

const PATH = '/sources/new/selectors';
const REVIEWS = 'https://kettle.example/reviews';
const GOOD = {
  address: REVIEWS,
  item: '.otzyv',
  text: '.slova',
  author: '.avtor',
  date: 'time',
  permalink: 'h3 a@href',
};
let dashboard: TestDashboard;
let people: Record<Role, Visitor>;

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  openWeb(discoveryOn(TEST_WEB).fetchFor);
  await truncate(dashboard.db);
  people = await visitors(dashboard);
});

async function look(form: Record<string, string>, path = PATH) {
  const { text, status, headers } = await post(dashboard, path, people.pr, form);
  const $ = load(text);
  return {
    text,
    status,
    headers,
    $,
    summary: $('#summary').text(),
    at: (place: string) => $(`.at-${place}`).text(),
  };
}

/** Looks at another web from now on. */
function openWeb(fetchFor: (signal: AbortSignal) => CrawlContext['fetch']): void {
  const { clock, sources } = dashboard.deps;
  sources.lookWithSelectors = createSelectorDesk({ clock, fetchFor, read: readHere });
}

describe('a source told by selectors', () => {
  it('is asked for by its address alone, then shown with selectors that the page suggests', async () => {
    const { text } = await get(dashboard, PATH, people.pr);
    expect(load(text)('#at-item').length).toBe(0);
    const { $, summary } = await look({ address: 'kettle.example/reviews' });
    expect($('#address').attr('value')).toBe(REVIEWS);
    expect($('#at-item').attr('value')).toBe('.otzyv');
    expect($('[name=name]').attr('value')).toBe('Kettles');
    expect(summary).toContain('Posts on the page: 3. Would be collected: 3.');
    expect($('#items article h3').first().text()).toBe('Review 0');
  });

  it('shows beside each selector what it found, how often, and what is wrong with it', async () => {
    const { $, at, text } = await look({
      ...GOOD,
      text: '.slova, h3',
      author: 'div[',
      title: '.nobody',
      date: '.avtor',
    });
    expect(at('item')).toMatch(/One post\s+3/);
    expect(at('text')).toMatch(/Text\s+6\s+3 of 3/);
    expect(at('title')).toContain('Finds nothing.');
    expect(at('date')).toContain('cannot be read as a date');
    expect($('#mistake-author').text()).toContain('Character 5: a name is expected at the end');
    expect($('#at-author').attr('aria-invalid')).toBe('true');
    expect($('#summary').text()).toContain('A selector has a mistake, marked above.');
    expect(foreignParts(text)).toEqual([]);
  });

  it('stays as it was written while nothing is wished otherwise', async () => {
    const blank = await look({ address: REVIEWS, live: '1' });
    expect(blank.$('#at-item').attr('value')).toBe('');
    expect((await look({ ...GOOD, do: 'suggest' })).$('#at-title').attr('value')).toBe('h3');
    const written = await look({ ...GOOD, zone: '0', kind: 'comment', on: 'page', link: 'h3 a' });
    expect(written.$('#at-link').attr('value')).toBe('h3 a');
    expect(written.$('[name=zone] [selected]').text()).toBe('UTC+0');
    expect(written.$('[name=kind] [selected]').attr('value')).toBe('comment');
  });

  it('is watched once it would collect something, and who did it is written down', async () => {
    const { headers } = await look({ ...GOOD, name: 'Kettles' }, `${PATH}/save`);
    expect(headers.location).toBe('/sources/kettle-example-reviews?done=1&what=added');
    expect(await listSources(dashboard.db)).toMatchObject([
      {
        kind: 'selectors',
        url: REVIEWS,
        name: 'Kettles',
        settings: { list: { item: '.otzyv' }, fields: { text: '.slova' } },
      },
    ]);
    expect(await dashboard.db.query(`select actor from audit where action = 'source.added'`)).toEqual([
      { actor: 'pr@example.com' },
    ]);
  });

  it.each([
    ['a broken selector', { author: 'div[' }],
    ['no text', { text: '' }],
    ['nothing found', { item: '.nobody' }],
    ['a page that is not there', { address: 'https://kettle.example/none' }],
  ])('is not watched with %s, and the page says why', async (_what, change) => {
    const { status, $ } = await look({ ...GOOD, ...change }, `${PATH}/save`);
    expect(status).toBe(400);
    expect($('[role=alert]').text()).toContain('Not saved yet');
    expect($('#at-permalink').attr('value')).toBe('h3 a@href');
    expect(await countRows(dashboard.db, 'sources')).toBe(0);
  });

  it('is not watched twice: its selectors are changed instead', async () => {
    await look(GOOD, `${PATH}/save`);
    const again = await look({ ...GOOD, title: 'h3' }, `${PATH}/save`);
    expect([again.status, again.$('[name=source]').attr('value')]).toEqual([409, 'kettle-example-reviews']);
    const [{ id } = { id: 0 as never }] = await listSources(dashboard.db);
    await dashboard.db.query(
      `insert into pages (source_id, url, role, thread, number, urgency, every_ms) values ($1, 'https://x.example/', 'content', 't', 1, 0, 1)`,
      [id],
    );
    const saved = await look({ ...GOOD, title: 'h3', source: 'kettle-example-reviews' }, `${PATH}/save`);
    expect(saved.headers.location).toBe('/sources/kettle-example-reviews?done=1&what=mended');
    expect(await listSources(dashboard.db)).toMatchObject([{ settings: { fields: { title: 'h3' } } }]);
    // Its pages are read anew, though they have not changed.
    expect(await countRows(dashboard.db, 'pages')).toBe(0);
  });

  it('is opened for a change from its own page', async () => {
    await look(GOOD, `${PATH}/save`);
    const page = await get(dashboard, '/sources/kettle-example-reviews', people.pr);
    const link = load(page.text)(`a[href^="${PATH}"]`).attr('href') ?? '';
    const $ = load((await get(dashboard, link, people.pr)).text);
    expect([$('#at-item').attr('value'), $('#at-text').attr('value')]).toEqual(['.otzyv', '.slova']);
    expect($('form[data-live]').attr('data-live')).toBe('now');
    const viewer = await get(dashboard, '/sources/kettle-example-reviews', people.viewer);
    expect(viewer.text).not.toContain(PATH);
  });
});

it('the site is asked once while selectors are being written, and again when that is wished', async () => {
  const { asked, fetchFor } = discoveryOn({ 'https://kettle.example/counted': reviewsPage() });
  openWeb(fetchFor);
  const form = { ...GOOD, address: 'https://kettle.example/counted' };
  for (const text of ['.s', '.sl', '.slova']) await look({ ...form, text, live: '1' });
  await look(form, `${PATH}/save`);
  expect(asked).toHaveLength(1);
  await look({ ...form, do: 'again' });
  expect(asked).toHaveLength(2);
});

it('a page that a found site is offered on leads here', async () => {
  const { text } = await post(dashboard, '/sources/find', people.pr, { address: REVIEWS });
  const offer = load(text)(`form[action="${PATH}"]`);
  expect(offer.find('[name=address]').attr('value')).toBe(REVIEWS);
  expect((await look({ address: REVIEWS })).status).toBe(200);
});

it('what could not be read is told in the reader’s language, whatever happened', async () => {
  const { summary } = await look({ ...GOOD, address: 'https://kettle.example/none' });
  expect(summary).toContain('The page is gone (error 404)');
});

describe.each(PAYLOADS.map((payload) => [payload]))('%j', (payload) => {
  it('is text in selectors and in what they find', async () => {
    const hostile = {
      ...GOOD,
      name: payload,
      item: payload,
      text: payload,
      title: payload,
      source: payload,
      do: payload,
    };
    for (const path of [PATH, `${PATH}/save`])
      for (const address of [REVIEWS, payload])
        expect(foreignParts((await look({ ...hostile, address }, path)).text), path).toEqual([]);
  });
});

it('what a hostile page says is text', async () => {
  const escaped = PAYLOADS.map((payload) => payload.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
  const items = escaped.map(
    (words, at) =>
      `<div class="otzyv"><b class="avtor">${words}</b><p class="slova" data-x="${words.replaceAll('"', '&quot;')}">${words}</p><a href="javascript:alert(${at})">x</a></div>`,
  );
  const raw = PAYLOADS.map((payload) => `<div class="otzyv"><p class="slova">${payload}</p></div>`);
  for (const body of [items, raw]) {
    const web = {
      'https://evil.example/': `<title>${escaped.join(' ')}</title><body>${body.join('\n')}</body>`,
    };
    openWeb(discoveryOn(web).fetchFor);
    const { text, $ } = await look({
      address: 'https://evil.example/',
      item: '.otzyv',
      text: '.slova',
      title: '.slova@data-x',
      author: '.avtor',
      permalink: 'a@href',
    });
    expect(foreignParts(text)).toEqual([]);
    expect($('#items article').length).toBeGreaterThan(5);
  }
});
