import { cachedWords } from '../../lib/cache.ts';
import type { OpinionToken } from '../../model/opinion.ts';
import { FeatureBuffer } from './feature-buffer.ts';
import { TOKEN_FAMILIES } from './features.ts';
import { addRows, type LinearSum, type LinearWeights } from './linear.ts';

/** What one token adds: family by family, the sums of its rows and how many there are. */
interface TokenSum {
  /** TOKEN_FAMILIES.length × outputs */
  sums: Int32Array;
  counts: readonly number[];
}

/** Words come again and again: some ten thousands are remembered, which is about twenty megabytes. */
const REMEMBERED = 16_000;

const WEIGHTS = TOKEN_FAMILIES.map(({ weight }) => weight);

const buffer = new FeatureBuffer();

/** Adds up what the tokens of a text say by themselves. As `readFeatures` hands it over, but each word is worked out once. */
export class TokenSums {
  private readonly model: LinearWeights;
  /** A form has one lemma, so the form is the key. */
  private readonly sumOf: (form: string, token: OpinionToken) => TokenSum;
  private readonly total: Int32Array;
  private readonly counts = new Float64Array(TOKEN_FAMILIES.length);

  constructor(model: LinearWeights) {
    this.model = model;
    this.total = new Int32Array(TOKEN_FAMILIES.length * model.outputs);
    this.sumOf = cachedWords((_, token) => this.compute(token), REMEMBERED);
  }

  addTo(sum: LinearSum, tokens: readonly OpinionToken[]): void {
    const total = this.total;
    const counts = this.counts;
    total.fill(0);
    counts.fill(0);
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as OpinionToken;
      const own = this.sumOf(token.form, token);
      for (let one = 0; one < total.length; one += 1)
        total[one] = (total[one] as number) + (own.sums[one] as number);
      for (let one = 0; one < counts.length; one += 1)
        counts[one] = (counts[one] as number) + (own.counts[one] as number);
    }
    for (let family = 0; family < counts.length; family += 1)
      sum.add(total, family * this.model.outputs, counts[family] as number, WEIGHTS[family] as number);
  }

  /** What a text of this token alone adds to each output, times `direction`, before scales and biases. */
  project(token: OpinionToken, direction: Float64Array): number {
    const { sums, counts } = this.sumOf(token.form, token);
    let projected = 0;
    for (let family = 0; family < counts.length; family += 1) {
      const from = family * direction.length;
      let own = 0;
      for (let output = 0; output < direction.length; output += 1)
        own += (sums[from + output] as number) * (direction[output] as number);
      if (own !== 0) projected += (own * (WEIGHTS[family] as number)) / Math.sqrt(counts[family] as number);
    }
    return projected;
  }

  private compute(token: OpinionToken): TokenSum {
    const { outputs } = this.model;
    const sums = new Int32Array(TOKEN_FAMILIES.length * outputs);
    const counts = TOKEN_FAMILIES.map(({ push }, family) => {
      let taken = 0;
      push(buffer, token);
      buffer.giveTo(
        {
          take: (hashes, count) => {
            addRows(this.model, hashes, count, sums.subarray(family * outputs, (family + 1) * outputs));
            taken = count;
          },
        },
        1,
      );
      return taken;
    });
    return { sums, counts };
  }
}
