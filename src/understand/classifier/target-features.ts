import { hashText, hashUnit } from '../../lib/hash32.ts';
import type { OpinionToken, TargetView } from '../../model/opinion.ts';
import { FeatureBuffer } from './feature-buffer.ts';
import type { FeatureSink } from './feature-sink.ts';
import { pushFacts, pushFrames } from './frames.ts';
import { seedOf } from './hashing.ts';
import { leaningSteps, pushLeaning } from './leaning.ts';
import { giveTokenFamilies, type TokenFamily } from './token-sums.ts';
import { readSigns, type WordSigns } from './word-signs.ts';
import type { WordTable } from './word-table.ts';

/** Found on MAMS, Dong 2014 and RuSentNE; no sharper than a tenth. */
const FAMILIES = {
  lemmas: { seed: seedOf(20), weight: 0.6 },
  pieces: { seed: seedOf(21), weight: 0.5 },
  near: { seed: seedOf(22), weight: 0.9 },
  nearPairs: { seed: seedOf(23), weight: 0.6 },
  clause: { seed: seedOf(24), weight: 0.9 },
  clausePieces: { seed: seedOf(25), weight: 0.6 },
  side: { seed: seedOf(26), weight: 0.5 },
  leaning: { seed: seedOf(27), weight: 1.1 },
  own: { seed: seedOf(28), weight: 0.9 },
  role: { seed: seedOf(29), weight: 0.5 },
  frames: { seed: seedOf(30), weight: 0.9 },
  facts: { seed: seedOf(31), weight: 0.7 },
} as const;

export const TARGET_FAMILIES: readonly TokenFamily[] = [
  {
    weight: FAMILIES.lemmas.weight,
    push: (into, { lemma }) => into.pushText(lemma, FAMILIES.lemmas.seed),
  },
  {
    weight: FAMILIES.pieces.weight,
    push: (into, { form }) => into.pushPieces(form, FAMILIES.pieces.seed, 2, 5),
  },
];

const steps = leaningSteps(FAMILIES.leaning.seed);

const NEAR = 6;
const PIECES_REACH = 8;
const [BLANK, BEFORE, AFTER] = [0x20, 0x3c, 0x3e];
const buffer = new FeatureBuffer();

/** Hands over what is known of a text as seen from a target: what stands near, in its clause, on which side, and how it leans. */
export function readTargetFeatures(view: TargetView, table: WordTable, sink: FeatureSink): void {
  giveTokenFamilies(TARGET_FAMILIES, view.tokens, sink);
  const signs = view.tokens.map((token) => readSigns(token, table));
  readViewFeatures(view, signs, sink);
}

/** Those features that no token has by itself; `signs` of each of its tokens. */
export function readViewFeatures(view: TargetView, signs: readonly WordSigns[], sink: FeatureSink): void {
  const { near, nearPairs, clause, clausePieces, side, leaning, own, role, frames, facts } = FAMILIES;
  pushNear(view, near.seed);
  buffer.giveTo(sink, near.weight);
  pushNearPairs(view, nearPairs.seed);
  buffer.giveTo(sink, nearPairs.weight);
  pushClause(view, clause.seed);
  buffer.giveTo(sink, clause.weight);
  pushClausePieces(view, clausePieces.seed);
  buffer.giveTo(sink, clausePieces.weight);
  pushSides(view, side.seed);
  buffer.giveTo(sink, side.weight);
  pushLeaning(buffer, steps, view, signs);
  buffer.giveTo(sink, leaning.weight);
  for (const sign of ownSigns(view)) buffer.pushText(sign, own.seed);
  buffer.giveTo(sink, own.weight);
  pushRole(view, role.seed);
  buffer.giveTo(sink, role.weight);
  pushFrames(buffer, view, signs, frames.seed);
  buffer.giveTo(sink, frames.weight);
  pushFacts(buffer, view, signs, facts.seed);
  buffer.giveTo(sink, facts.weight);
}

