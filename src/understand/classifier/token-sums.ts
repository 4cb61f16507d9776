import type { OpinionToken } from '../../model/opinion.ts';
import { FeatureBuffer } from './feature-buffer.ts';
import { TOKEN_FAMILIES } from './features.ts';
import { addRows, type LinearSum, type LinearWeights } from './linear.ts';

/**
 * What one token adds by itself: family by family the sums of its rows, `outputs` numbers each; behind them how many rows each
 * family has.
 */
export type TokenSums = Int32Array;

const FAMILIES = TOKEN_FAMILIES.length;
const WEIGHTS = TOKEN_FAMILIES.map(({ weight }) => weight);

const buffer = new FeatureBuffer();

export function sumToken(token: OpinionToken, model: LinearWeights): TokenSums {
  const { outputs } = model;
  const sums = new Int32Array(FAMILIES * outputs + FAMILIES);
  TOKEN_FAMILIES.forEach(({ push }, family) => {
    push(buffer, token);
    const own = sums.subarray(family * outputs, (family + 1) * outputs);
    const take = (hashes: Uint32Array, count: number): void => {
      addRows(model, hashes, count, own);
      sums[FAMILIES * outputs + family] = count;
    };
    buffer.giveTo({ take }, 1);
  });
  return sums;
}

/** As `readFeatures` hands it over. */
export function addTokens(sum: LinearSum, tokens: readonly { sums: TokenSums }[], outputs: number): void {
  const total = new Int32Array(FAMILIES * outputs + FAMILIES);
  for (let at = 0; at < tokens.length; at += 1) {
    const own = (tokens[at] as { sums: TokenSums }).sums;
    for (let one = 0; one < total.length; one += 1)
      total[one] = (total[one] as number) + (own[one] as number);
  }
  for (let family = 0; family < FAMILIES; family += 1) {
    const count = total[FAMILIES * outputs + family] as number;
    sum.add(total, family * outputs, count, WEIGHTS[family] as number);
  }
}

/** Some of the outputs of a model, each with what it counts. */
export interface Direction {
  outputs: readonly number[];
  factors: readonly number[];
}

/** What a text of this token alone adds to the outputs, times the factors, before scales and biases. */
export function project(sums: TokenSums, { outputs, factors }: Direction, width: number): number {
  let projected = 0;
  for (let family = 0; family < FAMILIES; family += 1) {
    let own = 0;
    for (let at = 0; at < outputs.length; at += 1)
      own += (sums[family * width + (outputs[at] as number)] as number) * (factors[at] as number);
    const count = sums[FAMILIES * width + family] as number;
    if (own !== 0) projected += (own * (WEIGHTS[family] as number)) / Math.sqrt(count);
  }
  return projected;
}
