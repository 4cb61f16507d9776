import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoreCustomers } from '../../src/jobs/value/score-customers.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import { listAudit } from '../../src/store/audit.ts';
import { newestScoring } from '../../src/store/value-models.ts';
import { loadResources } from '../jobs/worker.ts';
import { seedCustomers } from './customer-world.ts';
import {
  get,
  makeUser,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';

let dashboard: TestDashboard;
let pr: Visitor;
let viewer: Visitor;
let anna: CustomerId;

beforeAll(async () => {
  dashboard = await openDashboard();
  anna = await seedCustomers(dashboard);
  pr = await visitAs(dashboard, await makeUser(dashboard, 'pr', { language: 'ru' }));
  viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer', { language: 'ru' }));
});
afterAll(() => dashboard.db.close());

const page = async (path: string, who = pr) => load((await get(dashboard, path, who)).text);
const card = (query = '') => page(`/customers/${anna}${query}`);

describe('the card', () => {
  it('answers in order: who, how sure, how valuable, what is wrong, what to do; then the rest', async () => {
    const $ = await card();
    const heads = $('h2')
      .map((_, head) => $(head).text())
      .get();
    expect(heads).toEqual([
      'Публичные аккаунты',
      'Насколько ценен',
      'Что сейчас не так',
      'Что делать дальше',
      'Всё по порядку',
      'Жалобы и их причины',
      'Предпочтения и интересы',
      'Голос на публике',
    ]);
  });

  it('shows the tier of the CRM and the one worked out where they differ', async () => {
    const words = (await card())('.standing').text();
    expect(words).toContain('Категория по CRM');
    expect(words).toContain('CRM и расчёт расходятся');
  });

  it('puts the answer to the overdue case first, and offers nothing meanwhile', async () => {
    const $ = await card();
    const steps = $('.steps-next > li')
      .map((_, one) => $(one).text().replace(/\s+/g, ' '))
      .get();
    expect(steps[0]).toMatch(/Ответить по обращению № \d+ срок прошёл/);
    expect(steps[1]).toContain('Ответить клиенту: телефон');
    expect(steps.join()).not.toContain('Предложить');
  });

  it('never names a channel whose consent was withdrawn, and the hour in the reader’s zone', async () => {
    const words = (await card())('#interests').text();
    expect(words).toContain('Telegram: отвечено 5 из 5');
    expect(words).toContain('около 19:00');
  });

  it('says that risk is no reason to refuse service', async () => {
    expect((await card())('.standing').text()).toContain('никогда не повод отказать');
  });

  it('tells all kinds in one order, newest first, and one kind when asked', async () => {
    const times = async (query: string) => {
      const $ = await card(query);
      return $('.event time')
        .map((_, one) => $(one).attr('datetime'))
        .get();
    };
    const all = await times('');
    expect(all).toEqual(all.toSorted().reverse());
    expect(all.length).toBe(22);
    expect((await times('?kind=contact')).length).toBe(7);
    expect((await times('?kind=<script>')).length).toBe(22);
    expect((await times('?page=2')).length).toBe(0);
  });

  it('keeps a declared interest with who noted it, and refuses what the law guards', async () => {
    expect(
      (await post(dashboard, `/customers/${anna}/interests`, pr, { interest: ' йога  дома ' })).status,
    ).toBe(303);
    expect((await card())('.interests').text()).toMatch(/йога дома\s+со слов клиента · pr@example\.com/);
    for (const interest of ['', 'x'.repeat(81), 'Лекарства от давления']) {
      const res = await post(dashboard, `/customers/${anna}/interests`, pr, { interest });
      expect(res.status).toBe(400);
      expect(load(res.text)('[role=alert]').text()).not.toBe('');
    }
    const actions = (await listAudit(dashboard.db, 20, 0)).map(({ action }) => action);
    expect(actions).toContain('interest.declared');
  });

  it('says why there is no forecast before anything was scored', async () => {
    const fresh = await openDashboard();
    const reader = await visitAs(fresh, await makeUser(fresh, 'viewer', { language: 'ru' }));
    await fresh.db.query(
      `insert into customers (external_id, name, created_at, updated_at) values ('1', 'А', now(), now())`,
    );
    await fresh.db.query(
      `insert into purchases (customer_id, external_id, at, amount, currency, item) select id, '1', '2026-11-01', 5, 'EUR', 'x' from customers`,
    );
    expect((await get(fresh, '/customers/1', reader)).text).toContain('расчёт ещё не проходил');
    await scoreCustomers({ db: fresh.db, clock: fresh.deps.clock, resources: await loadResources() });
    expect((await get(fresh, '/customers/1', reader)).text).toContain(
      'вернулись за покупкой 0 клиентов, а нужно 100',
    );
    expect((await get(fresh, '/portfolio', reader)).text).toContain('вернулись за покупкой 0 клиентов');
    await fresh.db.close();
  });
});

describe('the portfolio', () => {
  it('shows tiers with money, who may leave, who grows, who moved, and why customers fell silent', async () => {
    const $ = await page('/portfolio');
    const heads = $('h2')
      .map((_, head) => $(head).text())
      .get();
    expect(heads).toEqual([
      'Категории и деньги',
      'Могут уйти',
      'Самые перспективные',
      'Кто перешёл',
      'Замолчали, по причинам',
    ]);
    const { model } = (await newestScoring<{ refusals: unknown }>(dashboard.db))!;
    expect(model.refusals).toEqual({ buying: null, spending: {} });
    expect($('.causes').attr('aria-label')).toMatch(/доставка \d+/);
    expect($('section').eq(3).find('td').text()).toMatch(/→/);
  });

  it('counts a tier as its list does', async () => {
    const $ = await page('/portfolio');
    const row = $('tr').filter((_, one) => $(one).find('a[href="/portfolio/tier?part=MVC"]').length > 0);
    const stated = row.find('td').eq(1).text();
    expect((await page('/portfolio/tier?part=MVC'))('.found').text()).toBe(
      `${stated} ${(await page('/portfolio/tier?part=MVC'))('.found').text().split(/\s/).at(-1)}`,
    );
  });

  it('knows no other lists', async () => {
    for (const path of ['/portfolio/nothing', '/portfolio/tier', '/portfolio/quiet?part='])
      expect((await get(dashboard, path, pr)).status).toBe(404);
  });

  it('exports a list that spreadsheets read and no formula runs in, and notes who took it', async () => {
    await dashboard.db.query(
      `update customers set name = '=HYPERLINK("http://evil.example")' where id = (select customer_id from customer_values where churn >= 0.5 and stage <> 'lost' order by churn desc limit 1)`,
    );
    const res = await post(dashboard, '/portfolio/at-risk/export', pr, { part: 'all' });
    expect(res.status).toBe(200);
    expect(res.headers['content-type']).toContain('text/csv');
    expect(res.text.charCodeAt(0)).toBe(0xfeff);
    expect(res.text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    const lines = res.text.trim().split('\n').length - 1;
    const found = Number((await page('/portfolio/at-risk'))('.found').text().replace(/\D/g, ''));
    expect(lines).toBe(found);
    expect(
      (await listAudit(dashboard.db, 5, 0)).find(({ action }) => action === 'customers.exported'),
    ).toMatchObject({
      actor: 'pr@example.com',
      detail: { customers: found },
    });
  });

  it('saves a list as a segment that rules can name, once however often', async () => {
    const save = async (segment: string) =>
      post(dashboard, '/portfolio/promising/segment', pr, { part: 'all', segment });
    expect((await save(' Растущие  клиенты ')).status).toBe(303);
    expect((await save('Растущие клиенты')).headers.location).toContain('n=0');
    const [row] = await dashboard.db.query<{ n: number }>(
      `select count(*)::int as n from customer_segments where segment = 'Растущие клиенты'`,
    );
    expect(row!.n).toBe(Number((await page('/portfolio/promising'))('.found').text().replace(/\D/g, '')));
    for (const wrong of ['', 'x'.repeat(81), 'a"b']) expect((await save(wrong)).status).toBe(400);
  });

  it('lets who only reads neither export nor save', async () => {
    const $ = await page('/portfolio/at-risk', viewer);
    expect($('main form').length).toBe(0);
    expect((await post(dashboard, '/portfolio/at-risk/export', viewer, { part: 'all' })).status).toBe(403);
  });
});
