import { cachedWords } from '../../lib/cache.ts';
import type { AdaptedPart } from '../../model/adaptation.ts';
import type { OpinionToken } from '../../model/opinion.ts';
import type { FeatureSink } from './feature-sink.ts';
import { REMEMBERED } from './known-words.ts';
import { LinearSum, type LinearWeights } from './linear.ts';
import { addTokens, sumToken, type TokenFamily, type TokenSums } from './token-sums.ts';
import { areTones } from './tone.ts';

/** Of a shipped model, or of a part: where the answers to a question stand among the outputs. */
interface Place {
  from: number;
  answers: readonly string[];
}

/** Sums up what an installation has learned of the features of one text, beside the sum of the shipped model. */
export class Shift {
  readonly weights: LinearWeights;
  /** Where features go that both sums are to have. */
  readonly both: FeatureSink;
  private readonly part: AdaptedPart;
  private readonly families: readonly TokenFamily[];
  private readonly sum: LinearSum;
  private readonly sumsOf: (form: string, token: OpinionToken) => { sums: TokenSums };
  private odds: Float64Array = new Float64Array(0);

  constructor(part: AdaptedPart, families: readonly TokenFamily[], shipped: LinearSum) {
    this.part = part;
    this.families = families;
    this.weights = denseOf(part);
    this.sumsOf = cachedWords((_, token) => ({ sums: sumToken(token, families, this.weights) }), REMEMBERED);
    const sum = new LinearSum(this.weights);
    this.sum = sum;
    this.both = {
      take: (hashes, count, weight) => {
        shipped.take(hashes, count, weight);
        sum.take(hashes, count, weight);
      },
    };
  }

  start(tokens: readonly OpinionToken[]): void {
    this.sum.start();
    addTokens(this.sum, this.find(tokens), this.families, this.weights.outputs);
  }

  /** What each token adds by itself. */
  find(tokens: readonly OpinionToken[]): { sums: TokenSums }[] {
    return tokens.map((token) => this.sumsOf(token.form, token));
  }

  /** To be called once all features have been handed over. */
  finish(): void {
    this.odds = this.sum.result();
  }

  /** Log-odds to add to each answer of a question; undefined where nothing was learned of it. */
  of(question: { name: string; answers: readonly string[] }): Float64Array | undefined {
    const place = this.placeOf(question);
    return place && this.odds.subarray(place.from, place.from + place.answers.length);
  }

  placeOf({ name, answers }: { name: string; answers: readonly string[] }): Place | undefined {
    let from = 0;
    for (const question of this.part.questions) {
      const isMeant = question.name === 'tone' ? areTones(answers) : question.name === name;
      if (isMeant && question.answers === answers.length) return { from, answers };
      from += question.answers;
    }
    return undefined;
  }
}

function denseOf({ bits, rows, weights, scales, biases }: AdaptedPart): LinearWeights {
  const outputs = biases.length;
  const dense = new Int8Array(2 ** bits * outputs);
  rows.forEach((row, at) => {
    dense.set(weights.subarray(at * outputs, (at + 1) * outputs), row * outputs);
  });
  return { outputs, bits, weights: dense, scales, biases };
}
