import { load } from 'cheerio';
import { beforeAll, expect, it } from 'vitest';
import { addAudit } from '../../src/store/audit.ts';
import { get, makeUser, NOW, openDashboard, type TestDashboard, type Visitor, visitAs } from './dashboard.ts';

let dashboard: TestDashboard;
let auditor: Visitor;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  dashboard = await openDashboard();
  auditor = await visitAs(dashboard, await makeUser(dashboard, 'auditor'));
  const add = (hours: number, actor: string, action: string, subject: string) =>
    addAudit(dashboard.db, { at: new Date(NOW.getTime() - hours * HOUR_MS), actor, action, subject });
  await add(1, 'anna@example.com', 'user.role', 'user:12');
  await add(2, 'anna@example.com', 'user.created', 'user:1');
  await add(3, 'boris@example.com', 'case.status', 'case:12');
  // The evening before in Moscow: nine in the morning of the 22nd is noon there.
  await add(13, 'boris@example.com', 'login', 'user:2');
});

async function found(query: string): Promise<string[]> {
  const $ = load((await get(dashboard, `/audit?${query}`, auditor)).text);
  return $('tbody tr')
    .map((_, row) => $(row).find('td').eq(2).find('small').text())
    .get();
}

it.each([
  ['', ['user.role', 'user.created', 'case.status', 'login']],
  ['who=ANNA', ['user.role', 'user.created']],
  ['what=user', ['user.role', 'user.created']],
  ['what=user.role', ['user.role']],
  ['what=use', []],
  ['about=user:1', ['user.created']],
  ['about=user', ['user.role', 'user.created', 'login']],
  ['about=user:12&who=anna', ['user.role']],
  ['from=2026-11-22', ['user.role', 'user.created', 'case.status']],
  ['to=2026-11-21', ['login']],
  ['from=2026-11-21&to=2026-11-21', ['login']],
  ['from=2026-13-45&to=nonsense', ['user.role', 'user.created', 'case.status', 'login']],
  ['who=%25&about=_', []],
])('finds by ?%s', async (query, actions) => {
  expect(await found(query)).toEqual(actions);
});

it('keeps what was asked in the form and in the links to other pages', async () => {
  for (let i = 0; i < 120; i++)
    await addAudit(dashboard.db, { at: NOW, actor: 'x & y', action: 'login', subject: 'user:9' });
  const $ = load((await get(dashboard, '/audit?who=x+%26+y&what=login', auditor)).text);
  expect($('input[name=who]').attr('value')).toBe('x & y');
  expect($('select[name=what] option[selected]').attr('value')).toBe('login');
  const next = $('a[rel=next]').attr('href') ?? '';
  expect(next).toBe('/audit?who=x%20%26%20y&what=login&page=2');
  expect(load((await get(dashboard, next, auditor)).text)('tbody tr').length).toBe(20);
});

it('says what to do when nothing fits', async () => {
  const { text } = await get(dashboard, '/audit?who=nobody', auditor);
  expect(load(text)('.empty').text()).toContain('There are no such entries');
  expect(text).toContain('href="/audit"');
});
