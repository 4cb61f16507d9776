import { beforeAll, expect, it } from 'vitest';
import { spreadStep } from '../../dashboards/stories/spread-chart.ts';
import { get, openDashboard, type TestDashboard, type Visitor, visitors } from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let story: Story;
let viewer: Visitor;

beforeAll(async () => {
  dashboard = await openDashboard();
  viewer = (await visitors(dashboard)).viewer;
  expect((await get(dashboard, '/stories', viewer)).text).toContain('/stories?days=30&amp;topic=all');
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
});

it('lists stories of a topic, and none of a topic that nobody mentions in them', async () => {
  const link = `href="/stories/${story.talk}"`;
  expect((await get(dashboard, '/stories?topic=plain', viewer)).text).toContain(link);
  expect((await get(dashboard, '/stories?topic=nothing', viewer)).text).not.toContain(link);
});

it('shows the first document, the spread, and what the copy added', async () => {
  const { text } = await get(dashboard, `/stories/${story.talk}`, viewer);
  expect(text).toContain(`href="/mentions/${story.document}"`);
  expect(text).toMatch(/<svg class="days"/);
  expect(text).toMatch(/<ins>.*copy text/s);
});

it('leads from a mention to its story', async () => {
  const { text } = await get(dashboard, `/mentions/${story.document}`, viewer);
  expect(text).toContain(`href="/stories/${story.talk}"`);
});

it('puts any length of time into a bounded number of bars', () => {
  for (const hours of [0, 1, 30, 1000, 50_000, 1_000_000]) {
    const step = spreadStep(new Date(0), new Date(hours * 3_600_000));
    expect((hours * 3_600_000) / step).toBeLessThanOrEqual(60);
  }
});
