import { hashText, hashUnit } from '../../lib/hash32.ts';
import type { OpinionText, OpinionToken } from '../../model/opinion.ts';
import { DENIALS } from './denials.ts';
import { faultSigns } from './faults.ts';
import { FeatureBuffer } from './feature-buffer.ts';
import type { FeatureSink } from './feature-sink.ts';
import { seedOf } from './hashing.ts';
import { mannerOf } from './manner.ts';
import { polaritySigns } from './polarity.ts';
import type { WordTable } from './word-table.ts';

/** How much each family weighs beside the others: found by cross-validation on the Russian sets, no sharper than a tenth. */
const FAMILIES = {
  words: { seed: seedOf(0), weight: 0.7 },
  lemmas: { seed: seedOf(1), weight: 1 },
  pairs: { seed: seedOf(2), weight: 0.5 },
  pieces: { seed: seedOf(3), weight: 1 },
  denied: { seed: seedOf(4), weight: 0.5 },
  manner: { seed: seedOf(5), weight: 0.5 },
  polarity: { seed: seedOf(6), weight: 0.7 },
  faults: { seed: seedOf(7), weight: 0.7 },
} as const;

const PIECE_LENGTHS = { shortest: 2, longest: 5 };
/** How many words a denial reaches. */
const DENIAL_REACH = 4;
const CLAUSE_END = /^[.!?,;:]/;

const buffer = new FeatureBuffer();

/** Hands over what classifiers know a text by; the same in training and in use. */
export function readFeatures(text: OpinionText, table: WordTable, sink: FeatureSink): void {
  const { tokens } = text;
  const { words, lemmas, pairs, pieces, denied, manner, polarity, faults } = FAMILIES;
  for (const { form } of tokens) buffer.pushText(form, words.seed);
  buffer.giveTo(sink, words.weight);
  for (const { lemma } of tokens) buffer.pushText(lemma, lemmas.seed);
  buffer.giveTo(sink, lemmas.weight);
  pushPairs(tokens, pairs.seed);
  buffer.giveTo(sink, pairs.weight);
  for (const { form } of tokens) pushPieces(form, pieces.seed);
  buffer.giveTo(sink, pieces.weight);
  pushDenied(tokens, denied.seed);
  buffer.giveTo(sink, denied.weight);
  for (const sign of mannerOf(text)) buffer.pushText(sign, manner.seed);
  buffer.giveTo(sink, manner.weight);
  for (const sign of polaritySigns(tokens, table)) buffer.pushText(sign, polarity.seed);
  buffer.giveTo(sink, polarity.weight);
  for (const sign of faultSigns(tokens, table)) buffer.pushText(sign, faults.seed);
  buffer.giveTo(sink, faults.weight);
}

/** What a token alone gives away. */
export function readTokenFeatures({ form, lemma }: OpinionToken, sink: FeatureSink): void {
  const { words, lemmas, pieces } = FAMILIES;
  buffer.pushText(form, words.seed);
  buffer.giveTo(sink, words.weight);
  buffer.pushText(lemma, lemmas.seed);
  buffer.giveTo(sink, lemmas.weight);
  pushPieces(form, pieces.seed);
  buffer.giveTo(sink, pieces.weight);
}

function pushPairs(tokens: readonly OpinionToken[], seed: number): void {
  let before: number | null = null;
  for (const { lemma } of tokens) {
    if (before !== null) buffer.pushText(lemma, hashUnit(before, 0));
    before = hashText(lemma, seed);
  }
}

function pushPieces(form: string, seed: number): void {
  buffer.pushPieces(form, seed, PIECE_LENGTHS.shortest, PIECE_LENGTHS.longest);
}

function pushDenied(tokens: readonly OpinionToken[], seed: number): void {
  let left = 0;
  for (const { form, lemma } of tokens) {
    if (DENIALS.has(form)) left = DENIAL_REACH;
    else if (CLAUSE_END.test(form)) left = 0;
    else if (left > 0) {
      buffer.pushText(lemma, seed);
      left -= 1;
    }
  }
}
