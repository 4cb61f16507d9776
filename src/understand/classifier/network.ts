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
  /** As in the weights, and behind it a row of zeros: what stands before a text and after it. */
  private readonly table: Int8Array;
  /** Where that row begins. */
  private readonly beyond: number;
  /** Of the text that is read, per filter: its strongest answer, the sum of its answers, their number. */
  private readonly most: Int32Array;
  private readonly total: Int32Array;
  private readonly answers: Int32Array;

  constructor(weights: NetworkWeights) {
    const { filters, outputs, vectors, dimensions } = weights;
    this.weights = weights;
    this.beyond = weights.table.length;
    this.table = new Int8Array(this.beyond + 3 * filters);
    this.table.set(weights.table);
    this.most = new Int32Array(filters);
    this.total = new Int32Array(filters);
    this.answers = new Int32Array(filters);
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
    const odds = new Float64Array(this.weights.headBiases);
    const count = Math.min(rows.length, WORDS_AT_MOST);
    if (count === 0) return odds;
    this.addWindows(odds, rows, count);
    this.addVectors(odds, rows, count);
    return odds;
  }

  /** Of each filter its strongest answer, and the mean of its answers; in whole numbers until all words are read. */
  private addWindows(odds: Float64Array, rows: readonly number[], count: number): void {
    const { filters, tableScale, filterBiases } = this.weights;
    const most = this.most;
    const total = this.total;
    const answers = this.answers;
    most.set(this.thresholds);
    total.fill(0);
    answers.fill(0);
    const width = 3 * filters;
    for (let at = 0; at < count; at += 1) {
      const left = at > 0 ? (rows[at - 1] as number) * width : this.beyond;
      const right = at + 1 < count ? (rows[at + 1] as number) * width : this.beyond;
      this.lookAt(left, (rows[at] as number) * width + filters, right + 2 * filters);
    }
    for (let filter = 0; filter < filters; filter += 1) {
      const answered = answers[filter] as number;
      // Those that have seen nothing add nothing.
      if (answered === 0) continue;
      const bias = filterBiases[filter] as number;
      const strongest = (most[filter] as number) * tableScale + bias;
      const mean = ((total[filter] as number) * tableScale + answered * bias) / count;
      this.addFilter(odds, filter, strongest, mean);
    }
  }

  /** What each filter answers to three words, whose shares begin at these places of the table. */
  private lookAt(left: number, middle: number, right: number): void {
    const { table, thresholds } = this;
    const most = this.most;
    const total = this.total;
    const answers = this.answers;
    for (let filter = 0; filter < thresholds.length; filter += 1) {
      const sum =
        (table[left + filter] as number) +
        (table[middle + filter] as number) +
        (table[right + filter] as number);
      // No branches: nobody could predict them, and each wrong guess costs as much as ten sums. All bits are set where it answers.
      const isAnswer = ((thresholds[filter] as number) - sum) >> 31;
      total[filter] = (total[filter] as number) + (sum & isAnswer);
      answers[filter] = (answers[filter] as number) - isAnswer;
      const more = sum - (most[filter] as number);
      most[filter] = (most[filter] as number) + (more & ~(more >> 31));
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
