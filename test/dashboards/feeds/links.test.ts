import { load } from 'cheerio';
import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { newReportToken } from '../../../dashboards/feeds/tokens.ts';
import { createDashboard } from '../../../dashboards/server.ts';
import { reviseCase } from '../../../src/act/cases/revise.ts';
import type { ReportFacts } from '../../../src/act/report/facts.ts';
import type { SavedViewId } from '../../../src/model/ids.ts';
import type { User } from '../../../src/model/user.ts';
import { addReport, setReportParts } from '../../../src/store/reports.ts';
import { addSavedView, deleteSavedView } from '../../../src/store/saved-views.ts';
import { setUserDisabled } from '../../../src/store/users.ts';
import { TEST_VAULT } from '../../support/rows.ts';
import { truncate } from '../../support/store.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from '../dashboard.ts';
import { type Story, seedStory } from '../seed.ts';

const DAY = 86_400_000;
const dashboard: TestDashboard = await openDashboard();
let story: Story;
let pr: User;
let visitor: Visitor;
let view: SavedViewId;

beforeEach(async () => {
  const { db } = dashboard;
  await truncate(db);
  dashboard.setNow(NOW);
  dashboard.app = createDashboard(dashboard.deps);
  story = await seedStory(db, 'plain', (field) =>
    field === 'text' ? 'alert: my mail is anna@example.ru & <b>bold</b>' : `some ${field} here`,
  );
  pr = await makeUser(dashboard, 'pr');
  visitor = await visitAs(dashboard, pr);
  const address = '/mentions?q=alert&topic=plain&tone=negative';
  view = (await addSavedView(db, { ownerId: pr.id, name: 'Тревога <1>', address, isShared: false }, NOW))!;
});

/** Addresses that a page shows once, without the beginning. */
async function made(path: string, form: Record<string, string>, by = visitor): Promise<string[]> {
  const res = await post(dashboard, path, by, form);
  expect(res.status).toBe(200);
  const $ = load(res.text);
  return $('.note.done code')
    .toArray()
    .map((code) => new URL($(code).text()).pathname);
}
const read = (path: string) => request(dashboard.app).get(path);
const feedOf = () => made('/feeds/feed', { view: String(view) });
const linkId = async () =>
  (await dashboard.db.query<{ id: number }>('select max(id) as id from public_links'))[0]!.id;

