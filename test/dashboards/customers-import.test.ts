import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import request from 'supertest';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createImportDesk } from '../../src/jobs/customer-import/import-desk.ts';
import type { UserId } from '../../src/model/ids.ts';
import type { Role } from '../../src/model/rights.ts';
import { loadWords } from '../jobs/worker.ts';
import { TEST_VAULT } from '../support/rows.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { foreignParts } from './page-check.ts';
import { PAYLOADS } from './payloads.ts';

const PATH = '/customers/import';
let dashboard: TestDashboard;
let people: Record<Role, Visitor>;
const folder = mkdtempSync(join(tmpdir(), 'molva-import-desk-'));

beforeAll(async () => {
  const base = await openDashboard();
  const deps = {
    ...base.deps,
    matchWords: await loadWords(),
    matchPolicy: 'strong_only' as const,
    vault: TEST_VAULT,
    folder,
  };
  writeFileSync(join(folder, 'left.upload'), 'of an earlier process');
  dashboard = await openDashboard({ db: base.db, customerImport: createImportDesk(deps) });
  people = await visitors(dashboard);
});

const send = (content: string | Buffer, name: string, visitor: Visitor | null = people.pr, csrf?: string) => {
  const asks = request(dashboard.app).post(PATH).redirects(0).set('accept-language', 'en');
  if (visitor) asks.set('cookie', visitor.cookie);
  return asks.field('_csrf', csrf ?? visitor?.csrf ?? '').attach('file', Buffer.from(content), name);
};
const look = () => get(dashboard, PATH, people.pr);
const press = (action: string, form: Record<string, string> = {}) =>
  post(dashboard, `${PATH}/${action}`, people.pr, form);

/** The page as it is when nothing is under way any more. */
async function settled() {
  for (let turn = 0; turn < 200; turn += 1) {
    const res = await look();
    if (res.headers.refresh === undefined) return load(res.text);
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('it is still under way');
}

const CSV =
  'ID;Фамилия;Имя;Мобильный телефон;E-mail;Пол\nc1;Ковалёва;Анна;8 916 123-45-67;anna@example.ru;ж\nc2;Иванов;Пётр;нет;petr@example.ru;м\n';

describe('a file of customers', () => {
  beforeEach(() => press('drop'));

  it('goes from the columns to a check to the register, and is deleted then', async () => {
    expect(existsSync(join(folder, 'left.upload'))).toBe(false);
    expect((await send(CSV, 'клиенты.csv')).headers.location).toBe(PATH);
    const [kept] = readdirSync(folder);
    expect(statSync(join(folder, kept!)).mode & 0o777).toBe(0o600);
    const mapping = load((await look()).text);
    expect(
      mapping('table select')
        .toArray()
        .map((one) => mapping(one).val()),
    ).toEqual(['external_id', 'last_name', 'first_name', 'phones', 'emails', '']);
    expect(mapping('table').text()).not.toMatch(/anna@|123-45/);
    const form = { c0: 'external_id', c1: 'last_name', c2: 'first_name', c3: 'phones', c4: 'emails', c5: '' };
    expect((await press('plan', form)).status).toBe(303);
    const plan = await settled();
    expect(plan('#mistakes tbody tr')).toHaveLength(1);
    expect(plan('#changes').text()).toContain('a…@example.ru');
    expect(plan('button.primary').text()).toBe('Import: 2 customers');
    expect(await dashboard.db.query('select 1 from customers')).toEqual([]);
    const csv = await get(dashboard, `${PATH}/mistakes.csv`, people.pr);
    expect(csv.headers['content-disposition']).toContain('mistakes.csv');
    expect(csv.text).toMatch(/^\uFEFF.*\n3,Мобильный телефон,/);
    await press('run');
    const done = await settled();
    expect(done('main').text()).toMatch(/Added: 2\. Updated: 0\. Mistakes and remarks: 1/);
    expect(readdirSync(folder)).toEqual([]);
    expect(await dashboard.db.query('select name from customers order by id')).toEqual([
      { name: 'Анна Ковалёва' },
      { name: 'Пётр Иванов' },
    ]);
    const audit = await dashboard.db.query(`select actor from audit where action = 'customers.imported'`);
    expect(audit).toEqual([{ actor: 'pr@example.com' }]);
    await send(CSV.replace('Анна', 'Анна Б.'), 'другие.csv');
    expect((await look()).text).toContain('A file with the same columns was imported before');
  });

  it('cannot be imported without a number for its customers, and the page says so beside the columns', async () => {
    await send('a;b\n1;2\n', 'x.csv');
    await press('plan', { c0: '', c1: 'name' });
    const $ = await settled();
    expect($('[role=alert]').text()).toMatch(/customer’s number/);
    expect($('table select')).toHaveLength(2);
    await press('choose', { kind: 'purchases' });
    expect((await settled())('[role=alert]').text()).toMatch(/number of the purchase/);
  });

  it('that is none is refused in words', async () => {
    for (const [content, name] of [
      ['', 'x.csv'],
      ['PK\x03\x04 no book', 'x.xlsx'],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'x.xls'],
    ] as const) {
      const res = await send(content, name);
      expect(res.status, name).toBe(400);
      expect(load(res.text)('[role=alert]').text().trim(), name).not.toBe('');
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that is too large is refused before it is read', async () => {
    const res = await send(Buffer.alloc(21 * 1024 * 1024), 'x.csv').catch(() => null);
    if (res) expect(res.headers.location).toBe(`${PATH}?failed=toolarge`);
    expect((await get(dashboard, `${PATH}?failed=toolarge`, people.pr)).text).toContain('larger than 20 MB');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken from those only who may, with the secret of their session', async () => {
    expect((await send(CSV, 'x.csv', people.viewer)).status).toBe(403);
    expect((await send(CSV, 'x.csv', null)).status).toBe(401);
    expect((await send(CSV, 'x.csv', people.pr, 'wrong')).status).toBe(403);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is seen by nobody but who sent it', async () => {
    await send(CSV, 'секрет.csv');
    expect((await get(dashboard, PATH, people.admin)).text).not.toContain('секрет.csv');
    expect((await get(dashboard, `${PATH}/mistakes.csv`, people.admin)).status).toBe(404);
  });

  it('goes away when it has lain there for an hour', async () => {
    await send(CSV, 'x.csv');
    dashboard.setNow(new Date(NOW.getTime() + 61 * 60_000));
    const desk = dashboard.deps.customerImport;
    expect(desk.look(1 as UserId)).toBeNull();
    dashboard.setNow(NOW);
    await press('drop');
  });

  it('is text wherever its names, columns and values are shown', async () => {
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const header = ['external_id', 'name', ...PAYLOADS.map((payload, at) => `${payload} ${at}`)]
      .map(cell)
      .join(';');
    const rows = PAYLOADS.map((payload, at) =>
      [`c${at} ${payload}`, payload, ...PAYLOADS].map((one) => cell(one.slice(0, 400))).join(';'),
    );
    await send(`${header}\n${rows.join('\n')}\n`, `${PAYLOADS[0]}.csv`);
    expect(foreignParts((await look()).text)).toEqual([]);
    const columns = Object.fromEntries(
      PAYLOADS.map((_, at) => [`c${at + 2}`, at % 2 ? 'segments' : 'emails']),
    );
    await press('plan', { c0: 'external_id', c1: 'name', ...columns });
    const page = await settled();
    expect(foreignParts(page.html())).toEqual([]);
    const csv = await get(dashboard, `${PATH}/mistakes.csv`, people.pr);
    expect(csv.text).not.toMatch(/(?:^|[,\n])[=+@-]/);
  });
});
