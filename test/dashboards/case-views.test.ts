import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import { weekOf } from '../../dashboards/cases/calendar.ts';
import { dateKey } from '../../src/lib/zone.ts';
import {
  get,
  makeUser,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let story: Story;
let maria: Visitor;
let viewer: Visitor;

beforeAll(async () => {
  dashboard = await openDashboard();
  story = await seedStory(dashboard.db, 'plain', (field) => `tea ${field}`);
  await dashboard.db.query(`update cases set status = 'open', due_at = timestamptz '2026-11-24 22:30Z'`);
  maria = await visitAs(dashboard, await makeUser(dashboard, 'pr'));
  viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer'));
});

async function show(path: string, visitor = maria) {
  const res = await get(dashboard, path, visitor);
  expect(res.status, path).toBe(200);
  return load(res.text);
}

describe('the board', () => {
  it('has each case in the column of its status, and a form that moves it', async () => {
    const $ = await show('/cases/board');
    expect($('[data-status=open] [data-case]').attr('data-case')).toBe(String(story.case));
    const form = $(`[data-case=${story.case}] form`);
    expect(form.find('option').toArray()).toHaveLength(3);
    const res = await post(dashboard, form.attr('action') ?? '', maria, {
      status: 'answered',
      back: 'board',
    });
    expect([res.status, res.headers.location]).toEqual([303, '/cases/board?done=1']);
    const after = await show('/cases/board');
    expect(after('[data-status=answered] [data-case]')).toHaveLength(1);
    await post(dashboard, form.attr('action') ?? '', maria, { status: 'open' });
  });

  it('moves nothing for those who only read', async () => {
    const $ = await show('/cases/board', viewer);
    expect($('[data-case]')).toHaveLength(1);
    expect($('[data-case] form, [draggable]')).toHaveLength(0);
  });
});

describe('the calendar', () => {
  it('has a case on the day on which it is due by the clocks of the reader', async () => {
    const $ = await show('/cases/calendar');
    // 22:30 in London is past midnight in Moscow.
    expect($('#day-2026-11-25').parent().find(`a[href="/cases/${story.case}"]`)).toHaveLength(1);
    expect($('#day-2026-11-24').parent().find('a')).toHaveLength(0);
    expect($('.day')).toHaveLength(14);
    expect($('[aria-current=date] h2').attr('id')).toBe('day-2026-11-22');
  });

  it('says of later weeks what is late since before', async () => {
    const $ = await show('/cases/calendar?from=2026-12-09');
    expect($('.day h2').first().attr('id')).toBe('day-2026-12-07');
    expect($('#main .empty')).toHaveLength(1);
    await dashboard.db.query(`update cases set due_at = timestamptz '2026-11-10Z'`);
    expect((await show('/cases/calendar'))('.note.bad').text()).toMatch(/1 case/);
  });

  it.each([
    '',
    '2026-13-45',
    'x',
    ['2026-11-01', '2026-11-02'],
    '0000-00-00',
  ])('takes %j for this week, or for a day that there is', (asked) => {
    const now = new Date('2026-11-22T09:00:00Z');
    expect(dateKey(weekOf(asked, { now, zone: 'Europe/Moscow' }))).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});

describe('the page of the day', () => {
  it('begins with what waits, each number leading to its page', async () => {
    const $ = await show('/today');
    const strip = $('.duty-strip a')
      .toArray()
      .map((link) => $(link).attr('href'));
    expect(strip).toContain('/cases');
    for (const path of strip) expect((await get(dashboard, path ?? '', maria)).status).toBe(200);
  });

  it('tells what is outside the usual of the weekday, once four such days were watched', async () => {
    expect((await show('/today'))('#main').text()).toContain('after four weeks of watching');
    await dashboard.db.query(
      `with made as (insert into documents (source_id, external_id, url, kind, text, found_at, updated_at, published_at, content_hash)
         select source_id, 'was-' || w || '-' || n, url, kind, 'tea', timestamptz '2026-11-22 08:00Z' - w * interval '7 days', now(), now(), w || '-' || n
         from documents, generate_series(1, 6) w, generate_series(1, 40) n where id = $1 returning id, found_at)
       insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at)
       select made.id, m.topic_id, '[]', m.sentiment, m.complaint, made.found_at from made, mentions m where m.document_id = $1`,
      [story.document],
    );
    const text = (await show('/today'))('#main').text();
    expect(text).toMatch(/less than usual \(\d+–\d+\)/);
  });
});
