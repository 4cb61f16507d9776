import { join } from 'node:path';
import { type Token, tokenize } from '../../src/lib/tokens.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { type Brand, createFeatureReader, type FeatureReader } from '../../src/query/context/features.ts';
import type { Example } from '../../src/query/context/logistic.ts';
import { readCases } from '../set.ts';
import { createFinder } from './finder.ts';
import { readPairs } from './pairs.ts';
import { createRandom, pickOne, shuffled } from './seeded.ts';

const SEED = 5;
/** Texts in which a brand or a noun was only supposed: many, and not all as supposed. */
const SUPPOSED = 0.1;
const PER_BRAND = 100;
const ORGANISATIONS = 300;
const ENGLISH_BRANDS = 300;
const NOUNS = { ru: 3000, en: 1500 };

export interface BrandExample extends Example {
  brand: string;
  language: 'ru' | 'en';
}

type Read = (brand: Brand, text: string, span: { start: number; end: number }) => string[];

function createKeyReader(morphology: Morphology): Read {
  const readers = new Map<string, FeatureReader>();
  return (brand, text, span) => {
    const key = `${brand.name} | ${brand.about}`;
    const read = readers.get(key) ?? createFeatureReader(brand, morphology);
    readers.set(key, read);
    return read(text, span).map((feature) => feature.key);
  };
}

/** Our own sentences, each judged by us. */
export function ownExamples(morphology: Morphology): BrandExample[] {
  const [find, read] = [createFinder(morphology), createKeyReader(morphology)];
  return readPairs().flatMap(({ brand, language, text, isBrand }): BrandExample[] => {
    const [span] = find(brand.name, text);
    const keys = span ? read(brand, text, span) : [];
    return span ? [{ brand: brand.name, language, keys, positive: isBrand, weight: 1 }] : [];
  });
}

/** Brands in posts and news of which nobody doubts that they are meant, and nouns that nobody takes for brands. */
export function supposedExamples(folder: string, morphology: Morphology): Example[] {
  const nlp = join(folder, 'nlp');
  const read = createKeyReader(morphology);
  const found = createFinder(morphology);
  return [
    ...russianBrands(nlp, read, found),
    ...organisations(nlp, read),
    ...nouns(nlp, 'ru', read, morphology),
    ...nouns(nlp, 'en', read, morphology),
    ...englishBrands(nlp, read, found),
  ];
}

function supposed(keys: string[], positive: boolean): Example {
  return { keys, positive, weight: SUPPOSED };
}

const RUSSIAN_BRANDS: Readonly<Record<string, Brand>> = {
  sberbank: { name: 'Сбербанк', about: 'банк' },
  vtb: { name: 'ВТБ', about: 'банк' },
  alfabank: { name: 'Альфа-Банк', about: 'банк' },
  gazprom: { name: 'Газпромбанк', about: 'банк' },
  raiffeisen: { name: 'Райффайзен', about: 'банк' },
  uralsib: { name: 'Уралсиб', about: 'банк' },
  rshb: { name: 'Россельхозбанк', about: 'банк' },
  megafon: { name: 'МегаФон', about: 'оператор связи' },
  mts: { name: 'МТС', about: 'оператор связи' },
  beeline: { name: 'Билайн', about: 'оператор связи' },
  tele2: { name: 'Tele2', about: 'оператор связи' },
  skylink: { name: 'Скайлинк', about: 'оператор связи' },
  rostelecom: { name: 'Ростелеком', about: 'интернет-провайдер' },
};

type Find = ReturnType<typeof createFinder>;

function russianBrands(nlp: string, read: Read, find: Find): Example[] {
  const taken = new Map<string, number>();
  const texts = readCases<{ brands: string[]; text: string }>(nlp, 'ru_brand_mentions.train.jsonl.gz');
  return shuffled(texts, SEED).flatMap(({ brands, text }) =>
    brands.flatMap((id) => {
      const brand = RUSSIAN_BRANDS[id];
      const count = taken.get(id) ?? 0;
      if (!brand || count >= PER_BRAND) return [];
      const [span] = find(brand.name, text);
      if (span) taken.set(id, count + 1);
      return span ? [supposed(read(brand, text, span), true)] : [];
    }),
  );
}

function organisations(nlp: string, read: Read): Example[] {
  interface Row {
    text: string;
    start: number;
    end: number;
    tag: string;
  }
  return shuffled(readCases<Row>(nlp, 'ru_rusentne.train.jsonl.gz'), SEED)
    .filter(({ tag, text, start }) => tag.includes('ORG') && /^\p{Lu}/u.test(text.slice(start, start + 2)))
    .slice(0, ORGANISATIONS)
    .map((row) =>
      supposed(read({ name: row.text.slice(row.start, row.end), about: '' }, row.text, row), true),
    );
}

const ABOUT = {
  ru: [
    'банк',
    'оператор связи',
    'сеть магазинов',
    'доставка',
    'телеканал',
    'такси',
    'страховая компания',
    'отель',
    'приложение',
    'ресторан',
    '',
  ],
  en: ['bank', 'mobile operator', 'shop', 'airline', 'app', 'magazine', ''],
};

/** One word of each text as if it were the name of some firm. */
function nouns(nlp: string, language: 'ru' | 'en', read: Read, morphology: Morphology): Example[] {
  const random = createRandom(SEED);
  const rows = readCases<{ text: string; text_en: string }>(nlp, 'ru_goemotions_mt.train.jsonl');
  const texts = rows.map((row) => (language === 'ru' ? row.text : row.text_en));
  return shuffled(texts, SEED)
    .flatMap((text) => {
      const word = pickOne(
        tokenize(text).filter((token) => isPlainNoun(token, text, language, morphology)),
        random,
      );
      if (!word) return [];
      const lemma = language === 'ru' ? (morphology.lemmas(word.word)[0] ?? word.word) : word.word;
      const name = lemma.charAt(0).toUpperCase() + lemma.slice(1);
      return [supposed(read({ name, about: pickOne(ABOUT[language], random) ?? '' }, text, word), false)];
    })
    .slice(0, NOUNS[language]);
}

function isPlainNoun(token: Token, text: string, language: 'ru' | 'en', morphology: Morphology): boolean {
  if (token.kind !== 'word' || token.word.length < 4) return false;
  if (language === 'en') return /^[a-z]/.test(text.slice(token.start));
  const [lemma = '', ...others] = morphology.lemmas(token.word);
  return morphology.isKnown(token.word) && others.length === 0 && !/(?:ть|ый|ий|ой|ся|но)$/.test(lemma);
}

const ENGLISH_BRANDS_OF: Readonly<Record<string, Brand>> = {
  apple: { name: 'Apple', about: 'electronics company' },
  google: { name: 'Google', about: 'search' },
  microsoft: { name: 'Microsoft', about: 'software company' },
  twitter: { name: 'Twitter', about: 'social site' },
};

function englishBrands(nlp: string, read: Read, find: Find): Example[] {
  const rows = readCases<{ brand: string; label: string; text: string }>(nlp, 'en_sanders_brand.train.jsonl');
  return shuffled(rows, SEED)
    .filter(({ label }) => label !== 'irrelevant')
    .flatMap(({ brand: id, text }) => {
      const brand = ENGLISH_BRANDS_OF[id];
      const [span] = brand ? find(brand.name, text) : [];
      return brand && span ? [supposed(read(brand, text, span), true)] : [];
    })
    .slice(0, ENGLISH_BRANDS);
}
