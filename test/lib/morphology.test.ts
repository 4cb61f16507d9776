import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

const FORMS = [
  'ромашка ромашки ромашке ромашку ромашкой ромашек ромашками',
  'вайлдберриз вайлдберриза вайлдберризу вайлдберризом вайлдберризе вайлдберризы',
  'тинькофф тинькоффа тинькоффу тинькоффом тинькоффе',
  'ростелеком ростелекома ростелекому ростелекомом ростелекоме',
  'сбер сбера сберу сбером сбере',
  'вкусвилл вкусвилла вкусвиллу вкусвиллом вкусвилле',
  'самокат самоката самокатом самокатами',
  'икеа икеи икее икею икеей',
  'мвидео мвидео',
  'ламода ламоды ламоде ламоду ламодой',
  'газпромнефть газпромнефти газпромнефтью',
  'альфа-банк альфа-банка альфа-банком альфа-банке',
  'обмануть обманули обманул обмануло обманут обманувший',
  'плохой плохого плохому плохие плох хуже',
  'лагать лагает лагают лагал',
  'елка ёлка елками',
  'плохо плооохо пллоооохо',
  'break broke broken breaks breaking',
  'complain complained complaining complains',
  'delivery deliveries',
  'bad worse worst',
  "iphone iphone's iphone'ом",
];

describe('lemmas', () => {
  it.each(FORMS)('are shared by each two of: %s', (line) => {
    const forms = line.split(' ').map((form) => morphology.lemmas(form.replaceAll('ё', 'е')));
    for (const one of forms)
      for (const two of forms) expect(one.some((lemma) => two.includes(lemma))).toBe(true);
  });

  it('keep every reading, most likely first', () => {
    expect(morphology.lemmas('стали')).toEqual(['стать', 'сталь']);
  });

  it('are folded', () => {
    expect(morphology.lemmas('василька')).toEqual(['василек']);
  });

  it.each([
    '',
    '-',
    "'",
    'а'.repeat(100_000),
    '\uD800',
    '😡',
    '123',
    'aб',
    '--',
    'а-б-в-г',
  ])('answer for %j', (word) => {
    expect(morphology.lemmas(word).length).toBeGreaterThan(0);
  });

  it('differ for different words', () => {
    const shared = (a: string, b: string) =>
      morphology.lemmas(a).some((x) => morphology.lemmas(b).includes(x));
    expect(shared('ромашка', 'рубашка')).toBe(false);
    expect(shared('вайлдберриз', 'тинькофф')).toBe(false);
    expect(shared('банк', 'банкир')).toBe(false);
  });
});

describe('firms', () => {
  it.each([
    ['ростелекомом', true],
    ['втб', true],
    ['ромашка', false],
    ['вайлдберриз', false],
  ])('the dictionary knows %s as nothing but a firm: %s', (word, isFirm) => {
    expect(morphology.isFirm(word)).toBe(isFirm);
  });
});

describe('the part of speech', () => {
  it.each([
    ['доставку', 'noun'],
    ['задержали', 'verb'],
    ['недоступен', 'verb'],
    ['войти', 'infinitive'],
    ['новое', 'adjective'],
    ['заблокированную', 'adjective'],
    ['этого', 'pronoun'],
    ['через', 'preposition'],
    ['нет', 'predicative'],
    ['вайлдберриз', null],
    ['delivery', null],
  ])('of %s is %s', (word, part) => {
    expect(morphology.partOfSpeech(word)).toBe(part);
  });
});