// Hashes go on where the one of a text's beginning ends: to join the strings first would cost more than all the rest.

function pushNear({ tokens, distances }: TargetView, seed: number): void {
  for (let at = 0; at < tokens.length; at += 1) {
    const distance = distances[at] ?? 0;
    if (distance === 0 || Math.abs(distance) > NEAR) continue;
    const { lemma } = tokens[at] as OpinionToken;
    buffer.pushText(lemma, seed);
    buffer.pushText(lemma, hashUnit(hashText(band(distance), seed), BLANK));
  }
}

function pushNearPairs({ tokens, distances }: TargetView, seed: number): void {
  for (let at = 0; at + 1 < tokens.length; at += 1) {
    if (Math.abs(distances[at] ?? 0) > NEAR) continue;
    const begun = hashUnit(hashText(tokens[at]?.lemma ?? '', seed), BLANK);
    buffer.pushText(tokens[at + 1]?.lemma ?? '', begun);
    if (at + 2 < tokens.length) buffer.pushText(tokens[at + 2]?.lemma ?? '', hashText('_ ', begun));
  }
}

function pushClause({ tokens, distances, clauses }: TargetView, seed: number): void {
  for (let at = 0; at < tokens.length; at += 1) {
    const apart = clauses[at] ?? 0;
    if (Math.abs(apart) > 1) continue;
    const { lemma } = tokens[at] as OpinionToken;
    if ((distances[at] ?? 0) !== 0) buffer.pushText(lemma, hashText(`${apart} `, seed));
    const next = tokens[at + 1];
    if (apart === 0 && next && clauses[at + 1] === 0)
      buffer.pushText(next.lemma, hashUnit(hashText(lemma, seed), BLANK));
  }
}

function pushClausePieces({ tokens, distances, clauses }: TargetView, seed: number): void {
  for (let at = 0; at < tokens.length; at += 1) {
    const distance = Math.abs(distances[at] ?? 0);
    if (distance !== 0 && distance <= PIECES_REACH && clauses[at] === 0)
      buffer.pushPieces((tokens[at] as OpinionToken).form, seed, 3, 5);
  }
}

function pushSides({ tokens, distances }: TargetView, seed: number): void {
  const [before, after] = [hashText('< ', seed), hashText('> ', seed)];
  for (let at = 0; at < tokens.length; at += 1) {
    const distance = distances[at] ?? 0;
    if (distance !== 0) buffer.pushText((tokens[at] as OpinionToken).lemma, distance < 0 ? before : after);
  }
}

/** What the target is called, word by word and in pairs, where those are common words: «преступник» says something, a name must not. */
function ownSigns({ named }: TargetView): string[] {
  const words = named.map(({ lemma, isCapital }) => (isCapital ? 'a name' : lemma));
  return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)];
}

const ROLE_REACH = 8;

/** What is done to the target and what it does are told apart by the ending of its name: in Russian, its case. */
function pushRole({ tokens, distances, clauses, named }: TargetView, seed: number): void {
  const ending = named.at(-1)?.form.slice(-2) ?? '';
  buffer.pushText(`ends ${ending}`, seed);
  const begun = hashText(ending, seed);
  for (let at = 0; at < tokens.length; at += 1) {
    const distance = distances[at] ?? 0;
    if (distance === 0 || Math.abs(distance) > ROLE_REACH || clauses[at] !== 0) continue;
    const { lemma } = tokens[at] as OpinionToken;
    buffer.pushText(lemma, hashUnit(begun, BLANK));
    buffer.pushText(lemma, hashUnit(begun, distance < 0 ? BEFORE : AFTER));
  }
}

/** Side and distance in five steps. */
function band(distance: number): string {
  const size = Math.abs(distance);
  const step = size <= 1 ? 1 : size <= 2 ? 2 : size <= 4 ? 3 : size <= 7 ? 4 : 5;
  return `${distance < 0 ? '<' : '>'}${step}`;
}
