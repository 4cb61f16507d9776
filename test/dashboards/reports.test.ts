import { load } from 'cheerio';
import { beforeEach, expect, it } from 'vitest';
import { PermanentError } from '../../src/lib/errors.ts';
import { addDocument, addMention, addSources, addTopic, countRows } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';

const bare = await openDashboard();
const dashboard: TestDashboard = await openDashboard({
  db: bare.db,
  reports: {
    ...bare.deps.reports,
    pdf: () => Promise.reject(new PermanentError('no-browser', 'Install Chromium.')),
  },
});
let pr: Visitor;

beforeEach(async () => {
  await truncate(dashboard.db);
  pr = await visitAs(dashboard, await makeUser(dashboard, 'pr'));
  const [source] = await addSources(dashboard.db, 'forum');
  const topic = await addTopic(dashboard.db, 'romashka');
  const document = await addDocument(dashboard.db, source!, '1', { text: '<script>1</script>' });
  await addMention(dashboard.db, document, topic);
  await dashboard.db.query('update mentions set created_at = $1', [new Date(NOW.getTime() - 48 * 3_600_000)]);
});

const make = (form: Record<string, string>) => post(dashboard, '/reports', pr, form);

it('is made by hand of any days that are over, and says who made it', async () => {
  const res = await make({ from: '2026-11-01', to: '2026-11-21', topics: 'romashka' });
  expect(res.status).toBe(303);
  const page = await get(dashboard, `${res.headers.location}/page`, pr);
  expect(page.headers['content-security-policy']).toContain('sandbox');
  const text = load(page.text).text();
  expect(text).toContain('1 mention');
  expect(text).toContain('1 November 2026 – 21 November 2026');
  expect(text).toMatch(/Sat,? 21 Nov/);
  const [audit] = await dashboard.db.query(`select actor, detail from audit where action = 'report.made'`);
  expect(audit).toEqual({ actor: 'pr@example.com', detail: { from: '2026-11-01', to: '2026-11-21' } });
  expect((await get(dashboard, '/reports', pr)).text).toContain(res.headers.location);
});

it('draws a year in steps of weeks', async () => {
  const res = await make({ from: '2025-11-22', to: '2026-11-21' });
  const page = load((await get(dashboard, `${res.headers.location}/page`, pr)).text);
  expect(page('h2').text()).toContain('In steps of 14 days');
});

it.each([
  ['2026-11-21', '2026-11-20'],
  ['2026-11-01', '2026-11-23'],
  ['2024-01-01', '2026-11-20'],
  ['2026-02-30', '2026-03-05'],
  ['', ''],
  ["'; drop table reports", 'x'],
])('is not made of %j to %j, and says why', async (from, to) => {
  const res = await make({ from, to });
  expect(res.status).toBe(400);
  expect(load(res.text)('[role=alert]').text()).toContain('Choose days');
  expect(await countRows(dashboard.db, 'reports')).toBe(0);
});

it('says how to print where no PDF can be made', async () => {
  const { location } = (await make({ from: '2026-11-01', to: '2026-11-21' })).headers;
  const res = await get(dashboard, `${location}/pdf`, pr);
  expect(res.status).toBe(503);
  expect(load(res.text)('[role=alert]').text()).toContain('Save as PDF');
});
