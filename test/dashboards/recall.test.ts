import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MissFix } from '../../src/model/recall.ts';
import type { Role } from '../../src/model/rights.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listCanaryDocuments } from '../../src/store/canary-documents.ts';
import { saveCoverage } from '../../src/store/coverage.ts';
import { getMiss } from '../../src/store/recall-misses.ts';
import { listExamples } from '../../src/store/topic-examples.ts';
import { saveTopic } from '../../src/store/topics.ts';
import { addUserSource } from '../../src/store/user-sources.ts';
import { sourceDefinition } from '../support/rows.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let people: Record<Role, Visitor>;
let story: Story;

beforeAll(async () => {
  dashboard = await openDashboard();
  people = await visitors(dashboard);
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  await addUserSource(dashboard.db, sourceDefinition('ours', { url: 'https://ours.example/' }), NOW);
});

async function setFix(fix: MissFix | null): Promise<void> {
  await dashboard.db.query(
    `update recall_misses set trace = jsonb_set(trace, '{fix}', $2::jsonb), state = 'open' where id = $1`,
    [story.miss, JSON.stringify(fix)],
  );
}

async function entry(visitor = people.pr) {
  return load((await get(dashboard, `/recall/${story.miss}`, visitor)).text);
}

describe('the fix of a missed post', () => {
  it.each<[MissFix, string]>([
    [{ kind: 'add-source', address: 'https://tea.example/feed' }, '200'],
    [
      { kind: 'restore-source', sourceKind: 'feed', url: 'https://gone.example/feed', name: 'Gone' },
      '303 /sources/',
    ],
    [{ kind: 'enable-source', source: 'ours' }, '303 /sources/ours'],
    [{ kind: 'crawl-now', source: 'plain' }, '303 /sources/plain'],
    [{ kind: 'shorten-interval', source: 'ours', schedule: 'fixed', everyMs: 300_000 }, '303 /sources/ours'],
    [{ kind: 'add-example', topic: 'plain' }, '303 /topics/lab?topic=plain'],
    [{ kind: 'rematch' }, '303 /recall/'],
  ])('really does it when its button is pressed: %j', async (fix, answer) => {
    await setFix(fix);
    const $ = await entry();
    const form = $('#verdict form');
    expect(form).toHaveLength(1);
    const fields = Object.fromEntries(
      form
        .find('input, select')
        .toArray()
        .map((field) => [$(field).attr('name'), $(field).val() ?? $(field).find('[selected]').val()]),
    ) as Record<string, string>;
    const res = await post(dashboard, form.attr('action')!, people.pr, fields);
    expect(`${res.status} ${res.headers.location ?? ''}`.trim()).toMatch(
      new RegExp(`^${answer.replace(/[?]/g, '\\?')}`),
    );
    expect((await entry(people.viewer))('#verdict form')).toHaveLength(0);
  });

  it.each<[MissFix, string]>([
    [{ kind: 'look-at-source', source: 'plain' }, '/sources/plain'],
    [{ kind: 'mend-selectors', source: 'plain' }, '/sources/new/selectors?source=plain'],
    [{ kind: 'open-topic', topic: 'plain' }, '/topics?edit=plain#form'],
    [{ kind: 'open-topic', topic: '' }, '/topics#form'],
  ])('leads to where it is done: %j', async (fix, href) => {
    await setFix(fix);
    const link = (await entry())('#verdict a').attr('href');
    expect(link).toBe(href);
    expect((await get(dashboard, href, people.pr)).status).toBe(200);
  });

  it('puts a mention back that was marked as not about us', async () => {
    await setFix({ kind: 'restore-mention', mention: story.mention });
    await dashboard.db.query(`update mentions set status = 'not_us' where id = $1`, [story.mention]);
    const res = await post(dashboard, '/mentions/status', people.pr, {
      mention: String(story.mention),
      status: 'new',
    });
    expect(res.status).toBe(303);
    expect((await entry())('#verdict form').attr('action')).toBe('/mentions/status');
  });

  it('keeps the text as one that the topic must find', async () => {
    const { id } = await saveTopic(
      dashboard.db,
      { key: 'kept', name: 'Kept', query: 'kettle' },
      'config',
      NOW,
    );
    const res = await post(dashboard, `/recall/${story.miss}/example`, people.pr, { topic: 'kept' });
    expect(res.headers.location).toBe('/topics/lab?topic=kept');
    expect(await listExamples(dashboard.db, id)).toMatchObject([
      {
        mustMatch: true,
        title: 'some found title here',
        text: 'some found text here',
        addedBy: 'pr@example.com',
      },
    ]);
  });
});

