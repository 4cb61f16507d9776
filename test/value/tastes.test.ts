import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import { randomFrom } from '../../src/lib/random.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { createCoPurchases, itemKey, likelihoodRatio, suggestItems } from '../../src/value/also-bought.ts';
import { inferInterests, interestWords } from '../../src/value/interests.ts';
import { isSensitive } from '../../src/value/sensitive-words.ts';
import { bought } from './facts.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

const wordsOf = (item: string) => interestWords(item, morphology);
const infer = (items: readonly string[], commonness = (_: string) => 0) =>
  inferInterests(
    items.map((item, n) => bought(n + 1, { item })),
    wordsOf,
    commonness,
  ).map(({ interest }) => interest);

describe('what must not be inferred', () => {
  it.each([
    'Тонометр автоматический',
    'Витамины D3',
    'Тест на беременность',
    'Лекарство от гипертонии',
    'Слуховой аппарат',
    'Таблетки от давления',
    'Инсулин',
    'Икона Божией Матери',
    'Молитвослов',
    'Коран в переводе',
    'Четки деревянные',
    'Халяльная говядина',
    'Менора еврейская',
    'Агитационный плакат',
    'Футболка с логотипом политической партии',
    'Билет на митинг',
    'Презервативы 12 шт.',
    'Членский взнос профсоюза',
    'Цыганская юбка',
    'Контактные линзы',
    'БАДы для суставов',
    'Blood pressure monitor',
    'Vitamin C',
    'Pregnancy test',
    'Insulin pump',
    'Prayer mat',
    'Holy Bible',
    'Rosary beads',
    'Kosher salt',
    'Campaign badge',
    'Pride LGBT flag',
    'Hearing aid batteries',
    'Trade union fee',
    'Contact lens solution',
    'Jewish cookbook',
    'Weight loss tea',
    'Antidepressant',
  ])('is known in both languages: %s', (item) => {
    expect(isSensitive(item)).toBe(true);
    expect(wordsOf(item)).toEqual([]);
  });

  it.each([
    'Чай зелёный',
    'Бадминтонная ракетка',
    'Кроссовки беговые',
    'Кофе в капсулах',
    'Jewellery box',
    'Feather pillow',
    'Running shoes',
    'Green tea',
    'Выборочный набор красок',
  ])('is not seen everywhere: %s', (item) => expect(isSensitive(item)).toBe(false));
});

describe('interests', () => {
  it('are nouns of what was bought on two days at least, in the dictionary form', () => {
    expect(infer(['Чай зелёный 100 г', 'Чашка для чая', 'Кроссовки'])).toEqual(['чай']);
    expect(infer(['Running shoes', 'Trail shoes'])).toEqual(['shoe']);
  });

  it('are not what a day of purchase says twice, nor what nearly everybody buys, nor refunds', () => {
    const sameDay = [bought(1, { item: 'Чай' }), bought(1, { item: 'Чай' })];
    expect(inferInterests(sameDay, wordsOf, () => 0)).toEqual([]);
    expect(infer(['Чай', 'Чай'], () => 0.5)).toEqual([]);
    expect(inferInterests([bought(1), bought(2, { amount: -5 })], wordsOf, () => 0)).toEqual([]);
  });

  it('never tell health, belief, politics or descent, however often it was bought', () => {
    expect(infer(['Витамины', 'Витамины', 'Коран', 'Коран', 'Чай', 'Чай'])).toEqual(['чай']);
  });

  it('survive any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (item) => void infer([item, item])),
    );
  });
});

describe('what others also bought', () => {
  const counts = new Map([
    ['чай', 60],
    ['чашка', 50],
    ['дрель', 50],
    ['витамины', 60],
    ['редкость', 2],
  ]);
  function pairsOf() {
    const together = createCoPurchases(counts);
    for (let n = 0; n < 40; n += 1) together.add(['чай', 'чашка', 'витамины', 'редкость']);
    for (let n = 0; n < 20; n += 1) together.add(['чай', 'витамины']);
    for (let n = 0; n < 50; n += 1) together.add(['дрель']);
    for (let n = 0; n < 10; n += 1) together.add(['чашка']);
    return together.pairs();
  }

  it('is told both ways with who stands behind it, and not of what is rare or guarded', () => {
    const pairs = pairsOf();
    expect(pairs.map(({ item, also, customers, of }) => [item, also, customers, of])).toEqual([
      ['чай', 'чашка', 40, 60],
      ['чашка', 'чай', 40, 50],
    ]);
  });

  it('suggests what he has not, and says because of what', () => {
    expect(suggestItems(['чай'], pairsOf(), 5)).toEqual([
      { item: 'чашка', because: 'чай', customers: 40, of: 60 },
    ]);
    expect(suggestItems(['чай', 'чашка'], pairsOf(), 5)).toEqual([]);
  });

  it('takes one spelling for another', () => {
    expect(itemKey('  Чёрный   ЧАЙ ')).toBe(itemKey('черный чай'));
  });

  it('measures against chance: nothing when there is none, below 0 when they avoid each other', () => {
    expect(likelihoodRatio(25, 50, 50, 100)).toBeCloseTo(0, 6);
    expect(likelihoodRatio(40, 50, 50, 100)).toBeGreaterThan(30);
    expect(likelihoodRatio(5, 50, 50, 100)).toBeLessThan(-30);
    // Dunning's own example of a table, by hand: 2 Σ k ln(k·N / (row·column)).
    expect(likelihoodRatio(10, 20, 30, 100)).toBeCloseTo(
      2 * (10 * Math.log(10 / 6) + 10 * Math.log(10 / 14) + 20 * Math.log(20 / 24) + 60 * Math.log(60 / 56)),
      6,
    );
  });

  it('keeps no pairs that chance made', () => {
    const random = randomFrom(4);
    const names = Array.from({ length: 30 }, (_, n) => `i${n}`);
    const baskets = Array.from({ length: 2000 }, () => names.filter(() => random() < 0.1));
    const seen = new Map(names.map((name) => [name, baskets.filter((one) => one.includes(name)).length]));
    const together = createCoPurchases(seen);
    for (const basket of baskets) together.add(basket);
    expect(together.pairs().length).toBeLessThan(6);
  });
});
