import type { LinearWeights } from '../src/understand/classifier/linear.ts';
import type { NetworkWeights } from '../src/understand/classifier/network.ts';
import type { LogisticFit } from './fit-logistic.ts';
import type { NetworkFit } from './fit-network.ts';

/** Larger weights are cut to this share of all: a few would make the steps of all others coarse. */
const CUT = 0.9998;

/** Weights of 8 bits; rows that fewer than two texts have are left out. */
export function quantiseLinear(fits: readonly LogisticFit[], bits: number, seen: Uint16Array): LinearWeights {
  const outputs = fits.length;
  const weights = new Int8Array(2 ** bits * outputs);
  const scales = new Float32Array(outputs);
  fits.forEach((fit, output) => {
    const scale = largestOf(fit.weights) / 127;
    scales[output] = scale;
    fit.weights.forEach((weight, row) => {
      if ((seen[row] as number) >= 2) weights[row * outputs + output] = toByte(weight / scale);
    });
  });
  return { outputs, bits, weights, scales, biases: Float32Array.from(fits, ({ bias }) => bias) };
}

export function quantiseNetwork(fit: NetworkFit, words: readonly string[]): NetworkWeights {
  const { filters, dimensions, heads, filterBiases } = fit;
  const products = multiply(fit, words.length + 1);
  const [tableScale, vectorScale] = [largestOf(products) / 127, largestOf(fit.vectors) / 127];
  return {
    filters,
    dimensions,
    rows: new Map(words.map((word, at) => [word, at + 1])),
    table: Int8Array.from(products, (value) => toByte(value / tableScale)),
    tableScale,
    vectors: Int8Array.from(fit.vectors, (value) => toByte(value / vectorScale)),
    vectorScale,
    filterBiases,
    outputs: heads.reduce((sum, { biases }) => sum + biases.length, 0),
    heads: concatenated(heads.map(({ weights }) => weights)),
    headBiases: concatenated(heads.map(({ biases }) => biases)),
  };
}

/** What each word adds to each filter from each side. */
function multiply({ filters, dimensions, windows, vectors }: NetworkFit, words: number): Float32Array {
  const products = new Float32Array(words * 3 * filters);
  for (let word = 0; word < words; word += 1)
    for (let side = 0; side < 3; side += 1)
      for (let filter = 0; filter < filters; filter += 1) {
        const window = (filter * 3 + side) * dimensions;
        let sum = 0;
        for (let at = 0; at < dimensions; at += 1)
          sum += (windows[window + at] as number) * (vectors[word * dimensions + at] as number);
        products[(word * 3 + side) * filters + filter] = sum;
      }
  return products;
}

function largestOf(values: Float32Array): number {
  const sizes = values
    .filter((value) => value !== 0)
    .map(Math.abs)
    .sort();
  return sizes[Math.floor((sizes.length - 1) * CUT)] || 1;
}

function toByte(value: number): number {
  return Math.max(-127, Math.min(127, Math.round(value)));
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
