import { onceFor } from '../../lib/once-for.ts';

/**
 * A network that looks at three words at a time (Kim, "Convolutional neural networks for sentence classification", 2014), with
 * the products of word vectors and filters worked out beforehand: a text costs additions only.
 */
export interface NetworkWeights {
  /** Filters; each sees a word with its neighbours. */
  filters: number;
  /** Length of a word vector. */
  dimensions: number;
  /** Lemma → row of the tables; row 0 is every other word. */
  rows: ReadonlyMap<string, number>;
  /** Per row: what the word adds to each filter as the left neighbour, in the middle, as the right one; times `tableScale`. */
  table: Int8Array;
  tableScale: number;
  /** Per row the word vector; times `vectorScale`. */
  vectors: Int8Array;
  vectorScale: number;
  filterBiases: Float32Array;
  outputs: number;
  /** Per output: weights of the strongest answers of the filters, of their mean, of the mean vector. */
  heads: Float32Array;
  headBiases: Float32Array;
}

/** Words that are read; the end of longer texts adds little. */
export const WORDS_AT_MOST = 400;

/** Log-odds of each output. */
export function runNetwork(weights: NetworkWeights, lemmas: readonly string[]): Float64Array {
  const network = networkOf(weights);
  return network.odds(lemmas.slice(0, WORDS_AT_MOST).map((lemma) => network.rowOf(lemma)));
}

export const networkOf = onceFor((weights: NetworkWeights) => new Network(weights));

/** The weights as they are read fastest. */
export class Network {
  private readonly weights: NetworkWeights;
  /** Per filter: sums of products above it are an answer above 0. */
  private readonly thresholds: Int32Array;
  /** Per filter: the weights of its strongest answer, then those of its mean, `outputs` numbers each. */
  private readonly heads: Float32Array;
  /** Per row: what its vector adds to each output; worked out when the row is first met. */
  private readonly shares: Float32Array;
  private readonly isShared: Uint8Array;
  private readonly offsets = new Int32Array(WORDS_AT_MOST);

  constructor(weights: NetworkWeights) {
    const { filters, outputs, vectors, dimensions } = weights;
    this.weights = weights;
    this.thresholds = Int32Array.from({ length: filters }, (_, filter) => thresholdOf(weights, filter));
    this.heads = new Float32Array(2 * filters * outputs);
    for (let filter = 0; filter < filters; filter += 1)
      for (let output = 0; output < outputs; output += 1) {
        this.heads[2 * filter * outputs + output] = headOf(weights, filter, output);
        this.heads[(2 * filter + 1) * outputs + output] = headOf(weights, filters + filter, output);
      }
    const rows = vectors.length / dimensions;
    this.shares = new Float32Array(rows * outputs);
    this.isShared = new Uint8Array(rows);
  }

  rowOf(lemma: string): number {
    return this.weights.rows.get(lemma) ?? 0;
  }

  /** Log-odds of each output, by the rows of the words; WORDS_AT_MOST of them are read. */
  odds(rows: readonly number[]): Float64Array {
    const odds = Float64Array.from(this.weights.headBiases);
    const count = Math.min(rows.length, WORDS_AT_MOST);
    if (count === 0) return odds;
    this.addWindows(odds, rows, count);
    this.addVectors(odds, rows, count);
    return odds;
  }

  /** Of each filter its strongest answer, and the mean of its answers; in whole numbers until all words are read. */
  private addWindows(odds: Float64Array, rows: readonly number[], count: number): void {
    const { filters, table, tableScale, filterBiases } = this.weights;
    const offsets = this.offsets;
    for (let at = 0; at < count; at += 1) offsets[at] = (rows[at] as number) * 3 * filters;
    for (let filter = 0; filter < filters; filter += 1) {
      const threshold = this.thresholds[filter] as number;
      let most = threshold;
      let total = 0;
      let answers = 0;
      let left = 0;
      let place = (offsets[0] as number) + filter;
      for (let at = 1; at <= count; at += 1) {
        let sum = left + (table[place + filters] as number);
        left = table[place] as number;
        if (at < count) {
          place = (offsets[at] as number) + filter;
          sum += table[place + 2 * filters] as number;
        }
        if (sum > threshold) {
          if (sum > most) most = sum;
          total += sum;
          answers += 1;
        }
      }
      // Most filters have seen nothing.
      if (answers === 0) continue;
      const bias = filterBiases[filter] as number;
      const strongest = most * tableScale + bias;
      const mean = (total * tableScale + answers * bias) / count;
      this.addFilter(odds, filter, strongest, mean);
    }
  }

  private addFilter(odds: Float64Array, filter: number, strongest: number, mean: number): void {
    const { heads } = this;
    const ofStrongest = 2 * filter * odds.length;
    const ofMean = ofStrongest + odds.length;
    for (let output = 0; output < odds.length; output += 1)
      odds[output] =
        (odds[output] as number) +
        strongest * (heads[ofStrongest + output] as number) +
        mean * (heads[ofMean + output] as number);
  }

  /** What the mean vector adds, word by word. */
  private addVectors(odds: Float64Array, rows: readonly number[], count: number): void {
    const { shares, isShared } = this;
    const scale = this.weights.vectorScale / Math.sqrt(count);
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (isShared[row] === 0) this.shareVector(row);
      const from = row * odds.length;
      for (let output = 0; output < odds.length; output += 1)
        odds[output] = (odds[output] as number) + scale * (shares[from + output] as number);
    }
  }

  private shareVector(row: number): void {
    const { outputs, vectors, dimensions, filters } = this.weights;
    for (let output = 0; output < outputs; output += 1) {
      let sum = 0;
      for (let at = 0; at < dimensions; at += 1)
        sum += (vectors[row * dimensions + at] as number) * headOf(this.weights, 2 * filters + at, output);
      this.shares[row * outputs + output] = sum;
    }
    this.isShared[row] = 1;
  }
}

function headOf({ heads, filters, dimensions }: NetworkWeights, sign: number, output: number): number {
  return heads[output * (2 * filters + dimensions) + sign] as number;
}

/** The largest whole number that times `tableScale` does not come above 0 with the filter's bias. */
function thresholdOf({ tableScale, filterBiases }: NetworkWeights, filter: number): number {
  const bias = filterBiases[filter] as number;
  let threshold = Math.floor(-bias / tableScale);
  while (threshold * tableScale + bias > 0) threshold -= 1;
  while ((threshold + 1) * tableScale + bias <= 0) threshold += 1;
  return threshold;
}
