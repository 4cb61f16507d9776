import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DocumentId } from '../../src/model/ids.ts';
import { threadAround } from '../../src/store/thread-context.ts';
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
let one: Story;
let other: Story;
let maria: Visitor;
let boris: Visitor;
let viewer: Visitor;

beforeAll(async () => {
  dashboard = await openDashboard();
  one = await seedStory(dashboard.db, 'one', (field) => `tea ${field}`);
  other = await seedStory(dashboard.db, 'other', (field) => `coffee ${field}`);
  maria = await visitAs(dashboard, await makeUser(dashboard, 'pr'));
  boris = await visitAs(dashboard, await makeUser(dashboard, 'pr', { email: 'boris@example.com' }));
  viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer'));
});

async function show(path: string, visitor = maria) {
  const res = await get(dashboard, path, visitor);
  expect(res.status, path).toBe(200);
  return load(res.text);
}

async function statusOf(story: Story): Promise<{ status: string; hidden: boolean; assigned: string | null }> {
  const [row] = await dashboard.db.query<{ status: string; hidden: boolean; assigned: string | null }>(
    `select m.status, m.basket_at is not null as hidden, u.email as assigned from mentions m left join users u on u.id = m.assigned_to where m.id = $1`,
    [story.mention],
  );
  if (!row) throw new Error('there is no such mention');
  return row;
}

async function change(does: string, picked: readonly Story[], back = '/mentions?q=tea'): Promise<string> {
  const [first, ...rest] = picked.map(({ document }) => String(document));
  const body = new URLSearchParams([
    ['_csrf', maria.csrf],
    ['does', does],
    ['back', back],
    ...[first, ...rest].flatMap((id): [string, string][] => (id ? [['pick', id]] : [])),
  ]);
  const res = await post(dashboard, '/mentions/bulk', maria, {}).send(body.toString());
  expect(res.status).toBe(303);
  return res.headers.location ?? '';
}

const undo = (change: string, visitor = maria) =>
  post(dashboard, '/mentions/bulk/undo', visitor, { change, back: '/mentions' });

describe('a post beside the list', () => {
  it('is an address of its own, and the list keeps its search', async () => {
    const $ = await show(`/mentions?q=tea&open=${one.document}`);
    expect($('.desk').hasClass('has-open')).toBe(true);
    expect($('#pane .reader').text()).toContain('tea');
    expect($('.mention[aria-current] [data-document]').attr('data-document')).toBe(String(one.document));
    expect($('#pane [data-close]').attr('href')).toBe('/mentions?q=tea');
  });

  it('is sent without the page around it to a script that asks', async () => {
    const res = await get(dashboard, `/mentions/${one.document}?pane=1`, maria);
    expect(res.text).toContain('class="reader"');
    expect(res.text).not.toContain('<html');
  });

  it('that there is not leaves the list as it is', async () => {
    const $ = await show('/mentions?open=999999');
    expect($('.mention').length).toBeGreaterThan(0);
    expect($('#pane .empty')).toHaveLength(1);
  });
});

describe('many posts at once', () => {
  it('are changed and put back as each was before', async () => {
    await change('answered', [one]);
    const address = await change('seen', [one, other]);
    expect(address).toMatch(/^\/mentions\?q=tea&changed=[0-9a-f-]{36}$/);
    expect([await statusOf(one), await statusOf(other)]).toMatchObject([
      { status: 'seen' },
      { status: 'seen' },
    ]);
    const id = address.split('changed=')[1] ?? '';
    const $ = await show(address);
    expect($('form[action="/mentions/bulk/undo"] input[name=change]').val()).toBe(id);
    expect((await undo(id, boris)).status).toBe(404);
    expect((await undo(id)).status).toBe(303);
    expect([await statusOf(one), await statusOf(other)]).toMatchObject([
      { status: 'answered' },
      { status: 'new' },
    ]);
    expect((await undo(id)).status).toBe(404);
  });

  it('are taken by the one who takes them, and come out of the basket again', async () => {
    const taken = (await change('mine', [one])).split('changed=')[1] ?? '';
    expect((await statusOf(one)).assigned).toBe('pr@example.com');
    await undo(taken);
    expect((await statusOf(one)).assigned).toBeNull();
    const hidden = (await change('basket', [one, other])).split('changed=')[1] ?? '';
    expect((await statusOf(other)).hidden).toBe(true);
    await undo(hidden);
    expect([(await statusOf(one)).hidden, (await statusOf(other)).hidden]).toEqual([false, false]);
  });

  it('lead back to the list and nowhere else', async () => {
    expect(await change('seen', [one], 'https://evil.example/')).toMatch(/^\/mentions\?changed=/);
    expect(await change('seen', [one], '/mentions//evil.example')).toMatch(/^\/mentions\?changed=/);
    expect(await change('seen', [])).toContain('changed=');
  });

  it('cannot be picked by who may not change them', async () => {
    const $ = await show('/mentions', viewer);
    expect($('#bulk, input[name=pick]')).toHaveLength(0);
  });
});

