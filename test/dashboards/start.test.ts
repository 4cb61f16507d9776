import { randomUUID } from 'node:crypto';
import { load } from 'cheerio';
import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tradeOf } from '../../dashboards/start/trade-of.ts';
import type { Role } from '../../src/model/rights.ts';
import { findRecipient } from '../../src/store/digests.ts';
import { listSources } from '../../src/store/sources.ts';
import { listTopics, saveTopic } from '../../src/store/topics.ts';
import { addDocument, addSources, countRows } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { foreignParts } from './page-check.ts';
import { seedStory } from './seed.ts';

let dashboard: TestDashboard;
let people: Record<Role, Visitor>;

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  people = await visitors(dashboard);
  dashboard.asked.length = 0;
});

const page = async (path: string, who: Visitor = people.pr) => load((await get(dashboard, path, who)).text);
const brand = (change: Record<string, string> = {}) =>
  post(dashboard, '/start/brand', people.pr, {
    name: 'Romashka',
    chosen: '1',
    take: '0',
    do: 'save',
    ...change,
  });

/** A form with fields of one name. */
function send(path: string, who: Visitor, fields: [string, string][]) {
  const body = new URLSearchParams([['_csrf', who.csrf], ...fields]).toString();
  return request(dashboard.app).post(path).redirects(0).type('form').set('cookie', who.cookie).send(body);
}

describe('the first steps', () => {
  it('begin where something is still to be done, and say which of five it is', async () => {
    const next = async () => (await get(dashboard, '/start', people.pr)).headers.location;
    expect(await next()).toBe('/start/brand');
    await saveTopic(dashboard.db, { key: 'tea', name: 'Tea', query: 'tea' }, 'config', NOW);
    expect(await next()).toBe('/start/sources');
    const $ = await page('/start/sources');
    expect($('main').text()).toContain('2 of 5');
    expect($('title').text()).toContain('2 of 5');
    expect($('.way a[aria-current=step]').attr('href')).toBe('/start/sources');
    expect($('.way li').first().text()).toContain('done');
    expect($('.onward a').last().attr('href')).toBe('/start/customers');
  });

  it('end in words and places, none of which a role may not see', async () => {
    const $ = await page('/start/customers', people.analyst);
    expect($('a[href="/customers/import"], a[href="/crm"]').length).toBe(0);
    expect($('main').text()).toContain('An administrator can do this.');
    expect((await page('/start/look', people.analyst))('a[href="/users"]').length).toBe(0);
  });
});

describe('a brand', () => {
  it('is proposed with spellings, why each, and a check where its name is a word', async () => {
    const $ = await page(`/start/brand?${new URLSearchParams({ name: 'Ромашка', about: 'магазин' })}`);
    const spellings = $('#proposal .picks code').map((_, node) => $(node).text());
    expect(spellings.get()).toContain('romashka');
    expect($('#proposal input[name=take]:checked').length).toBe(spellings.length);
    expect($('#proposal input[name=contextCheck]').is(':checked')).toBe(true);
    expect($('#proposal').text()).toContain('Nothing is stored yet');
    const plain = await page('/start/brand?name=Tinkoff');
    expect(plain('#proposal input[name=contextCheck]').is(':checked')).toBe(false);
  });

  it('is tried on what is stored', async () => {
    const [source] = await addSources(dashboard.db, 'tea');
    for (const [at, text] of ['Our Tinkoff card', 'tinkoff again', 'the weather'].entries())
      await addDocument(dashboard.db, source!, String(at), { text });
    const $ = await page('/start/brand?name=Tinkoff');
    expect($('#proposal [role=status]').text()).toBe(
      'Found in what is stored: 2. Looked through: 3 documents.',
    );
    expect($('#proposal').text()).toContain('Our Tinkoff card');
  });

  it('becomes a topic of those spellings that were ticked, and the past is matched', async () => {
    const res = await brand({ contextCheck: 'yes', about: 'shop' });
    expect(res.headers.location).toBe('/start/sources?done=1&what=topic');
    expect(await listTopics(dashboard.db)).toMatchObject([
      {
        key: 'romashka',
        name: 'Romashka',
        query: 'Romashka',
        contextCheck: true,
        about: 'shop',
        origin: 'user',
      },
    ]);
    expect(dashboard.asked).toEqual(['rematch']);
    expect((await page(res.headers.location!))('[role=status]').text()).toContain('The topic is saved');
  });

  it('is counted again without being saved', async () => {
    const res = await brand({ do: 'recount' });
    expect(load(res.text)('#proposal input[name=take]:checked').length).toBe(1);
    expect(await countRows(dashboard.db, 'topics')).toBe(0);
  });

  it.each([
    ['nothing is ticked', { take: '999' }],
    ['it holds no word', { name: '!!' }],
  ])('is refused in words where %s', async (_what, change) => {
    const res = await brand(change);
    expect(res.status).toBe(400);
    expect(load(res.text)('[role=alert]').text().trim()).not.toBe('');
    expect(await countRows(dashboard.db, 'topics')).toBe(0);
  });

  it('may be named as hostile as anybody likes, and stays text', async () => {
    const name = '"><script>alert(1)</script> OR (';
    const res = await get(
      dashboard,
      `/start/brand?${new URLSearchParams({ name, aliases: name })}`,
      people.pr,
    );
    expect(res.status).toBe(200);
    expect(foreignParts(res.text)).toEqual([]);
    await brand({ name, aliases: name });
    expect(foreignParts((await get(dashboard, '/start/brand', people.pr)).text)).toEqual([]);
  });
});

