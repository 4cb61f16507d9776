import type { IdentifierKind } from '../src/match/claims/claim.ts';
import { claimFeatures } from '../src/match/claims/features.ts';
import { BIAS, CLAIMS, claimOdds } from '../src/match/claims/reader.ts';
import { fitLogistic } from './fit-logistic.ts';
import { readOwnRows } from './own-files.ts';

/** Stand for identifiers of which only the place matters. */
const SAMPLES: Readonly<Record<string, string>> = {
  phone: '+7 916 123-45-67',
  email: 'ivan.petrov@mail.ru',
  order: '4821-7733-90',
};
/** C of each sentence; of .03 to 3 the best by cross-validation. */
const COST = 1;
const SEED = 1;
const LEAST_SENTENCES = 2;

/** A post of which a person said whose the identifier is. */
export interface Sentence {
  label: string;
  features: string[];
}

/** The sentences of our own. */
export function readSentences(): Sentence[] {
  return readOwnRows('labels/claims.tsv', 3).map(([label = '', kind = '', text = '']) => {
    const start = text.indexOf('{ID}');
    const sample = SAMPLES[kind] ?? '';
    const whole = text.replace('{ID}', sample);
    return { label, features: claimFeatures(whole, start, start + sample.length, kind as IdentifierKind) };
  });
}

/** Weights of features for each of CLAIMS. The same sentences give the same weights. */
export function learnClaims(sentences: readonly Sentence[]): Map<string, number[]> {
  const seen = new Map<string, number>();
  for (const { features } of sentences)
    for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const names = [...seen].filter(([, count]) => count >= LEAST_SENTENCES).map(([name]) => name);
  const rowOf = new Map(names.map((name, row) => [name, row]));
  const vectors = sentences.map(({ features }) => {
    const rows = Uint32Array.from(features.flatMap((feature) => rowOf.get(feature) ?? [])).sort();
    return { rows, values: new Float32Array(rows.length).fill(1) };
  });
  const fits = CLAIMS.map((claim) =>
    fitLogistic(
      sentences.map(({ label }, at) => ({
        vector: vectors[at] ?? { rows: new Uint32Array(), values: new Float32Array() },
        isOne: label === claim,
        cost: COST,
      })),
      names.length,
      SEED,
    ),
  );
  const weights = new Map([[BIAS, fits.map(({ bias }) => bias)]]);
  for (const [row, name] of names.entries())
    weights.set(
      name,
      fits.map((one) => one.weights[row] ?? 0),
    );
  return weights;
}

/** Every tenth sentence is held back to say how well the others teach. */
export function heldBack(sentences: readonly Sentence[]): { taught: Sentence[]; held: Sentence[] } {
  return {
    taught: sentences.filter((_, at) => at % HELD_BACK !== 0),
    held: sentences.filter((_, at) => at % HELD_BACK === 0),
  };
}

const HELD_BACK = 10;

/** How claims are told of sentences that the weights were not learned from; shares 0 to 1. */
export interface ClaimFigures {
  right: number;
  /** From each probability on: own ones kept, and others taken for own. */
  taken: readonly { from: number; own: number; others: number }[];
}

const FROM = [0.4, 0.7];

export function measureClaims(
  weights: ReadonlyMap<string, readonly number[]>,
  sentences: readonly Sentence[],
): ClaimFigures {
  const told = sentences.map(({ label, features }) => ({ label, odds: claimOdds(features, weights) }));
  const right = told.filter(({ label, odds }) => CLAIMS[odds.indexOf(Math.max(...odds))] === label).length;
  const share = (rows: typeof told, from: number): number =>
    rows.filter(({ odds }) => (odds[0] ?? 0) >= from).length / rows.length;
  const own = told.filter(({ label }) => label === 'own');
  const others = told.filter(({ label }) => label !== 'own');
  return {
    right: right / told.length,
    taken: FROM.map((from) => ({ from, own: share(own, from), others: share(others, from) })),
  };
}
