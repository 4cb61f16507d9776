import { load } from 'cheerio';
import { beforeAll, expect, it } from 'vitest';
import { addDocument, addMention, addSources, addTopic, NO_COMPLAINT } from '../support/rows.ts';
import { get, NOW, openDashboard, type TestDashboard, type Visitor, visitors } from './dashboard.ts';

const DAY_MS = 86_400_000;
const THINGS = ['kettle', 'basket', 'mirror', 'shelf', 'carpet', 'lamp'];
let dashboard: TestDashboard;
let viewer: Visitor;

beforeAll(async () => {
  dashboard = await openDashboard();
  viewer = (await visitors(dashboard)).viewer;
  expect((await get(dashboard, '/talk', viewer)).status).toBe(200);
  const { db } = dashboard;
  const [source] = await addSources(db, 'forum');
  const topic = await addTopic(db, 'daisy');
  await addTopic(db, 'buttercup');
  const say = async (text: string, days: number, id: string) => {
    const publishedAt = new Date(NOW.getTime() - days * DAY_MS);
    const author = { site: 'f', handle: id };
    const document = await addDocument(db, source!, id, { text: `Daisy ${text}`, author, publishedAt });
    await addMention(db, document, topic, NO_COMPLAINT);
  };
  for (let at = 0; at < 60; at += 1) await say(`sells a ${THINGS[at % 6]}`, at % 2 ? 1 : 9, `a${at}`);
  for (let at = 0; at < 25; at += 1) await say('again. Broken app & co', 2, `b${at}`);
});

it('shows what is new with its numbers and examples, and leads to exactly those mentions', async () => {
  const $ = load((await get(dashboard, '/talk?topic=daisy&days=7', viewer)).text);
  const fresh = $('.phrases').first();
  expect(fresh.find('h3').text()).toBe('Broken app');
  expect(fresh.find('li > p').first().text()).toContain('25 mentions');
  expect(fresh.find('.examples li')).toHaveLength(3);
  expect(fresh.find('.examples mark').first().text()).toBe('Broken app');
  const found = load((await get(dashboard, fresh.find('h3 a').attr('href')!, viewer)).text);
  expect(found('.found').text()).toContain('25 mentions');
});

it('calls nothing new where nothing is known of the time before', async () => {
  const { text } = await get(dashboard, '/talk?topic=daisy&days=30', viewer);
  expect(load(text)('.phrases li').length).toBeGreaterThan(0);
  expect(text).not.toContain('not said before');
});

it('says of a topic without mentions that there is too little to tell', async () => {
  const { text } = await get(dashboard, '/talk?topic=buttercup', viewer);
  expect(text).toMatch(/Too little to compare yet: 0 authors/);
});