describe('first sources', () => {
  it('are proposed by language and by what the topic is about', async () => {
    await brand({ about: 'a bank' });
    const keys = async (path: string) => {
      const $ = await page(path);
      return $('input[name=starter]')
        .map((_, node) => $(node).attr('value'))
        .get();
    };
    expect((await keys('/start/sources')).slice(0, 2)).toEqual(['guardian-money', 'finextra']);
    expect(await keys('/start/sources?language=ru&trade=food')).toContain('kitchen-nax');
    expect(await keys('/start/sources?language=en&trade=')).not.toContain('finextra');
  });

  it('are added as they were picked, once, with who did it', async () => {
    const picks: [string, string][] = [
      ['starter', 'bbc-business'],
      ['starter', 'finextra'],
      ['starter', 'nonsense'],
    ];
    const res = await send('/start/sources', people.pr, picks);
    expect(res.headers.location).toBe('/start/sources?done=1&what=picked');
    await send('/start/sources', people.pr, picks);
    expect((await listSources(dashboard.db)).map(({ name }) => name)).toEqual(['BBC Business', 'Finextra']);
    const rows = await dashboard.db.query(`select actor from audit where action = 'source.added'`);
    expect(rows).toEqual([{ actor: 'pr@example.com' }, { actor: 'pr@example.com' }]);
    const $ = await page('/start/sources?trade=bank');
    expect($('#proposed').text()).toContain('Finextra ✓ watched');
    expect((await send('/start/sources', people.pr, [])).headers.location).toContain('what=nothing');
  });

  it('of one’s own come back to the step, by the pages that add any source', async () => {
    const found = await post(dashboard, '/sources/find', people.pr, {
      address: 'tea.example/feed',
      back: 'sources',
    });
    const $ = load(found.text);
    expect($('form[action="/sources/add"] input[name=back]').attr('value')).toBe('sources');
    expect($('main a[href="/start/sources"]').length).toBe(1);
    const chosen = { kind: 'feed', url: 'https://tea.example/feed', name: 'Tea' };
    const added = await post(dashboard, '/sources/add', people.pr, { ...chosen, back: 'sources' });
    expect(added.headers.location).toBe('/start/sources?done=1&what=added');
    const opml = '<opml version="2.0"><body><outline xmlUrl="https://a.example/feed"/></body></opml>';
    const listed = await post(dashboard, '/sources/import', people.pr, { pasted: opml, back: 'sources' });
    expect(load(listed.text)('main a[href="/start/sources"]').length).toBeGreaterThan(0);
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '__proto__',
    'toString',
  ])('go nowhere else: %s', async (back) => {
    const chosen = { kind: 'feed', url: 'https://tea.example/feed', name: 'Tea', back };
    const added = await post(dashboard, '/sources/add', people.pr, chosen);
    expect(added.headers.location).toBe('/sources/tea-example-feed?done=1&what=added');
  });

  it.each([
    ['сеть магазинов', 'shop'],
    ['Банк', 'bank'],
    ['a coffee house', 'food'],
    ['тестобанк', null],
    ['', null],
  ])('suit what the brand is: %s', (about, trade) => {
    expect(tradeOf(about)).toBe(trade);
  });
});

