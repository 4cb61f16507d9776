import { load } from 'cheerio';
import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../src/model/rights.ts';
import { listSources } from '../../src/store/sources.ts';
import { countRows } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import { get, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { foreignParts } from './page-check.ts';

const TEA = { kind: 'feed', url: 'https://tea.example/feed', name: 'Tea' };
const OPML = `<?xml version="1.0"?><opml version="2.0"><body><outline text="Folder"><outline text="A &lt;b&gt;" xmlUrl="https://a.example/feed"/></outline><outline text="bad" xmlUrl="mailto:x"/></body></opml>`;
let dashboard: TestDashboard;
let people: Record<Role, Visitor>;

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  people = await visitors(dashboard);
});

function upload(visitor: Visitor, text: string, csrf = visitor.csrf) {
  return request(dashboard.app)
    .post('/sources/import')
    .set('cookie', visitor.cookie)
    .field('_csrf', csrf)
    .attach('opml', Buffer.from(text), 'list.opml');
}

describe('adding a source', () => {
  it('shows what was found with what the best of it would bring, and stores nothing', async () => {
    const { text, status } = await post(dashboard, '/sources/find', people.pr, {
      address: 'tea.example/feed',
    });
    expect(status).toBe(200);
    const $ = load(text);
    expect($('form[action="/sources/add"] input[name=url]').attr('value')).toBe(TEA.url);
    expect($('#preview .mention h3').first().text()).toBe('First cup');
    expect(foreignParts(text)).toEqual([]);
    expect([await countRows(dashboard.db, 'sources'), await countRows(dashboard.db, 'documents')]).toEqual([
      0, 0,
    ]);
  });

  it('watches what was chosen, once, and writes down who did it', async () => {
    const first = await post(dashboard, '/sources/add', people.pr, TEA);
    expect(first.headers.location).toBe('/sources/tea-example-feed?done=1&what=added');
    const again = await post(dashboard, '/sources/add', people.pr, TEA);
    expect(again.headers.location).toBe('/sources/tea-example-feed?done=1&what=known');
    expect(await listSources(dashboard.db)).toMatchObject([{ name: 'Tea', origin: 'user', enabled: true }]);
    expect(await dashboard.db.query(`select actor from audit where action = 'source.added'`)).toEqual([
      { actor: 'pr@example.com' },
    ]);
  });

  it('says in words what could not be read', async () => {
    const { text } = await post(dashboard, '/sources/find', people.pr, {
      address: 'https://nothing.example',
    });
    expect(load(text)('[role=alert]').text()).toMatch(/Nothing was found/);
    expect(load(text)('details').text()).toMatch(/404/);
  });
});

describe('a source of ours', () => {
  beforeEach(() => post(dashboard, '/sources/add', people.pr, TEA));
  const only = async () => (await listSources(dashboard.db))[0];

  it('is rescheduled, paused, resumed and removed', async () => {
    const at = (action: string, form: Record<string, string>) =>
      post(dashboard, `/sources/tea-example-feed/${action}`, people.pr, form);
    await at('schedule', { kind: 'cron', every: '30', cron: '*/5 * * * *' });
    expect(await only()).toMatchObject({
      schedule: { kind: 'cron', expression: '*/5 * * * *' },
      everyMs: 1_800_000,
    });
    expect((await at('schedule', { kind: 'cron', every: '30', cron: 'never' })).status).toBe(400);
    await at('enabled', { enabled: '0' });
    expect(await only()).toMatchObject({ enabled: false, schedule: { kind: 'cron' } });
    await at('enabled', { enabled: '1' });
    await at('canary', { url: 'https://tea.example/1', text: 'cup' });
    expect((await get(dashboard, '/sources/tea-example-feed', people.pr)).text).toContain('value="cup"');
    expect((await at('remove', {})).headers.location).toBe('/sources?done=1&what=removed');
    expect(await only()).toBeUndefined();
  });

  it('tells its trouble in the reader’s language, and what the program said behind that', async () => {
    const trouble = { code: 'http-403', message: 'status 403 from <b>tea</b>', at: '2026-11-22T08:00:00Z' };
    await dashboard.db.query('update sources set trouble = $1::jsonb', [JSON.stringify(trouble)]);
    await dashboard.db.query(`update users set language = 'ru'`);
    const $ = load((await get(dashboard, '/sources/tea-example-feed', people.viewer)).text);
    expect($('.note').text()).toContain('Сайт не пускает нас (ошибка 403).');
    expect($('.note details').text()).toContain('status 403 from <b>tea</b>');
  });

  it('is exported, and comes back by an upload', async () => {
    const { text, headers } = await get(dashboard, '/sources/export.opml', people.pr);
    expect(headers['content-disposition']).toContain('molva.opml');
    await truncate(dashboard.db);
    people = await visitors(dashboard);
    expect((await upload(people.pr, text)).status).toBe(200);
    expect(await only()).toMatchObject({ url: TEA.url, name: 'Tea' });
  });
});

describe('an uploaded list', () => {
  it('is taken in part, what is wrong is listed as text', async () => {
    const { text, status } = await upload(people.pr, OPML);
    expect(status).toBe(200);
    expect(load(text)('[role=status]').text()).toMatch(/Added: 1.*Refused: 1/s);
    expect(foreignParts(text)).toEqual([]);
    expect(await listSources(dashboard.db)).toMatchObject([{ name: 'A <b>' }]);
  });

  it('can be pasted, and says of each line what became of it and why', async () => {
    const text = OPML.replace('</body>', '<outline text="home" xmlUrl="http://192.168.0.1/feed"/></body>');
    await post(dashboard, '/sources/import', people.pr, { pasted: OPML });
    const res = await post(dashboard, '/sources/import', people.pr, { opml: ' ', pasted: text });
    const lines = load(res.text.replaceAll('<br>', ' '))('#imported li')
      .toArray()
      .map((node) => load(node).text().replace(/\s+/g, ' ').trim());
    expect(lines).toEqual([
      'bad mailto:x only http and https addresses are read',
      'home http://192.168.0.1/feed an address of a private network; if you mean it, add it to crawl.allow_private',
      'A <b> https://a.example/feed',
    ]);
    expect(load(res.text)('#imported a').attr('href')).toBe('/sources/a-example-feed');
    expect(foreignParts(res.text)).toEqual([]);
  });

  it('is refused without the session’s secret, without the role, and when it is too large', async () => {
    expect((await upload(people.pr, OPML, 'wrong')).status).toBe(403);
    expect((await upload(people.viewer, OPML)).status).toBe(403);
    expect((await upload(people.pr, ' '.repeat(2_200_000))).status).toBe(413);
    expect(await countRows(dashboard.db, 'sources')).toBe(0);
  });
});
