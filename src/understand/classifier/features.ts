import { hashText, hashUnit } from '../../lib/hash32.ts';
import type { OpinionText, OpinionToken } from '../../model/opinion.ts';
import { DENIALS } from './denials.ts';
import { faultSteps, pushFaults } from './faults.ts';
import { FeatureBuffer } from './feature-buffer.ts';
import type { FeatureSink } from './feature-sink.ts';
import { seedOf } from './hashing.ts';
import { mannerSigns, pushManner } from './manner.ts';
import { polaritySteps, pushPolarity } from './polarity.ts';
import type { WordTable } from './word-table.ts';

/** How much each family weighs beside the others: found by cross-validation on the Russian sets, no sharper than a tenth. */
const WEIGHTS = { pairs: 0.5, denied: 0.5, manner: 0.5, polarity: 0.7, faults: 0.7 };
const WORDS = seedOf(0);
const LEMMAS = seedOf(1);
const PAIRS = seedOf(2);
const PIECES = seedOf(3);
const DENIED = seedOf(4);

const PIECE_LENGTHS = { shortest: 2, longest: 5 };
/** How many words a denial reaches. */
const DENIAL_REACH = 4;
const CLAUSE_END = /^[.!?,;:]/;

/** Features of one family that each token has by itself, whatever stands beside it. */
export interface TokenFamily {
  weight: number;
  push(buffer: FeatureBuffer, token: OpinionToken): void;
}

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
  for (const family of TOKEN_FAMILIES) {
    for (const token of text.tokens) family.push(buffer, token);
    buffer.giveTo(sink, family.weight);
  }
  readTextFeatures(text, table, sink);
}

/** Those features that no token has by itself. */
export function readTextFeatures(text: OpinionText, table: WordTable, sink: FeatureSink): void {
  const { tokens } = text;
  pushPairs(tokens);
  buffer.giveTo(sink, WEIGHTS.pairs);
  pushDenied(tokens);
  buffer.giveTo(sink, WEIGHTS.denied);
  pushManner(buffer, manner, text);
  buffer.giveTo(sink, WEIGHTS.manner);
  pushPolarity(buffer, polarity, tokens, table);
  buffer.giveTo(sink, WEIGHTS.polarity);
  pushFaults(buffer, faults, tokens, table);
  buffer.giveTo(sink, WEIGHTS.faults);
}

function pushPairs(tokens: readonly OpinionToken[]): void {
  let before: number | null = null;
  for (const { lemma } of tokens) {
    if (before !== null) buffer.pushText(lemma, hashUnit(before, 0));
    before = hashText(lemma, PAIRS);
  }
}

function pushDenied(tokens: readonly OpinionToken[]): void {
  let left = 0;
  for (const { form, lemma, isWord } of tokens) {
    if (DENIALS.has(form)) left = DENIAL_REACH;
    else if (!isWord && CLAUSE_END.test(form)) left = 0;
    else if (left > 0) {
      buffer.pushText(lemma, DENIED);
      left -= 1;
    }
  }
}