describe('a feed of a saved search', () => {
  it('is read by whoever has its address, in three forms, and by nobody else', async () => {
    const paths = await feedOf();
    expect(paths.map((path) => path.split('.').at(-1))).toEqual(['rss', 'atom', 'json']);
    const types = [];
    for (const path of paths) {
      const res = await read(path)
        .buffer(true)
        .parse((from, done) => {
          let text = '';
          from.on('data', (part) => {
            text += String(part);
          });
          from.on('end', () => done(null, text));
        });
      types.push(res.headers['content-type']);
      expect(res.status).toBe(200);
      expect(res.body).toContain('some title here');
      expect(res.headers['x-robots-tag']).toMatch(/noindex/);
      expect(res.headers['referrer-policy']).toBe('no-referrer');
      expect(res.headers['set-cookie']).toBeUndefined();
    }
    expect(types.map((type) => type?.split(';')[0])).toEqual([
      'application/rss+xml',
      'application/atom+xml',
      'application/feed+json',
    ]);
    const token = paths[0]!.slice('/feeds/'.length, -'.rss'.length);
    expect(token).toMatch(/^[\w-]{43}$/);
    const changed = token.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
    for (const path of [
      `/feeds/${changed}.rss`,
      '/feeds/x.rss',
      `/feeds/${token}`,
      `/calendar/${token}.ics`,
      `/shared/${token}`,
    ])
      expect([path, [200, 304].includes((await read(path)).status)]).toEqual([path, false]);
  });

  it('tells what stands in public: no contact, no customer, no post in the basket, no link that runs', async () => {
    const [, , json] = (await feedOf()) as [string, string, string];
    const { text } = await read(json);
    expect(text).not.toContain('anna@example.ru');
    expect(text).not.toContain('customer');
    expect(text).not.toContain('javascript:');
    const { items } = JSON.parse(text) as { items: object[] };
    expect(items).toHaveLength(1);
    await dashboard.db.query('update mentions set basket_at = now() where id = $1', [story.mention]);
    expect(JSON.parse((await read(json)).text).items).toEqual([]);
  });

  it('that has not changed is not sent again', async () => {
    const [rss] = (await feedOf()) as [string];
    const { etag } = (await read(rss)).headers as { etag: string };
    expect((await read(rss).set('if-none-match', etag)).status).toBe(304);
    dashboard.setNow(new Date(NOW.getTime() + 60_000));
    expect((await read(rss).set('if-none-match', etag)).status).toBe(304);
    await dashboard.db.query('update mentions set basket_at = now() where id = $1', [story.mention]);
    expect((await read(rss).set('if-none-match', etag)).status).toBe(200);
  });

  it('ends when it is revoked, when its owner’s access closes, and with its search', async () => {
    const [rss] = (await feedOf()) as [string];
    await setUserDisabled(dashboard.db, pr.id, NOW);
    expect((await read(rss)).status).toBe(404);
    await setUserDisabled(dashboard.db, pr.id, null);
    expect((await read(rss)).status).toBe(200);
    visitor = await visitAs(dashboard, pr);
    const res = await post(dashboard, '/feeds/revoke', visitor, { link: String(await linkId()) });
    expect(res.status).toBe(303);
    expect((await read(rss)).status).toBe(404);
    const [other] = (await feedOf()) as [string];
    await deleteSavedView(dashboard.db, view, pr.id);
    expect((await read(other)).status).toBe(404);
    const actions = await dashboard.db.query(
      `select action from audit where action like 'link.%' order by id`,
    );
    expect(actions).toEqual(['link.made', 'link.revoked', 'link.made'].map((action) => ({ action })));
  });

  it('of what another shares ends when it is not shared any more', async () => {
    await dashboard.db.query('update saved_views set is_shared = true');
    const viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer'));
    const [rss] = (await made('/feeds/feed', { view: String(view) }, viewer)) as [string];
    expect((await read(rss)).status).toBe(200);
    await dashboard.db.query('update saved_views set is_shared = false');
    expect((await read(rss)).status).toBe(404);
    expect((await post(dashboard, '/feeds/feed', viewer, { view: String(view) })).status).toBe(404);
  });

  it('is empty where its query names what is not there any more', async () => {
    await dashboard.db.query(`update saved_views set address = '/mentions?q=saved%3Agone'`);
    const [, , json] = (await feedOf()) as [string, string, string];
    const res = await read(json);
    expect([res.status, JSON.parse(res.text).items]).toEqual([200, []]);
  });

  it('is kept as a hash only, and nobody finds it on a page again', async () => {
    const [rss] = (await feedOf()) as [string];
    const token = rss.slice('/feeds/'.length, -'.rss'.length);
    const rows = JSON.stringify([
      await dashboard.db.query('select * from public_links'),
      await dashboard.db.query('select * from audit'),
    ]);
    expect(rows).not.toContain(token);
    const { text } = await get(dashboard, '/feeds', visitor);
    expect(text).not.toContain(token);
    expect(text).toContain('Тревога &lt;1&gt;');
  });

  it('is guarded from those who guess, and from those who ask all the time', async () => {
    const [rss] = (await feedOf()) as [string];
    const wrong = `/feeds/${'A'.repeat(43)}.rss`;
    const statuses = [];
    for (let turn = 0; turn < 31; turn += 1) statuses.push((await read(wrong)).status);
    expect([statuses[29], statuses[30]]).toEqual([404, 429]);
    dashboard.app = createDashboard(dashboard.deps);
    const good = [];
    for (let turn = 0; turn < 121; turn += 1) good.push((await read(rss)).status);
    expect([good[119], good[120]]).toEqual([200, 429]);
  });
});

