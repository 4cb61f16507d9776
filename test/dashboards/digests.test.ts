import { load } from 'cheerio';
import { beforeEach, expect, it } from 'vitest';
import { findRecipient, listDigests, syncRecipients, unsubscribe } from '../../src/store/digests.ts';
import { RECIPIENT } from '../support/full-store.ts';
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

const dashboard: TestDashboard = await openDashboard();
let anna: Visitor;
let admin: Visitor;

beforeEach(async () => {
  await truncate(dashboard.db);
  dashboard.setNow(NOW);
  anna = await visitAs(dashboard, await makeUser(dashboard, 'pr', { email: 'anna@example.com' }));
  admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
});

const FORM = {
  email: 'anna@example.com',
  enabled: '1',
  language: 'ru',
  at: '07:41',
  zone: 'Asia/Kathmandu',
  quiet: '1',
  weekly: '1',
  monthly: '28',
};
const save = (form: Record<string, string>, who = anna) => post(dashboard, '/digests/save', who, form);
const stored = (key = 'anna@example.com') => findRecipient(dashboard.db, key);

it('lets people set up their own digest, to the minute, in their zone and language', async () => {
  await addTopic(dashboard.db, 'romashka');
  expect((await get(dashboard, '/digests/new', anna)).text).toContain('anna@example.com');
  expect((await save({ ...FORM, weekdays: '5', topics: 'romashka' })).status).toBe(303);
  expect(await stored()).toMatchObject({
    origin: 'user',
    enabled: true,
    language: 'ru',
    sendAt: '07:41',
    zone: 'Asia/Kathmandu',
    weekdays: [5],
    topics: ['romashka'],
    weeklyOn: 1,
    monthlyOn: 28,
    nextRunAt: new Date('2026-11-27T01:56:00Z'),
    weeklyAt: new Date('2026-11-23T01:56:00Z'),
    monthlyAt: new Date('2026-11-28T01:56:00Z'),
  });
  const page = load((await get(dashboard, `/digests/of/${(await stored())!.id}`, anna)).text);
  expect(page('input[name=weekdays][checked]').attr('value')).toBe('5');
  expect(page('input[name=at]').attr('value')).toBe('07:41');
  const [audit] = await dashboard.db.query(`select actor, detail from audit where action = 'digest.saved'`);
  expect(audit).toMatchObject({ actor: 'anna@example.com', detail: { sendAt: '07:41' } });
});

it('lets nobody but administrators touch the digest of another', async () => {
  await syncRecipients(dashboard.db, [RECIPIENT]);
  const { id } = (await stored(RECIPIENT.key))!;
  for (const path of [`/digests/of/${id}`, `/digests/of/${id}/preview`, `/digests/of/${id}/preview/mail`]) {
    expect((await get(dashboard, path, anna)).status).toBe(403);
    expect((await get(dashboard, path, admin)).status).toBe(200);
  }
  expect((await save({ ...FORM, email: RECIPIENT.email })).status).toBe(403);
  expect((await post(dashboard, `/digests/of/${id}/send`, anna, {})).status).toBe(403);
  expect(await countRows(dashboard.db, 'digests')).toBe(0);
  expect((await save({ ...FORM, email: 'list@example.org' }, admin)).status).toBe(303);
  expect(await stored('list@example.org')).toMatchObject({ origin: 'user' });
});

it.each([
  ['at', '25:00'],
  ['zone', 'Mars/Olympus'],
  ['weekdays', '9'],
  ['weekly', '8'],
  ['monthly', '29'],
  ['topics', 'gone'],
])('says what is wrong with %s = %s and keeps what was typed', async (field, value) => {
  const res = await save({ ...FORM, [field]: value });
  expect(res.status).toBe(400);
  expect(load(res.text)('[role=alert]').text()).not.toBe('');
  expect(await stored()).toBeNull();
});

it('keeps what people have set when the configuration says something else', async () => {
  await save(FORM);
  const other = { ...RECIPIENT, key: 'anna@example.com', email: 'anna@example.com', sendAt: '10:00' };
  await syncRecipients(dashboard.db, [other]);
  expect(await stored()).toMatchObject({ sendAt: '07:41', enabled: true });
  await syncRecipients(dashboard.db, []);
  expect(await stored()).toMatchObject({ enabled: true });
});

it('begins anew for whoever comes back, without a mail about the time between', async () => {
  await save(FORM);
  const { unsubscribeToken } = (await stored())!;
  await unsubscribe(dashboard.db, unsubscribeToken, NOW);
  dashboard.setNow(new Date('2027-03-01T12:00:00Z'));
  await dashboard.db.query(`update sessions set expires_at = '2028-01-01', last_seen_at = '2027-03-01'`);
  await save(FORM);
  expect(await stored()).toMatchObject({ unsubscribedAt: null, unsubscribeToken });
  expect((await stored())!.nextRunAt.toISOString()).toBe('2027-03-02T01:56:00.000Z');
});

it('shows before what it sends, and sends it once a minute', async () => {
  const [source] = await addSources(dashboard.db, 'forum');
  const document = await addDocument(dashboard.db, source!, '1', { text: 'Чайник <i>течёт</i>' });
  await addMention(dashboard.db, document, await addTopic(dashboard.db, 'romashka'));
  await dashboard.db.query('update mentions set created_at = $1', [new Date(NOW.getTime() - 60_000)]);
  await save(FORM);
  const { id, unsubscribeToken } = (await stored())!;
  const preview = await get(dashboard, `/digests/of/${id}/preview/mail`, anna);
  expect(preview.headers['content-security-policy']).toContain('sandbox');
  expect(preview.text).toContain('Чайник &lt;i&gt;течёт');
  expect(preview.text).not.toContain(unsubscribeToken);
  expect(await countRows(dashboard.db, 'digests')).toBe(0);
  const send = () => post(dashboard, `/digests/of/${id}/send`, anna, {});
  expect((await send()).headers.location).toContain('what=sent');
  expect((await send()).headers.location).toContain('what=again');
  const [digest, ...more] = await listDigests(dashboard.db, 5);
  expect(more).toEqual([]);
  const plain = (mail: string) => mail.replace(/\/(said|unsubscribe)\/[\w.-]+/g, '/$1/shown');
  expect(plain(digest!.html).replace('<head>', '<head><base target="_blank">')).toBe(preview.text);
  const [delivery] = await dashboard.db.query<{ payload: Record<string, unknown> }>(
    `select payload from deliveries where channel = 'mail'`,
  );
  expect(delivery!.payload).toMatchObject({
    to: 'anna@example.com',
    html: digest!.html,
    headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  });
  const archived = await get(dashboard, `/digests/${digest!.id}/mail`, admin);
  expect(archived.text).not.toContain(unsubscribeToken);
  expect(archived.text).not.toMatch(/\/said\/[tna]\./);
});
