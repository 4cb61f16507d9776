import { hashUnit } from '../../lib/hash32.ts';
import type { OpinionText } from '../../model/opinion.ts';
import { faultSteps, pushFaults } from './faults.ts';
import { FeatureBuffer } from './feature-buffer.ts';
import type { FeatureSink } from './feature-sink.ts';
import { seedOf } from './hashing.ts';
import { mannerSigns, pushManner } from './manner.ts';
import { polaritySteps, pushPolarity } from './polarity.ts';
import { giveTokenFamilies, type TokenFamily } from './token-sums.ts';
import { readSigns, type WordSigns } from './word-signs.ts';
import type { WordTable } from './word-table.ts';

/** How much each family weighs beside the others: found by cross-validation on the Russian sets, no sharper than a tenth. */
const WEIGHTS = { pairs: 0.5, denied: 0.5, manner: 0.5, polarity: 0.7, faults: 0.7 };
const WORDS = seedOf(0);
const LEMMAS = seedOf(1);
const PIECES = seedOf(3);
const DENIED = seedOf(4);

const PIECE_LENGTHS = { shortest: 2, longest: 5 };
/** How many words a denial reaches. */
const DENIAL_REACH = 4;

export const TOKEN_FAMILIES: readonly TokenFamily[] = [
  { weight: 0.7, push: (buffer, { form }) => buffer.pushText(form, WORDS) },
  { weight: 1, push: (buffer, { lemma }) => buffer.pushText(lemma, LEMMAS) },
  {
    weight: 1,
    push: (buffer, { form }) =>
      buffer.pushPieces(form, PIECES, PIECE_LENGTHS.shortest, PIECE_LENGTHS.longest),
  },
];

const buffer = new FeatureBuffer();
const manner = mannerSigns(seedOf(5));
const polarity = polaritySteps(seedOf(6));
const faults = faultSteps(seedOf(7));

/** Hands over what classifiers know a text by; the same in training and in use. */
export function readFeatures(text: OpinionText, table: WordTable, sink: FeatureSink): void {
  giveTokenFamilies(TOKEN_FAMILIES, text.tokens, sink);
  const signs = text.tokens.map((token) => readSigns(token, table));
  readTextFeatures(text, signs, table, sink);
}

/** Those features that no token has by itself; `signs` of each of its tokens. */
export function readTextFeatures(
  text: OpinionText,
  signs: readonly WordSigns[],
  table: WordTable,
  sink: FeatureSink,
): void {
  pushPairs(signs);
  buffer.giveTo(sink, WEIGHTS.pairs);
  pushDenied(signs);
  buffer.giveTo(sink, WEIGHTS.denied);
  pushManner(buffer, manner, text);
  buffer.giveTo(sink, WEIGHTS.manner);
  pushPolarity(buffer, polarity, signs, table);
  buffer.giveTo(sink, WEIGHTS.polarity);
  pushFaults(buffer, faults, signs, table);
  buffer.giveTo(sink, WEIGHTS.faults);
}

function pushPairs(signs: readonly WordSigns[]): void {
  for (let at = 1; at < signs.length; at += 1)
    buffer.pushText((signs[at] as WordSigns).lemma, hashUnit((signs[at - 1] as WordSigns).pair, 0));
}

function pushDenied(signs: readonly WordSigns[]): void {
  let left = 0;
  for (const { isDenial, endsClause, lemma } of signs) {
    if (isDenial) left = DENIAL_REACH;
    else if (endsClause) left = 0;
    else if (left > 0) {
      buffer.pushText(lemma, DENIED);
      left -= 1;
    }
  }
}