describe('the ledger page', () => {
  it('begins with the address and the topic that the query lab hands over', async () => {
    const path = '/recall?url=https%3A%2F%2Fkettle.example%2Fr%2F0&topic=plain';
    const $ = load((await get(dashboard, path, people.pr)).text);
    expect($('form[action="/recall"] input[name=address]').val()).toBe('https://kettle.example/r/0');
    expect($('form[action="/recall"] select[name=topic]').val()).toBe('plain');
  });

  it('reports a miss and shows its trace, with the step marked at which it ended', async () => {
    const form = { address: 'https://kettle.example/r/0', text: '', topic: '' };
    const res = await post(dashboard, '/recall', people.pr, form);
    expect(res.status).toBe(303);
    const shown = load((await get(dashboard, res.headers.location!, people.viewer)).text);
    expect(shown('#verdict h2').text()).toBe('Cause: no source');
    expect(
      shown('.step')
        .toArray()
        .map((step) => shown(step).attr('class')),
    ).toEqual(['step failed', 'step ok', 'step failed', 'step failed', 'step skipped', 'step skipped']);
  });

  it('shows what is open unless asked for something else', async () => {
    const list = async (query: string) =>
      load((await get(dashboard, `/recall${query}`, people.viewer)).text)('#ledger').text();
    await post(dashboard, `/recall/${story.miss}/state`, people.pr, { state: 'dismissed' });
    expect(await list('')).not.toContain('some found title here');
    expect(await list('?state=dismissed')).toContain('some found title here');
    expect(await list('?state=all&cause=gone')).not.toContain('some found title here');
    expect(await list('?state=nonsense&cause=nonsense')).toContain('kettle.example');
    const [audit] = await listAudit(dashboard.db, 1, 0);
    expect(audit).toMatchObject({ action: 'miss.state', detail: { state: 'dismissed' } });
    await post(dashboard, `/recall/${story.miss}/state`, people.pr, { state: 'open' });
    expect(await getMiss(dashboard.db, story.miss)).toMatchObject({ state: 'open', closedAt: null });
  });

  it('counts open entries beside the menu', async () => {
    const $ = load((await get(dashboard, '/today', people.viewer)).text);
    expect($('.menu a[href="/recall"] .badge').text()).toBe('2');
  });

  it('plants a post and takes it away again', async () => {
    const form = { source: 'ours', address: 'https://ours.example/1', words: '', hours: '12' };
    expect((await post(dashboard, '/recall/canaries', people.pr, form)).status).toBe(303);
    const planted = (await listCanaryDocuments(dashboard.db, 9)).find(
      ({ sourceKey }) => sourceKey === 'ours',
    );
    expect(planted).toMatchObject({ address: 'https://ours.example/1', withinMs: 12 * 3_600_000 });
    await post(dashboard, `/recall/canaries/${planted!.id}/remove`, people.pr, {});
    expect((await listCanaryDocuments(dashboard.db, 9)).map(({ sourceKey }) => sourceKey)).toEqual(['plain']);
  });

  it('says how much is collected, with the interval, and where data are too thin', async () => {
    const estimate = { total: 200, low: 190, high: 240, share: 0.9, shareLow: 0.75, shareHigh: 0.947 };
    const site = { ways: ['plain', 'ours'] as [string, string], first: 100, second: 90, both: 40, any: 180 };
    const sites = [
      { site: 'forum.example', ...site, estimate },
      { site: 'thin.example', ...site, both: 3, estimate: null },
    ];
    const report = { from: '2026-10-25T00:00:00Z', to: '2026-11-21T00:00:00Z', looked: 500, isCut: false };
    await saveCoverage(dashboard.db, { ...report, sites, overall: estimate }, NOW);
    const words = load((await get(dashboard, '/recall', people.viewer)).text)('#coverage').text();
    expect(words).toContain('≈ 90% of the posts are collected (95 %: 75% to 95%)');
    expect(words).toContain('too few data: 3 found by both, at least 7 are needed');
    expect(words).toContain('190–240');
    expect(words).toContain('taken to be independent');
  });
});
