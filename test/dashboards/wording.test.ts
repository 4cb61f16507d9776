import { load } from 'cheerio';
import { beforeAll, describe, expect, it } from 'vitest';
import { COUNTED, TEXTS, translator } from '../../dashboards/texts.ts';
import { crmGuides } from '../../src/act/crm/guides.ts';
import { LANGUAGES, type Language } from '../../src/model/user.ts';
import { truncate } from '../support/store.ts';
import {
  get,
  makeUser,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';
import { wordsOf } from './page-check.ts';
import { type Story, seedStory } from './seed.ts';

let dashboard: TestDashboard;
let empty: TestDashboard;
let story: Story;
const readers = {} as Record<Language, Visitor>;
const newcomers = {} as Record<Language, Visitor>;

beforeAll(async () => {
  [dashboard, empty] = [await openDashboard(), await openDashboard()];
  await truncate(dashboard.db);
  story = await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
  for (const language of LANGUAGES) {
    const change = { email: `${language}@example.com`, language };
    readers[language] = await visitAs(dashboard, await makeUser(dashboard, 'admin', change));
    newcomers[language] = await visitAs(empty, await makeUser(empty, 'admin', change));
  }
});

const LISTS = [
  '/today',
  '/start/brand',
  '/start/sources',
  '/start/customers',
  '/start/digest',
  '/start/look',
  '/mentions',
  '/cases',
  '/customers',
  '/customers/import',
  '/portfolio',
  '/topics',
  '/rules',
  '/basket',
  '/stories',
  '/talk',
  '/analytics',
  '/sources',
  '/recall',
  '/scorecard',
  '/deliveries',
  '/deliveries/replay',
  '/crm',
  '/digests',
  '/reports',
  '/users',
  '/roles',
  '/tokens',
  '/teams',
  '/sessions',
  '/second-factor',
  '/audit',
  '/settings',
];

function pathsOf(s: Story): string[] {
  return [
    ...LISTS,
    `/mentions/${s.document}?done=1`,
    `/cases/${s.case}?done=1`,
    `/cases/${s.case}/evidence?done=1`,
    `/cases/${s.case}/evidence/print`,
    `/customers/${s.customer}?done=1`,
    `/deliveries/${s.delivery}?done=1`,
    '/deliveries?replayed=2',
    '/deliveries/replay?endpoint=hook&also=1',
    '/deliveries/replay?endpoint=unknown',
    '/crm/hook',
    '/crm/hook?busy=1',
    ...crmGuides.map(({ kind }) => `/crm/connect/${kind}`),
    `/digests/${s.digest}`,
    '/digests/new?other=1',
    `/reports/${s.report}`,
    `/digests/of/${s.recipient}`,
    '/topics?done=1&edit=plain',
    '/rules/plain?done=1&what=saved',
    `/mentions/rules/${s.mention}`,
    '/basket?done=1&rule=plain',
    `/mentions/${s.document}?done=1&what=decided`,
    '/topics/lab',
    '/topics/lab?topic=plain&done=1',
    '/topics/lab?topic=plain&query=(',
    '/topics/lab?topic=plain&query=tea&missed=cup',
    '/sources?done=1&what=removed',
    '/sources/plain?done=1&what=added',
    '/sources/new/selectors',
    `/recall/${s.miss}?done=1&what=reported`,
    '/recall?state=all&cause=gone',
    `/scorecard/label?item=${s.item}`,
    '/scorecard?done=1&n=7',
    `/stories/${s.talk}`,
    '/stories?days=30&topic=all',
    '/talk?topic=plain&days=30',
    '/analytics?days=90&topic=plain&whole=1',
    '/analytics?days=1&with=topic:plain',
    '/analytics?from=2026-10-01&to=2026-11-20&with=none',
    '/analytics/phrases?topic=plain',
    '/analytics/hours',
    '/settings?done=1',
    '/start/sources?done=1&what=topic&trade=bank',
    '/start/digest?done=1&what=sent',
    '/mentions?q=nothing-like-it',
    '/customers?q=nothing-like-it',
    `/customers/${s.customer}?done=1&what=removed&interest=tea`,
    `/customers/${s.customer}?kind=contact`,
    '/portfolio/at-risk?done=1&segment=tea&n=2',
    '/portfolio/moves',
    '/portfolio/promising',
    '/portfolio/tier?part=MVC',
    '/portfolio/quiet?part=delivery',
    '/nothing-here',
    '/login',
    `/unsubscribe/${s.unsubscribeToken}`,
    '/unsubscribe/unknown',
    '/setup/unknown',
    '/password/unknown',
    '/settings?done=1&what=password',
  ];
}

/** Left-overs of programming that no reader should see. */
function expectWords(page: string, language: Language, path: string): void {
  const $ = load(page);
  expect($('html').attr('lang'), path).toBe(language);
  expect($('h1').length, path).toBe(1);
  const words = wordsOf($);
  expect(words, path).not.toMatch(/undefined|\[object|\bnull\b|NaN|Invalid Date|\{\w+\}/);
  expect(words, path).not.toMatch(
    /\b(menu|error|lab|import|editor|case|mention|delivery|topic|source|selectors|recall|scorecard|stories|story|talk|user|digest|customer|rules|basket|decided|does|did|priority|card|value|refusal|tierreason|report|said|stage|churn|churnreason|trouble|step|event|contact|complaints|interests|consent|channel|voice|portfolio|start|help|empty|analytics)\.[a-z]+\b(?!\.)/,
  );
  // All data of this world is Latin: what is Cyrillic on an English page was not translated.
  if (language === 'en') expect(words.replace(/Молва/g, ''), path).not.toMatch(/[а-яё]/i);
}

describe.each(LANGUAGES)('in %s', (language) => {
  it('every page has all its words', async () => {
    for (const path of pathsOf(story)) {
      const res = await get(dashboard, path, readers[language]);
      expect(res.status, path).toBeLessThan(500);
      expectWords(res.text, language, path);
    }
  });

  it('every list has something to say while it is empty', async () => {
    for (const path of LISTS) {
      const res = await get(empty, path, newcomers[language]);
      expect(res.status, path).toBe(200);
      expectWords(res.text, language, path);
      expect(load(res.text)('main').text().trim().length, path).toBeGreaterThan(15);
    }
  });

  it('every refused form keeps the menu and says what is wrong', async () => {
    const forms: [string, Record<string, string>][] = [
      ['/topics', { key: 'ЖЖ', name: '', query: '(' }],
      ['/topics', { key: 'x', name: 'x', query: '"never closed' }],
      ['/rules', { key: 'ЖЖ', name: '', condition: '' }],
      ['/rules', { key: 'x', name: 'x', condition: 'tea NEAR/5 (cup', tags: 'x' }],
      ['/rules', { key: 'x', name: 'x', condition: 'tea', assign: 'nobody@example.com' }],
      ['/rules', { key: 'plain', name: 'x', condition: 'tea', tags: 'x' }],
      ['/topics/lab', { topic: 'plain', key: 'plain', name: '', query: '(', do: 'save' }],
      ['/users', { name: '', email: 'x', password: 'x', role: 'pr', language: 'ru' }],
      [
        '/users',
        { name: 'x', email: 'ru@example.com', password: 'long enough, it is', role: 'pr', language: 'ru' },
      ],
      ['/sources/find', { address: 'no address' }],
      ['/sources/add', { kind: 'feed', url: 'javascript:alert(1)', name: 'x' }],
      ['/sources/new/selectors', { address: 'no address' }],
      ['/sources/new/selectors/save', { address: 'https://kettle.example/reviews', item: 'div[' }],
      ['/sources/import', { opml: '<html></html>' }],
      ['/sources/plain/schedule', { kind: 'fixed', every: '0' }],
      ['/sources/plain/canary', { url: 'x', text: '' }],
      ['/sources/plain/remove', {}],
      ['/recall', { address: 'javascript:alert(1)' }],
      ['/recall', { address: '', text: '' }],
      ['/recall', { address: 'https://tea.example/', topic: 'nothing' }],
      ['/recall/canaries', { source: 'plain', address: 'x y', words: '', hours: '5' }],
      ['/recall/canaries', { source: 'plain', address: '', words: 'tea time', hours: '0' }],
      [`/customers/${story.customer}/interests`, { interest: 'Vitamins' }],
      ['/portfolio/at-risk/segment', { part: 'all', segment: '"' }],
      ['/settings', { language: 'ru', zone: 'Moon/Sea' }],
      ['/settings/password', { present: 'not the present one', password: 'long enough, it is' }],
      ['/settings/password', { present: 'not the present one', password: 'short' }],
    ];
    for (const [path, form] of forms) {
      const res = await post(dashboard, path, readers[language], form);
      expect([400, 409], path).toContain(res.status);
      const $ = load(res.text);
      expect($('nav.menu').length, path).toBe(1);
      expect($('[role=alert]').text().trim(), path).not.toBe('');
      expect($('html').attr('lang')).toBe(language);
    }
  });
});

it.each(LANGUAGES)('says in %s what to do with a link to set a password', async (language) => {
  const user = await makeUser(dashboard, 'viewer', { email: `link-${language}@example.com` });
  const made = await post(dashboard, `/users/${user.id}/link`, readers[language], {});
  expectWords(made.text, language, 'the users page with a link');
  const path = load(made.text)('code').text().replace(dashboard.deps.publicUrl, '');
  const res = await get(dashboard, path, readers[language]);
  expect(res.status).toBe(200);
  expectWords(res.text, language, path);
});

it('has every text in both languages, with the same names to fill in', () => {
  for (const [key, { ru, en }] of Object.entries(TEXTS)) {
    const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    expect(names(ru), key).toEqual(names(en));
    if (!key.startsWith('evidence.handle'))
      expect(
        [ru, en].every((text) => text.trim() !== ''),
        key,
      ).toBe(true);
    expect(`${ru}${en}`, key).not.toContain('!');
  }
});

it('counts as both languages count', () => {
  const [ru, en] = [translator('ru'), translator('en')];
  expect([1, 2, 5, 11, 21, 1002].map((n) => ru.count('mentions', n).replace(/\s/g, ' '))).toEqual([
    '1 упоминание',
    '2 упоминания',
    '5 упоминаний',
    '11 упоминаний',
    '21 упоминание',
    '1 002 упоминания',
  ]);
  expect([1, 2].map((n) => en.count('cases', n))).toEqual(['1 case', '2 cases']);
  expect(Object.keys(COUNTED).length).toBeGreaterThan(3);
});
