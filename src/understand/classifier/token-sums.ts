import type { OpinionToken } from '../../model/opinion.ts';
import { FeatureBuffer } from './feature-buffer.ts';
import type { FeatureSink } from './feature-sink.ts';
import { addRows, type LinearSum, type LinearWeights } from './linear.ts';

/** Features of one family that each token has by itself, whatever stands beside it. */
export interface TokenFamily {
  weight: number;
  push(buffer: FeatureBuffer, token: OpinionToken): void;
}

const buffer = new FeatureBuffer();

/** Hands over what the tokens have by themselves. */
export function giveTokenFamilies(
  families: readonly TokenFamily[],
  tokens: readonly OpinionToken[],
  sink: FeatureSink,
): void {
  for (const { push, weight } of families) {
    for (const token of tokens) push(buffer, token);
    buffer.giveTo(sink, weight);
  }
}

/**
 * What one token adds by itself: family by family the sums of its rows, `outputs` numbers each; behind them how many rows each
 * family has. 16 bits hold any sum, for of a word no more is read than a word is long (`LONGEST_WORD`): what is remembered of rare words must be
 * fetched from far, and less of it is fetched sooner.
 */
export type TokenSums = Int16Array;

export function sumToken(
  token: OpinionToken,
  families: readonly TokenFamily[],
  model: LinearWeights,
): TokenSums {
  return new Int16Array(rowSums.of(token, families, model));
}

/** Adds up rows. One for all words: most of those that texts bring are new, and each would leave its litter. */
class RowSums implements FeatureSink {
  private sums = new Int32Array(0);
  private family = 0;
  private families = 0;
  private model: LinearWeights | null = null;

  /** To be read before the next is asked for. */
  of(token: OpinionToken, families: readonly TokenFamily[], model: LinearWeights): Int32Array {
    const size = families.length * (model.outputs + 1);
    if (this.sums.length === size) this.sums.fill(0);
    else this.sums = new Int32Array(size);
    this.model = model;
    this.families = families.length;
    for (this.family = 0; this.family < families.length; this.family += 1) {
      (families[this.family] as TokenFamily).push(buffer, token);
      buffer.giveTo(this, 1);
    }
    return this.sums;
  }

  take(hashes: Uint32Array, count: number): void {
    const model = this.model as LinearWeights;
    addRows(model, hashes, count, this.sums, this.family * model.outputs);
    this.sums[this.families * model.outputs + this.family] = count;
  }
}

const rowSums = new RowSums();

/** Used again for one text after another: to get a new one takes as long as to sum up a few words. */
let totals = new Int32Array(0);

/** As `giveTokenFamilies` hands it over, but each word is worked out once. */
export function addTokens(
  sum: LinearSum,
  tokens: readonly { sums: TokenSums }[],
  families: readonly TokenFamily[],
  outputs: number,
): void {
  const length = families.length * (outputs + 1);
  if (totals.length < length) totals = new Int32Array(length);
  const total = totals;
  total.fill(0);
  let at = 0;
  // Two at a time, as rows are added.
  for (; at + 1 < tokens.length; at += 2) {
    const own = (tokens[at] as { sums: TokenSums }).sums;
    const next = (tokens[at + 1] as { sums: TokenSums }).sums;
    for (let one = 0; one < length; one += 1)
      total[one] = (total[one] as number) + (own[one] as number) + (next[one] as number);
  }
  if (at < tokens.length) {
    const own = (tokens[at] as { sums: TokenSums }).sums;
    for (let one = 0; one < length; one += 1) total[one] = (total[one] as number) + (own[one] as number);
  }
  for (let family = 0; family < families.length; family += 1) {
    const count = total[families.length * outputs + family] as number;
    sum.add(total, family * outputs, count, (families[family] as TokenFamily).weight);
  }
}

/** Some of the outputs of a model, each with what it counts. */
export interface Direction {
  outputs: readonly number[];
  factors: readonly number[];
}

/** What a text of this token alone adds to the outputs, times the factors, before scales and biases. */
export function project(
  sums: TokenSums,
  { outputs, factors }: Direction,
  families: readonly TokenFamily[],
  width: number,
): number {
  let projected = 0;
  for (let family = 0; family < families.length; family += 1) {
    let own = 0;
    for (let at = 0; at < outputs.length; at += 1)
      own += (sums[family * width + (outputs[at] as number)] as number) * (factors[at] as number);
    const count = sums[families.length * width + family] as number;
    if (own !== 0) projected += (own * (families[family] as TokenFamily).weight) / Math.sqrt(count);
  }
  return projected;
}
