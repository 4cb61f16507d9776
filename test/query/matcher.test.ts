import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { createMatcher } from '../../src/query/matcher.ts';
import { mustParse } from './samples.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

const keys = (matches: readonly { key: string }[]) => matches.map(({ key }) => key);

describe('the matcher', () => {
  it('finds each of thousands of topics after they were replaced and removed many times over', () => {
    const matcher = createMatcher([], morphology);
    for (let round = 0; round < 4; round += 1) {
      for (let at = 0; at < 2000; at += 1)
        matcher.set({ key: `t${at}`, query: mustParse(`бренд${at} AND (раунд${round} OR слово${at % 7})`) });
      for (let at = 0; at < 2000; at += 3) matcher.remove(`t${at}`);
    }
    for (let at = 0; at < 2000; at += 97) {
      const found = keys(matcher.match({ text: `Про бренд${at}: раунд3.` }));
      expect(found).toEqual(at % 3 === 0 ? [] : [`t${at}`]);
      expect(matcher.match({ text: `Про бренд${at}: раунд2.` })).toEqual([]);
    }
  });

  it('goes on finding what it found when it has learnt how common words are', () => {
    const matcher = createMatcher([], morphology);
    const set = (key: string, query: string) => matcher.set({ key, query: mustParse(query) });
    set('before', 'банк AND вайлдберриз');
    for (let at = 0; at < 600; at += 1) matcher.match({ text: `вайлдберриз ${at}` });
    set('after', 'банк AND вайлдберриз');
    expect(keys(matcher.match({ text: 'банк и вайлдберриз' }))).toEqual(['before', 'after']);
  });

  it('takes a new topic into account for words that it has seen already', () => {
    const matcher = createMatcher([], morphology);
    expect(matcher.match({ text: 'Ромашкой лечат' })).toEqual([]);
    matcher.set({ key: 'one', query: mustParse('ромашка') });
    matcher.set({ key: 'two', query: mustParse('ромаш* OR ромашшка~1') });
    expect(keys(matcher.match({ text: 'Ромашкой лечат' }))).toEqual(['one', 'two']);
    matcher.remove('one');
    expect(keys(matcher.match({ text: 'Ромашкой лечат' }))).toEqual(['two']);
  });

  it('finds topics of a site by its host and those above, and names those that nothing is required for', () => {
    const matcher = createMatcher([], morphology);
    const set = (key: string, query: string) => matcher.set({ key, query: mustParse(query) });
    set('site', 'site:example.com');
    set('either', 'site:example.com OR ромашка');
    set('author', 'author:иванов');
    expect(keys(matcher.match({ text: 'чай', facts: { site: 'forum.example.com' } }))).toEqual([
      'site',
      'either',
    ]);
    expect(keys(matcher.match({ text: 'ромашка', facts: { site: 'other.com' } }))).toEqual(['either']);
    expect(keys(matcher.match({ text: 'чай', authorName: 'Пётр Иванов' }))).toEqual(['author']);
    expect(matcher.unfiled()).toEqual([]);
  });

  it('finds brands as people write them', () => {
    const matcher = createMatcher(
      ['сбербанк', 'МТС', 'Ozon', 'айфон', 'Альфа-Банк', 'apple'].map((query) => ({
        key: query,
        query: mustParse(query),
      })),
      morphology,
    );
    for (const [text, key] of [
      ['ну #сбербанкподвёл опять', 'сбербанк'],
      ['cбербaнк с латинскими буквами', 'сбербанк'],
      ['сбе\u00ADрба\u200Bнку', 'сбербанк'],
      ['ухожу от МТСа', 'МТС'],
      ['заказал Ozonом', 'Ozon'],
      ['мой айфончик', 'айфон'],
      ['в Альфабанке очередь', 'Альфа-Банк'],
      ['недоволен Apple’ом', 'apple'],
      ['за́мок сберба́нка', 'сбербанк'],
    ] as const)
      expect(keys(matcher.match({ text })), text).toEqual([key]);
  });
});