describe('a search that is kept', () => {
  it('is shown to its owner, to others when it is shared, and deleted by its owner alone', async () => {
    const keep = (name: string, shared: Record<string, string>) =>
      post(dashboard, '/mentions/views', maria, {
        name,
        address: '/mentions?q=tea&tone=negative',
        ...shared,
      });
    expect((await keep('Mine', {})).headers.location).toBe('/mentions?q=tea&tone=negative&saved=1');
    await keep('Ours', { shared: '1' });
    expect((await keep('ours', {})).headers.location).toContain('saved=taken');
    const names = async (visitor: Visitor) =>
      (await show('/mentions', visitor))('.saved li > a')
        .toArray()
        .map((link) => load(link).text());
    expect(await names(maria)).toEqual(['Mine', 'Ours']);
    expect(await names(boris)).toEqual(['Ours']);
    const $ = await show('/mentions?q=tea&tone=negative');
    expect($('.saved a[aria-current]').length).toBe(2);
    const remove = $('.saved form').first().attr('action') ?? '';
    expect((await post(dashboard, remove, boris, {})).status).toBe(404);
    expect((await post(dashboard, remove, maria, {})).status).toBe(303);
    expect(await names(maria)).toEqual(['Ours']);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/mentions\\..',
    '/topics',
  ])('does not lead to %s', async (address) => {
    const res = await post(dashboard, '/mentions/views', maria, { name: 'x', address });
    expect(res.status).toBe(400);
  });
});

describe('what is new', () => {
  it('is counted for this search since the list was drawn, and told in words', async () => {
    const after = one.document - 1;
    const res = await get(dashboard, `/mentions/live?q=tea&after=${after}&once=1`, maria);
    expect(res.headers['content-type']).toContain('text/event-stream');
    expect(res.text).toContain('"count":1');
    const seen = await get(dashboard, `/mentions/live?q=tea&after=${after}&seen=1&once=1`, maria);
    expect(seen.text).not.toContain('event: fresh');
    const none = await get(dashboard, '/mentions/live?q=nothing&after=0&once=1', maria);
    expect(none.text).not.toContain('event: fresh');
    const wrong = await get(dashboard, '/mentions/live?q=(&after=0&once=1', maria);
    expect([wrong.status, wrong.text.includes('event: fresh')]).toEqual([200, false]);
  });
});

describe('what has just been found', () => {
  const addressOf = async (q: string) => {
    const list = await get(dashboard, `/mentions?q=${q}`, maria);
    return /data-live="([^"]+)"/.exec(list.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  };

  it('is told when it is understood after the list was drawn, and what the list has is not', async () => {
    await dashboard.db.query('update documents set found_at = now() where id = $1', [one.document]);
    const [has, waits] = [await addressOf('tea'), await addressOf('understoodlater')];
    expect(has).toMatch(/[?&]seen=1$/);
    expect((await get(dashboard, `${has}&once=1`, maria)).text).not.toContain('event: fresh');
    expect(waits).toMatch(/[?&]seen=0$/);
    expect(Number(/after=(\d+)/.exec(waits)?.[1])).toBeLessThan(one.document);
    // As if its text had been understood only now.
    const told = await get(dashboard, `${waits.replace('understoodlater', 'tea')}&once=1`, maria);
    expect(told.text).toContain('"count":1');
  });
});

describe('the timeline', () => {
  it('has a bar for each hour or day, whose address finds just its posts', async () => {
    await dashboard.db.query(
      `update documents set published_at = timestamptz '2026-11-20 21:30Z' + (id % 2) * interval '2 hours'`,
    );
    const $ = await show('/mentions');
    const bars = $('.times svg a').toArray();
    const address = (bar: (typeof bars)[number]) => new URL($(bar).attr('href') ?? '', 'http://x/mentions');
    expect(bars.map((bar) => address(bar).searchParams.get('from'))).toEqual(
      // Moscow's clocks: past midnight already.
      ['2026-11-21T00:00', '2026-11-21T01:00', '2026-11-21T02:00'],
    );
    for (const bar of bars) {
      const told = Number(/: ([\d,]+)/.exec($(bar).find('title').text())?.[1] ?? -1);
      const { pathname, search } = address(bar);
      const found = await show(`${pathname}${search}`);
      expect(Number(found('.found').text().replace(/\D/g, ''))).toBe(told);
    }
  });
});

describe('the thread around a post', () => {
  it('tells what it answers, what was before and what followed', async () => {
    const { db } = dashboard;
    const [{ id: thread } = { id: 0 }] = await db.query<{ id: number }>(
      `insert into threads (source_id, external_id, title, url) select source_id, 'thread', 'Tea', 'https://x.example/' from documents where id = $1 returning id`,
      [one.document],
    );
    const ids = await db.query<{ id: DocumentId }>(
      `insert into documents (source_id, external_id, url, kind, text, thread_id, parent_external_id, found_at, updated_at, content_hash)
       select source_id, 'in-thread-' || n, 'https://x.example/' || n, 'post', 'post ' || n, $2, case n when 5 then 'in-thread-1' end,
         timestamptz '2026-11-01Z' + n * interval '1 hour', now(), n::text from documents, generate_series(1, 9) n where id = $1 returning id`,
      [one.document, thread],
    );
    const { posts, total } = await threadAround(db, ids[4]?.id as DocumentId);
    expect(total).toBe(9);
    expect(posts.map(({ place, text }) => [place, text])).toEqual([
      ['answered', 'post 1'],
      ['before', 'post 3'],
      ['before', 'post 4'],
      ['after', 'post 6'],
      ['after', 'post 7'],
      ['after', 'post 8'],
    ]);
    expect(await threadAround(db, other.document)).toEqual({ posts: [], total: 0 });
  });
});
