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
export function runNetwork(network: NetworkWeights, lemmas: readonly string[]): Float64Array {
  const { outputs, heads, headBiases } = network;
  const signs = readWindows(network, rowsOf(network, lemmas));
  const odds = Float64Array.from(headBiases);
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] as number;
    // Most filters have seen nothing.
    if (sign === 0) continue;
    for (let output = 0, head = at; output < outputs; output += 1, head += signs.length)
      odds[output] = (odds[output] as number) + sign * (heads[head] as number);
  }
  return odds;
}

function rowsOf({ rows }: NetworkWeights, lemmas: readonly string[]): Int32Array {
  const count = Math.min(WORDS_AT_MOST, lemmas.length);
  const found = new Int32Array(count);
  for (let at = 0; at < count; at += 1) found[at] = rows.get(lemmas[at] as string) ?? 0;
  return found;
}

function readWindows(network: NetworkWeights, rows: Int32Array): Float32Array {
  const { filters, dimensions, table, tableScale, vectors, vectorScale, filterBiases } = network;
  const signs = new Float32Array(2 * filters + dimensions);
  const count = rows.length;
  if (count === 0) return signs;
  const stride = 3 * filters;
  for (let at = 0; at < count; at += 1) {
    const left = at > 0 ? (rows[at - 1] as number) * stride : -1;
    const middle = (rows[at] as number) * stride + filters;
    const right = at + 1 < count ? (rows[at + 1] as number) * stride + 2 * filters : -1;
    for (let filter = 0; filter < filters; filter += 1) {
      let sum = table[middle + filter] as number;
      if (left >= 0) sum += table[left + filter] as number;
      if (right >= 0) sum += table[right + filter] as number;
      const answer = sum * tableScale + (filterBiases[filter] as number);
      if (answer <= 0) continue;
      if (answer > (signs[filter] as number)) signs[filter] = answer;
      signs[filters + filter] = (signs[filters + filter] as number) + answer / count;
    }
  }
  const share = vectorScale / Math.sqrt(count);
  for (const row of rows)
    for (let at = 0; at < dimensions; at += 1)
      signs[2 * filters + at] =
        (signs[2 * filters + at] as number) + share * (vectors[row * dimensions + at] as number);
  return signs;
}
