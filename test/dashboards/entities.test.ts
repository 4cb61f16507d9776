import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Entity } from '../../src/model/entity.ts';
import { replaceTags } from '../support/rows.ts';
import { get, makeUser, openDashboard, type TestDashboard, type Visitor, visitAs } from './dashboard.ts';
import { type Story, seedStory } from './seed.ts';

const SECRETS = 'заказ 445566, карта 4111 1111 1111 1111, тел. 8 916 123-45-67';

/** What the web wrote; the rest of the story are names. */
const SAID = new Set([
  'text',
  'first text',
  'full text',
  'title',
  'thread',
  'copy text',
  'copy title',
  'found text',
  'found title',
  'hidden text',
  'hidden title',
  'pasted',
]);

let dashboard: TestDashboard;
let story: Story;
let viewer: Visitor;
let pr: Visitor;

function entity(kind: Entity['kind'], name: string): Entity {
  return { kind, name, spans: [{ field: 'text', start: 0, end: 1 }] };
}

beforeAll(async () => {
  dashboard = await openDashboard();
  story = await seedStory(dashboard.db, 'plain', (field) =>
    SAID.has(field) ? `some ${field} ${SECRETS}` : `some ${field}`,
  );
  viewer = await visitAs(dashboard, await makeUser(dashboard, 'viewer', { language: 'en' }));
  pr = await visitAs(dashboard, await makeUser(dashboard, 'pr', { email: 'pr@example.com', language: 'ru' }));
  const value = [
    entity('person', 'Анна «Ромашка» Смирнова'),
    entity('place', 'Нижний Новгород'),
    entity('card', '•••• 1111'),
    entity('link', 'javascript:alert(1)'),
    ...Array.from({ length: 20 }, (_, at) => entity('organisation', `<b>Firm ${at}</b>`)),
  ];
  await replaceTags(dashboard.db, story.document, [
    { kind: 'entities', target: '', version: '1', value, spans: [] },
  ]);
});

async function page(visitor: Visitor, path = `/mentions/${story.document}`) {
  const res = await get(dashboard, path, visitor);
  expect(res.status).toBe(200);
  return load(res.text);
}

describe('who and what a document names', () => {
  it('is listed by kind, in the language of the viewer, with a search for each name', async () => {
    const $ = await page(viewer);
    expect(
      $('.entities dt')
        .toArray()
        .map((dt) => $(dt).text()),
    ).toEqual(['People', 'Organisations', 'Places', 'Links']);
    const place = $('.entities a').filter((_, a) => $(a).text() === 'Нижний Новгород');
    expect(place.attr('href')).toBe(`/mentions?all=1&q=${encodeURIComponent('"Нижний Новгород"')}`);
    expect((await page(pr))('.entities dt').first().text()).toBe('Люди');
  });

  it('is bounded, escaped, and shows no address that is no web page', async () => {
    const $ = await page(viewer);
    expect($('.entities').text()).toContain('and 8 more');
    expect($('.entities b')).toHaveLength(0);
    expect($('.entities a[href^="javascript"]')).toHaveLength(0);
  });

  it('leads to a search that answers', async () => {
    const $ = await page(viewer);
    for (const a of $('.entities a[href^="/mentions"]').toArray().slice(0, 3))
      await page(viewer, $(a).attr('href'));
  });
});

describe('what is private in a document', () => {
  const pages = () => [
    `/mentions/${story.document}`,
    '/mentions?all=1',
    `/stories/${story.talk}`,
    '/stories',
    '/basket',
    `/mentions/rules/${story.mention}`,
    `/recall/${story.miss}`,
    '/recall',
    '/rules/plain',
    '/topics/lab?topic=plain',
    '/sources',
    '/talk?topic=plain',
    `/customers/${story.customer}`,
    `/cases/${story.case}`,
    '/',
  ];

  it('is not shown to the role viewer', async () => {
    for (const path of pages()) {
      const res = await get(dashboard, path, viewer);
      expect(res.text, path).not.toMatch(/заказ 445566|4111 1111 1111|123-45-67/);
    }
  });

  it('is shown to staff but for the card', async () => {
    const $ = await page(pr);
    expect($('.reader .text').first().text()).toContain(
      'заказ 445566, карта •••• •••• •••• 1111, тел. 8 916 123-45-67',
    );
    for (const path of pages())
      expect((await get(dashboard, path, pr)).text, path).not.toMatch(/4111 1111 1111/);
  });
});