describe('a calendar of due times', () => {
  const calendar = async () => {
    const [path] = (await made('/feeds/calendar', {})) as [string];
    const res = await read(path);
    expect([res.status, res.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    return res.text.replaceAll('\r\n ', '');
  };

  it('has the cases and promises of its owner that wait, and names no customer', async () => {
    expect(await calendar()).not.toContain('BEGIN:VEVENT');
    const until = new Date('2026-12-01T10:00:00Z');
    const revise = (revision: Parameters<typeof reviseCase>[2]) =>
      dashboard.db.transaction((tx) => reviseCase(tx, story.case, revision, { actor: pr.email, now: NOW }));
    await revise({ owner: pr.id, promise: { text: 'refund for Anna', until } });
    const text = await calendar();
    expect(text.match(/^UID:.*$/gm)).toEqual([
      `UID:case-${story.case}@127.0.0.1:8080`,
      `UID:case-${story.case}-promise@127.0.0.1:8080`,
    ]);
    expect(text).toContain('DTSTART:20261122T080000Z');
    expect(text).toContain('DTSTART:20261201T100000Z');
    expect(text).not.toMatch(/Anna|customer/);
    await revise({ status: 'closed' });
    expect(await calendar()).not.toContain('BEGIN:VEVENT');
  });
});

describe('a shared report', () => {
  const facts: ReportFacts = {
    version: 1,
    language: 'en',
    zone: 'Europe/Moscow',
    first: '2026-11-16',
    last: '2026-11-22',
    topics: [],
    steps: [],
    stepDays: 1,
    stories: [],
    news: [],
    places: [{ name: '<script>alert(1)</script>', total: 3 }],
    cases: { opened: 1, answered: 1, closed: 0, missed: 0, medianMs: null },
  } as never;
  const addOne = async (of: string | null) => {
    const span = { from: new Date(NOW.getTime() - 7 * DAY), to: NOW, periodKey: '2026-11-22' };
    const whose = { kind: of === null ? ('hand' as const) : ('weekly' as const), recipient: of };
    const how = { language: 'en' as const, zone: 'Europe/Moscow', madeBy: 'x', madeAt: NOW, facts };
    const id = (await addReport(dashboard.db, { ...span, ...whose, ...how }))!;
    const html =
      '<html><head></head>for pr@secret.example <a href="http://x/unsubscribe/abc">no more</a></html>';
    await setReportParts(dashboard.db, id, { html, text: 'for pr@secret.example' });
    return id;
  };
  const share = async (id: number, days = '30') =>
    (await made('/feeds/report', { report: String(id), days }))[0] as string;

  it('is shown without a login, drawn of its numbers, and tells nothing of whose it was', async () => {
    const res = await read(await share(await addOne('plain')));
    expect(res.status).toBe(200);
    expect(res.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(res.text).not.toMatch(/secret\.example|unsubscribe/);
    expect(res.headers['x-robots-tag']).toMatch(/noindex/);
  });

  it('may be framed by the sites of the configuration and by no others', async () => {
    const path = await share(await addOne(null));
    const alone = await read(path);
    expect(alone.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(alone.headers['x-frame-options']).toBe('SAMEORIGIN');
    const embedIn = ['https://intranet.example', 'https://board.example:8443'];
    const framed = await request(createDashboard({ ...dashboard.deps, embedIn })).get(path);
    expect(framed.headers['content-security-policy']).toContain(`frame-ancestors ${embedIn.join(' ')};`);
    expect(framed.headers['content-security-policy']).toContain('sandbox');
    expect(framed.headers['x-frame-options']).toBeUndefined();
  });

  it('ends at its time, by its token and by the store, when its maker may share none any more, and when it is revoked', async () => {
    const path = await share(await addOne(null), '7');
    dashboard.setNow(new Date(NOW.getTime() + 7 * DAY - 1000));
    expect((await read(path)).status).toBe(200);
    dashboard.setNow(new Date(NOW.getTime() + 7 * DAY));
    expect((await read(path)).status).toBe(404);
    // A store that somebody has changed does not make it last.
    await dashboard.db.query('update public_links set expires_at = null');
    expect((await read(path)).status).toBe(404);
    dashboard.setNow(NOW);
    expect((await read(path)).status).toBe(200);
    await dashboard.db.query(`update users set role = 'care'`);
    expect((await read(path)).status).toBe(404);
    await dashboard.db.query(`update users set role = 'pr'`);
    expect((await read(path)).status).toBe(200);
    await dashboard.db.query('update public_links set revoked_at = now()');
    expect((await read(path)).status).toBe(404);
  });

  it('is not opened by a token that is forged, of another time, or signed and not given out', async () => {
    const path = await share(await addOne(null));
    const [random, seconds, proof] = path.slice('/shared/'.length).split('.') as [string, string, string];
    const later = (Number.parseInt(seconds, 36) + 1).toString(36);
    const tokens = [
      `${random}.${later}.${proof}`,
      `${random}.${seconds}.`,
      `${random}.${seconds}`,
      random,
      `${random}.${seconds}.${proof}x`,
      newReportToken(TEST_VAULT.hash, new Date(NOW.getTime() + DAY)),
    ];
    for (const token of tokens)
      expect([token, (await read(`/shared/${token}`)).status]).toEqual([token, 404]);
  });

  it('is made by PR staff, of a report that is there, for days that can be chosen', async () => {
    const id = String(await addOne(null));
    const viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer'));
    expect((await post(dashboard, '/feeds/report', viewer, { report: id, days: '30' })).status).toBe(403);
    expect((await post(dashboard, '/feeds/report', visitor, { report: '9999', days: '30' })).status).toBe(
      404,
    );
    expect((await post(dashboard, '/feeds/report', visitor, { report: id, days: '99999' })).status).toBe(400);
  });
});

describe('the page of feeds and links', () => {
  it('lets people revoke their own, and administrators anybody’s', async () => {
    const [rss] = (await feedOf()) as [string];
    const link = String(await linkId());
    const viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer'));
    const admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
    expect((await post(dashboard, '/feeds/revoke', viewer, { link })).status).toBe(404);
    expect((await get(dashboard, '/feeds', viewer)).text).not.toContain('Тревога');
    expect((await read(rss)).status).toBe(200);
    expect((await get(dashboard, '/feeds', admin)).text).toContain('Тревога');
    expect((await post(dashboard, '/feeds/revoke', admin, { link })).status).toBe(303);
    expect((await read(rss)).status).toBe(404);
  });

  it('gives out a hundred addresses to one person, and says what to do then', async () => {
    await dashboard.db.query(
      `insert into public_links (kind, token_hash, owner_id, created_at) select 'calendar', 'h' || i, $1, $2 from generate_series(1, 100) i`,
      [pr.id, NOW],
    );
    const res = await post(dashboard, '/feeds/calendar', visitor, {});
    expect(res.status).toBe(409);
    expect(res.text).toContain('Revoke some');
    await dashboard.db.query('update public_links set revoked_at = now() where id = 1');
    expect((await post(dashboard, '/feeds/calendar', visitor, {})).status).toBe(200);
  });
});
