import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldWord } from '../../src/lib/fold.ts';
import { foldedPattern } from '../../src/lib/fold-pattern.ts';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { randomFrom } from '../../src/lib/random.ts';
import { tokenize } from '../../src/lib/tokens.ts';
import type { Morphology } from '../../src/model/ports.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

const POSTS = readFileSync(new URL('../eval/data/posts.jsonl', import.meta.url), 'utf8');
const random = randomFrom(5);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const PREFIXES = ['по', 'наи', 'супер', 'пере', 'не', 'псевдо', 'за', 'я', 'айпо', 'кросс'];
const ENDINGS = [
  '',
  'а',
  'ом',
  'ами',
  'ее',
  'ейший',
  'чик',
  'чиком',
  'ами',
  'ться',
  'ешь',
  'нутый',
  'ы',
  'ing',
  "'s",
  'ies',
  'ability',
];

/** Words as people write them, and what else they might write: other endings and prefixes, stretched letters. */
function makeWords(count: number): string[] {
  const real = [...new Set(tokenize(POSTS).map(({ word }) => word))].filter((word) =>
    /^[a-zа-я]+$/.test(word),
  );
  const change = (word: string): string => {
    const cut = word.slice(0, word.length - Math.floor(random() * 4));
    const at = Math.floor(random() * cut.length);
    return pick([
      () => word,
      () => cut + pick(ENDINGS),
      () => pick(PREFIXES) + word,
      () => pick(PREFIXES) + cut + pick(ENDINGS),
      () => word.slice(0, at) + (word[at] ?? '').repeat(4) + word.slice(at + 1),
      () => pick(real) + cut,
    ])();
  };
  return Array.from({ length: count }, () => foldWord(change(pick(real)))).filter((word) => word !== '');
}

describe('the beginnings of a lemma', () => {
  it('stand in every word that has the lemma', () => {
    const patterns = new Map<string, RegExp | null>();
    const patternOf = (lemma: string): RegExp | null => {
      const parts = morphology.beginnings(lemma);
      return parts && new RegExp(foldedPattern(parts), 'u');
    };
    let told = 0;
    for (const word of makeWords(Number(process.env.WORDS ?? 1500)))
      for (const lemma of morphology.lemmas(word)) {
        if (!patterns.has(lemma)) patterns.set(lemma, patternOf(lemma));
        const pattern = patterns.get(lemma);
        if (pattern) told += 1;
        if (pattern?.test(word) === false)
          expect([word, lemma, morphology.beginnings(lemma)]).toEqual('found');
      }
    expect(told).toBeGreaterThan(1500);
  });

  it('tell names and most words apart', () => {
    expect(morphology.beginnings('ромашка')).toEqual(['ромаш']);
    expect(morphology.beginnings('appl')).toEqual(['appl']);
    expect(morphology.beginnings('человек')).toContain('люди');
    expect(morphology.beginnings('альфа-банк')).toBeNull();
  });
});

describe('the pattern of folded parts', () => {
  const finds = (part: string, text: string): boolean => new RegExp(foldedPattern([part]), 'u').test(text);
  it.each([
    'Сбербанк',
    'CБЕРбaнк',
    'сбЕЕЕрбанк',
    'Сбер-банк',
    'с\u00ADбербанк',
    'сбе\u0301рбанк',
    'сбёрбанк',
    '#мойсбербанк',
  ])('finds %s', (text) => {
    expect(finds('сбербанк', `Мой ${text}!`)).toBe(true);
  });
  it.each([
    'Сбер банк',
    'сберкасса',
    'Ёлка — «зелёная», 100 %…',
    'Sberbank 😀',
  ])('does not find %s', (text) => {
    expect(finds('сбербанк', text)).toBe(false);
  });
  it('finds look-alikes in both directions', () => {
    expect([finds('ozon', 'Оzоn'), finds('втб', 'BTБ'), finds('ozon', 'озон')]).toEqual([true, true, false]);
  });
});
