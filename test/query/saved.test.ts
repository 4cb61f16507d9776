import { describe, expect, it } from 'vitest';
import { formatQuery } from '../../src/query/format.ts';
import { readTopicQuery } from '../../src/query/saved.ts';

const SAVED = [
  { key: 'banks', name: 'Банки', query: 'сбербанк OR втб' },
  { key: 'trouble', name: 'Беда', query: 'saved:banks обман' },
  { key: 'one', name: 'Раз', query: 'x1 saved:two' },
  { key: 'two', name: 'Два', query: 'x2 saved:one' },
  { key: 'broken', name: 'Сломана', query: '(сбербанк' },
];

function read(text: string, self = '') {
  const answer = readTopicQuery(text, SAVED, self);
  return 'query' in answer ? formatQuery(answer.query) : answer.issues[0];
}

describe('saved:', () => {
  it('stands for the query of another topic, by key or name, and for those that it names', () => {
    expect(read('чай saved:"банки"')).toBe('чай AND (сбербанк OR втб)');
    expect(read('saved:trouble NOT чай')).toBe('((сбербанк OR втб) AND обман) AND NOT чай');
  });

  it('names the place of a topic that there is none of, and what was probably meant', () => {
    expect(read('чай saved:bank')).toMatchObject({ code: 'saved-unknown', offset: 4 });
    expect(read('чай saved:bank')).toHaveProperty('message.en', expect.stringContaining('saved:"banks"'));
  });

  it('names the members of a circle', () => {
    expect(read('saved:one')).toHaveProperty('message.en', expect.stringContaining('one → two → one'));
    expect(read('x saved:two', 'one')).toHaveProperty(
      'message.en',
      expect.stringContaining('one → two → one'),
    );
  });

  it('says when the other topic cannot be read', () => {
    expect(read('saved:broken')).toMatchObject({ code: 'saved-broken', offset: 0 });
  });

  it('refuses queries that grow beyond bounds by naming each other twice', () => {
    const bomb = Array.from({ length: 40 }, (_, at) => ({
      key: `b${at}`,
      name: `b${at}`,
      query: at === 0 ? 'ромашка' : `saved:b${at - 1} OR saved:b${at - 1}`,
    }));
    expect(readTopicQuery('saved:b39', bomb)).toHaveProperty('issues.0.code', 'saved-too-large');
  });
});
