import type { TargetView } from '../../model/opinion.ts';
import { FeatureBuffer } from './feature-buffer.ts';
import type { FeatureSink } from './feature-sink.ts';
import { seedOf } from './hashing.ts';
import { leaningSigns } from './polarity.ts';
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
  own: { seed: seedOf(28), weight: 0.5 },
  role: { seed: seedOf(29), weight: 0.5 },
} as const;

const NEAR = 6;
const PIECES_REACH = 8;
const buffer = new FeatureBuffer();

/** Hands over what is known of a text as seen from a target: what stands near, in its clause, on which side, and how it leans. */
export function readTargetFeatures(view: TargetView, table: WordTable, sink: FeatureSink): void {
  const { tokens, distances, clauses } = view;
  const { lemmas, pieces, near, nearPairs, clause, clausePieces, side, leaning, own, role } = FAMILIES;
  const distanceOf = (at: number): number => distances[at] ?? 0;
  for (const { lemma } of tokens) buffer.pushText(lemma, lemmas.seed);
  buffer.giveTo(sink, lemmas.weight);
  for (const { form } of tokens) buffer.pushPieces(form, pieces.seed, 2, 5);
  buffer.giveTo(sink, pieces.weight);
  tokens.forEach(({ lemma }, at) => {
    const distance = distanceOf(at);
    if (distance === 0 || Math.abs(distance) > NEAR) return;
    buffer.pushText(lemma, near.seed);
    buffer.pushText(`${band(distance)} ${lemma}`, near.seed);
  });
  buffer.giveTo(sink, near.weight);
  for (let at = 0; at + 1 < tokens.length; at += 1) {
    if (Math.abs(distanceOf(at)) > NEAR) continue;
    const lemma = tokens[at]?.lemma;
    buffer.pushText(`${lemma} ${tokens[at + 1]?.lemma}`, nearPairs.seed);
    if (at + 2 < tokens.length) buffer.pushText(`${lemma} _ ${tokens[at + 2]?.lemma}`, nearPairs.seed);
  }
  buffer.giveTo(sink, nearPairs.weight);
  tokens.forEach(({ lemma }, at) => {
    const apart = clauses[at] ?? 0;
    if (distanceOf(at) !== 0 && Math.abs(apart) <= 1) buffer.pushText(`${apart} ${lemma}`, clause.seed);
    const next = tokens[at + 1];
    if (apart === 0 && next && clauses[at + 1] === 0) buffer.pushText(`${lemma} ${next.lemma}`, clause.seed);
  });
  buffer.giveTo(sink, clause.weight);
  tokens.forEach(({ form }, at) => {
    if (distanceOf(at) !== 0 && Math.abs(distanceOf(at)) <= PIECES_REACH && clauses[at] === 0)
      buffer.pushPieces(form, clausePieces.seed, 3, 5);
  });
  buffer.giveTo(sink, clausePieces.weight);
  tokens.forEach(({ lemma }, at) => {
    if (distanceOf(at) !== 0) buffer.pushText(distanceOf(at) < 0 ? `< ${lemma}` : `> ${lemma}`, side.seed);
  });
  buffer.giveTo(sink, side.weight);
  for (const sign of leaningSigns(view, table)) buffer.pushText(sign, leaning.seed);
  buffer.giveTo(sink, leaning.weight);
  for (const sign of ownSigns(view)) buffer.pushText(sign, own.seed);
  buffer.giveTo(sink, own.weight);
  pushRole(view, role.seed);
  buffer.giveTo(sink, role.weight);
}

/** What the target is called, where that is a common word: «преступник» says something, a name must not. */
function ownSigns({ named }: TargetView): string[] {
  return named.map(({ lemma, isCapital }) => (isCapital ? 'a name' : lemma));
}

const ROLE_REACH = 8;

/** What is done to the target and what it does are told apart by the ending of its name: in Russian, its case. */
function pushRole({ tokens, distances, clauses, named }: TargetView, seed: number): void {
  const ending = named.at(-1)?.form.slice(-2) ?? '';
  buffer.pushText(`ends ${ending}`, seed);
  tokens.forEach(({ lemma }, at) => {
    const distance = distances[at] ?? 0;
    if (distance === 0 || Math.abs(distance) > ROLE_REACH || clauses[at] !== 0) return;
    buffer.pushText(`${ending} ${lemma}`, seed);
    buffer.pushText(`${ending}${distance < 0 ? '<' : '>'}${lemma}`, seed);
  });
}

/** Side and distance in five steps. */
function band(distance: number): string {
  const size = Math.abs(distance);
  const step = size <= 1 ? 1 : size <= 2 ? 2 : size <= 4 ? 3 : size <= 7 ? 4 : 5;
  return `${distance < 0 ? '<' : '>'}${step}`;
}
