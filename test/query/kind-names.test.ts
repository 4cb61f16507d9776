import { expect, it } from 'vitest';
import { POST_KINDS } from '../../src/model/tag.ts';
import { FIELDS } from '../../src/query/fields.ts';
import { formatQuery } from '../../src/query/format.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { mustParse } from './samples.ts';

it('intent: takes every kind of post', () => {
  expect(FIELDS.get('intent')?.choices).toEqual(POST_KINDS);
});

it.each([
  ['intent:жалоба', 'intent:complaint'],
  ['intent:вопрос', 'intent:question'],
  ['intent:Спасибо', 'intent:thanks'],
  ['intent:рекомендация', 'intent:recommendation'],
  ['intent:сравнение', 'intent:comparison'],
  ['intent:новости', 'intent:news'],
  ['intent:реклама', 'intent:advert'],
  ['intent:вакансия', 'intent:vacancy'],
  ['intent:розыгрыш', 'intent:giveaway'],
  ['intent:ответ', 'intent:reply'],
  ['intent:(спам | other)', 'intent:(spam | other)'],
  ['intent:прочее', 'intent:other'],
])('%s is %s', (russian, english) => {
  const one = formatQuery(mustParse(russian, 'search'));
  expect(one).toBe(formatQuery(mustParse(english, 'search')));
  expect(one).not.toMatch(/\p{Script=Cyrillic}/u);
});

it.each([
  ['intent:реклма', 'advert'],
  ['intent:advrt', 'advert'],
])('%s suggests %s', (query, kind) => {
  const answer = parseQuery(query, 'search');
  expect('issues' in answer && answer.issues[0]?.message.ru).toContain(`→ ${kind}`);
});

it.each([
  'ромашка -intent:advert',
  'ромашка NOT (intent:(спам | вакансия) sure>=90)',
])('a topic may ask %s', (query) => {
  expect(parseQuery(query, 'topic')).toHaveProperty('query');
});

it.each([
  ['ромашка intent:complaint', 'intent:complaint'],
  ['ромашка complaint:review', 'complaint'],
  ['ромашка intent(лютик):news', 'intent:news'],
  ['ромашка has:customer', 'has:customer'],
])('of a topic %s is refused, since %s is known later', (query, condition) => {
  const answer = parseQuery(query, 'topic');
  expect('issues' in answer && answer.issues).toMatchObject([{ code: 'known-later' }]);
  expect('issues' in answer && answer.issues[0]?.message.en).toMatch(new RegExp(`^${condition}:`));
});
