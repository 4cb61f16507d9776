import { load } from 'cheerio';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Role } from '../../src/model/rights.ts';
import { emptyRecords } from '../../src/store/evidence.ts';
import { truncate } from '../support/store.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let story: Story;
let people: Record<Role, Visitor>;
const HOSTILE = '<script>alert(1)</script>';

beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  people = await visitors(dashboard);
});

const path = (rest = '') => `/cases/${story.case}/evidence${rest}`;
const actions = () =>
  dashboard.db.query(`select action, actor, subject from audit where action like 'evidence.%' order by id`);

it('lists what was kept in order, with what was changed in words and signs, not by colour alone', async () => {
  const { text } = await get(dashboard, path(), people.pr);
  const $ = load(text);
  expect(
    $('.evidence > li > h3')
      .toArray()
      .map((one) => $(one).text().split('·')[1]!.trim()),
  ).toEqual([
    'The text as the program read it',
    'The page as the site sent it',
    'Screenshot of the page',
    'The text was changed',
    'The page could not be had',
  ]);
  expect($('.changes ins').text()).toBe('[added: some edit here]');
  expect($('.then h3').text()).toBe('Record 4 against record 1');
  const hashes = await dashboard.db.query<{ sha256: string }>(
    'select sha256 from evidence_records order by seq',
  );
  for (const { sha256 } of hashes) expect(text).toContain(sha256);
  expect(await actions()).toEqual([
    { action: 'evidence.viewed', actor: 'pr@example.com', subject: `case:${story.case}` },
  ]);
});

it('gives a page of the web as a file to keep, and never as a page', async () => {
  const res = await get(dashboard, path(`/${story.record + 1}/file`), people.pr)
    .buffer(true)
    .parse((r, done) => {
      let body = '';
      r.setEncoding('utf8');
      r.on('data', (chunk) => {
        body += chunk;
      });
      r.on('end', () => done(null, body));
    });
  expect(res.body).toBe(`<html>some page here${HOSTILE}</html>`);
  expect(res.headers['content-type']).toBe('application/octet-stream');
  expect(res.headers['content-disposition']).toBe(
    `attachment; filename="case-${story.case}-record-${story.record + 1}.bin"`,
  );
  expect(res.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
  expect(res.headers['x-content-type-options']).toBe('nosniff');
  expect(await actions()).toMatchObject([{ action: 'evidence.downloaded' }]);
});

it('shows pictures that it took itself, and no other content', async () => {
  const image = (n: number) => get(dashboard, path(`/${story.record + n}/image`), people.pr);
  const res = await image(2);
  expect([res.status, res.headers['content-type'], res.headers['cache-control']]).toEqual([
    200,
    'image/png',
    'no-store',
  ]);
  for (const n of [0, 1, 3, 4, 99]) expect((await image(n)).status).toBe(404);
  const other = `/cases/${story.case + 1}/evidence/${story.record + 2}/image`;
  expect((await get(dashboard, other, people.pr)).status).toBe(404);
});

it.each([
  '/9999/evidence',
  '/x/evidence',
  '/1e3/evidence',
  '/9999/evidence/print',
  '/9999/evidence/1/file',
])('has no page at %s', async (rest) => {
  expect((await get(dashboard, `/cases${rest}`, people.admin)).status).toBe(404);
});

it('prints in the language that is asked for, with hashes, the check, how to check, and room for a signature', async () => {
  const ru = (await get(dashboard, path('/print?language=ru'), people.pr)).text;
  const en = (await get(dashboard, path('/print?language=en'), people.pr)).text;
  for (const words of [
    'Протокол сохранённых сведений',
    'Цепочка цела',
    'sha256sum -c SHA256SUMS',
    'Подпись',
    'добавлено: ',
    'some recorded text here',
    'some author name here, some site here/some handle here',
  ])
    expect(ru).toContain(words);
  for (const words of [
    'Record of preserved evidence',
    'The chain is whole',
    'Signature',
    'The pr (pr@example.com)',
  ])
    expect(en).toContain(words);
  expect(load(ru)('article.protocol').attr('lang')).toBe('ru');
  expect(load(en)('img.shot').attr('src')).toBe(path(`/${story.record + 2}/image`));
  expect(await actions()).toMatchObject([{ action: 'evidence.printed' }, { action: 'evidence.printed' }]);
});

it('checks the chain when it is asked, and says where it is broken', async () => {
  expect((await post(dashboard, path('/verify'), people.pr, {})).text).toContain(
    'The chain is whole: 5 records checked',
  );
  await dashboard.db.query(`update evidence_records set address = 'https://other.example/' where seq = $1`, [
    story.record + 1,
  ]);
  const { text } = await post(dashboard, path('/verify'), people.pr, {});
  expect(load(text)('[role=alert]').text()).toContain(
    'broken at record 2: its details or address were changed',
  );
});

it('is held by PR staff with a reason, and released by an administrator', async () => {
  expect((await post(dashboard, path('/hold'), people.pr, { reason: ' ' })).status).toBe(422);
  expect((await post(dashboard, path('/hold'), people.pr, { reason: HOSTILE })).status).toBe(303);
  const { text } = await get(dashboard, path(), people.pr);
  expect(text).toContain('by pr@example.com: &lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).toContain('An administrator can release it.');
  expect(text).not.toContain('evidence/release');
  expect((await post(dashboard, path('/release'), people.pr, { reason: 'settled' })).status).toBe(403);
  expect((await post(dashboard, path('/release'), people.admin, { reason: 'settled' })).status).toBe(303);
  expect((await post(dashboard, path('/release'), people.admin, { reason: 'settled' })).status).toBe(404);
  const after = await get(dashboard, path(), people.pr);
  expect(after.text).toContain('The legal hold was released');
  const done = (await actions()).map(({ action }) => action);
  expect(done.filter((one) => one !== 'evidence.viewed')).toEqual(['evidence.held', 'evidence.released']);
});

it('says before an erasure what a hold keeps, after it what was kept, and erases that at the release', async () => {
  await post(dashboard, path('/hold'), people.pr, { reason: 'a claim' });
  const customer = `/customers/${story.customer}/erase`;
  const ask = (await get(dashboard, customer, people.admin)).text;
  expect(ask).toContain('Stays until the legal hold is released: 1 case');
  const [row] = await dashboard.db.query<{ number: string }>(
    'select external_id as number from customers where id = $1',
    [story.customer],
  );
  const done = await post(dashboard, customer, people.admin, { number: row!.number });
  expect(done.text).toContain('Kept under a legal hold: 1 case');
  const { text } = await get(dashboard, path(), people.admin);
  expect(text).toContain('The person asked to be erased');
  const released = await post(dashboard, path('/release'), people.admin, { reason: 'settled' });
  expect(released.text).toContain('The erasure that waited is done');
  expect((await get(dashboard, `/cases/${story.case}`, people.admin)).status).toBe(404);
});

it('says of what was emptied that it was, and still gives the hashes', async () => {
  const all = [0, 1, 2, 3, 4].map((n) => story.record + n);
  await dashboard.db.transaction((tx) => emptyRecords(tx, all, 'retention', NOW));
  const { text } = await get(dashboard, path(), people.pr);
  expect(text).toContain('its hashes stay');
  expect(text).toContain('because of their age');
  for (const gone of ['some recorded text here', '/file', '/image']) expect(text).not.toContain(gone);
});

it('teaches what comes where nothing was recorded yet', async () => {
  await dashboard.db.query('delete from evidence_records');
  expect((await get(dashboard, path(), people.pr)).text).toContain('No records yet. They come by themselves');
});
