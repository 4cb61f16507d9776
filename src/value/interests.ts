import { foldWord } from '../lib/fold.ts';
import type { Morphology } from '../model/ports.ts';
import { DAY_MS, type PurchaseFact } from './history.ts';
import { isSensitive } from './sensitive-words.ts';

export interface InferredInterest {
  interest: string;
  /** Days of purchase that speak for it. */
  times: number;
}

/** Once may be a present. */
const LEAST_DAYS = 2;
const MOST = 5;
const SHORTEST = 3;
/** A word that so large a share of all customers has bought tells nobody apart. */
const MOST_COMMON = 0.3;
const NO_INTEREST = new Set(
  (
    'набор комплект штука упаковка пачка большой малый маленький средний новый цвет размер черный белый красный синий серый зеленый скидка акция доставка ' +
    'подарок товар заказ услуга литр грамм метр сантиметр килограмм модель серия ' +
    'set kit piece pack pair box large small medium new color colour size black white red blue grey gray green sale delivery gift order item service model series'
  ).split(' '),
);

/** Nouns of a thing's name in their dictionary form; nothing of a name that tells what must not be inferred. */
export function interestWords(
  item: string,
  morphology: Pick<Morphology, 'lemmas' | 'partOfSpeech'>,
): string[] {
  if (isSensitive(item)) return [];
  const words = foldWord(item).match(/\p{L}[\p{L}-]*/gu) ?? [];
  const lemmas = words.flatMap((word) => morphology.lemmas(word)[0] ?? []);
  const nouns = lemmas.filter(
    (lemma) => /^[a-z]/.test(lemma) || [null, 'noun'].includes(morphology.partOfSpeech(lemma)),
  );
  return [...new Set(nouns)].filter(
    (lemma) => lemma.length >= SHORTEST && !NO_INTEREST.has(lemma) && !isSensitive(lemma),
  );
}

/** What a customer seems to like, the surest first. `wordsOf`: as `interestWords` says; `commonness`: share of customers who have bought it, 0 to 1. */
export function inferInterests(
  purchases: readonly PurchaseFact[],
  wordsOf: (item: string) => readonly string[],
  commonness: (word: string) => number,
): InferredInterest[] {
  const days = new Map<string, Set<number>>();
  for (const { item, at, amount } of purchases) {
    if (amount <= 0) continue;
    for (const word of wordsOf(item)) {
      const known = days.get(word) ?? new Set();
      days.set(word, known.add(Math.floor(at.getTime() / DAY_MS)));
    }
  }
  return [...days]
    .map(([interest, { size }]) => ({ interest, times: size }))
    .filter(({ interest, times }) => times >= LEAST_DAYS && commonness(interest) <= MOST_COMMON)
    .sort(
      (a, b) =>
        b.times * (1 - commonness(b.interest)) - a.times * (1 - commonness(a.interest)) ||
        (a.interest < b.interest ? -1 : 1),
    )
    .slice(0, MOST);
}