describe('whom to tell', () => {
  it('is oneself in the morning, as the page of digests keeps it', async () => {
    await saveTopic(dashboard.db, { key: 'tea', name: 'Tea', query: 'tea' }, 'user', NOW);
    const form = { at: '07:45', zone: 'Asia/Omsk', topics: 'tea' };
    expect((await post(dashboard, '/start/digest', people.pr, form)).headers.location).toBe(
      '/start/digest?done=1',
    );
    const saved = await findRecipient(dashboard.db, 'pr@example.com');
    expect(saved).toMatchObject({
      sendAt: '07:45',
      zone: 'Asia/Omsk',
      topics: ['tea'],
      enabled: true,
      whenQuiet: true,
    });
    const rows = await dashboard.db.query(`select actor from audit where action = 'digest.saved'`);
    expect(rows).toEqual([{ actor: 'pr@example.com' }]);
  });

  it('changes nothing that this step does not ask for', async () => {
    const whole = {
      email: 'pr@example.com',
      language: 'ru',
      at: '09:00',
      zone: 'UTC',
      weekdays: '1',
      weekly: '5',
    };
    await post(dashboard, '/digests/save', people.pr, whole);
    await post(dashboard, '/start/digest', people.pr, { at: '10:00', zone: 'UTC' });
    expect(await findRecipient(dashboard.db, 'pr@example.com')).toMatchObject({
      sendAt: '10:00',
      language: 'ru',
      weekdays: [1],
      weeklyOn: 5,
    });
  });

  it('says what is wrong and keeps what was written', async () => {
    const res = await post(dashboard, '/start/digest', people.pr, { at: '7', zone: 'Moon/Sea' });
    expect(res.status).toBe(400);
    const $ = load(res.text);
    expect($('[role=alert]').text()).toContain('no such time zone');
    expect($('input[name=zone]').attr('value')).toBe('Moon/Sea');
    expect(await countRows(dashboard.db, 'digest_recipients')).toBe(0);
  });

  it('is a CRM too, on trial, for administrators', async () => {
    const $ = await page('/start/digest', people.admin);
    const id = $('form[action="/start/digest/test#test"] input[name=id]').attr('value')!;
    const res = await post(dashboard, '/start/digest/test', people.admin, { key: 'hook', id });
    expect(load(res.text)('#test [role=status]').text()).toContain('ok');
    expect(await dashboard.db.query(`select subject from audit where action = 'crm.tested'`)).toEqual([
      { subject: 'endpoint:hook' },
    ]);
    const other = { key: 'nobody', id: randomUUID() };
    expect((await post(dashboard, '/start/digest/test', people.admin, other)).status).toBe(404);
    expect((await page('/start/digest'))('form[action="/start/digest/test#test"]').length).toBe(0);
  });
});

describe('what was found so far', () => {
  it('tells how far the first visits are, and of mentions once there are some', async () => {
    await addSources(dashboard.db, 'a', 'b');
    await dashboard.db.query(`update sources set last_success_at = $1 where key = 'a'`, [NOW]);
    const $ = await page('/start/look');
    expect($('#look-words').text()).toBe(
      'The first visits are under way: 1 of 2 read. Posts collected: 0; mentions among them: 0.',
    );
    expect($('#look-list').attr('data-again')).toBe('3000');
    expect($('#look-cards a[href="/start/brand"]').length).toBe(1);
    await truncate(dashboard.db);
    people = await visitors(dashboard);
    await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
    const later = await page('/start/look');
    expect(later('#look-cards article').length).toBeGreaterThan(0);
    expect(Number(later('#look-cards').attr('data-count'))).toBe(later('#look-cards article').length);
  });

  it('stays quick to read where there is nothing at all', async () => {
    const $ = await page('/start/look');
    expect($('#look-words').text()).toBe('There are no sources yet, so nothing is read.');
    expect($('#look-list').attr('data-again')).toBeUndefined();
  });
});

describe('the reminder of today', () => {
  const reminder = async (who: Visitor) =>
    (await page('/today', who))('.reminder a')
      .map((_, node) => node.attribs.href)
      .get();

  it('names what is still to be set up, to those who may', async () => {
    await brand();
    expect(await reminder(people.pr)).toEqual([
      '/start/sources',
      '/start/customers',
      '/start/digest',
      '/start',
    ]);
    expect(await reminder(people.viewer)).toEqual([]);
  });

  it('is put away for good by one, not for others', async () => {
    expect((await post(dashboard, '/start/hide', people.pr, {})).headers.location).toBe('/today');
    await post(dashboard, '/start/hide', people.pr, {});
    expect(await reminder(people.pr)).toEqual([]);
    expect(await reminder(people.admin)).not.toEqual([]);
  });
});
