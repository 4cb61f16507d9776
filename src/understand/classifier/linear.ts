import type { FeatureSink } from './feature-sink.ts';

/** A linear classifier over hashed features, for many questions at once. */
export interface LinearWeights {
  /** Questions times answers. */
  outputs: number;
  /** Two to this power are the rows. */
  bits: number;
  /** Row by row, `outputs` numbers each; times `scales[output]` they are weights. */
  weights: Int8Array;
  scales: Float32Array;
  biases: Float32Array;
}

/** Adds the rows of some features to `sums`, from `from` on. */
export function addRows(
  { outputs, bits, weights }: LinearWeights,
  hashes: Uint32Array,
  count: number,
  sums: Int32Array,
  from: number,
): void {
  const shift = 32 - bits;
  let at = 0;
  // Two at a time: what is summed up is fetched and put back half as often.
  for (; at + 1 < count; at += 2) {
    const row = ((hashes[at] as number) >>> shift) * outputs;
    const next = ((hashes[at + 1] as number) >>> shift) * outputs;
    for (let output = 0; output < outputs; output += 1)
      sums[from + output] =
        (sums[from + output] as number) +
        (weights[row + output] as number) +
        (weights[next + output] as number);
  }
  if (at === count) return;
  const row = ((hashes[at] as number) >>> shift) * outputs;
  for (let output = 0; output < outputs; output += 1)
    sums[from + output] = (sums[from + output] as number) + (weights[row + output] as number);
}

/** Sums up what the features of one text say. One is used for one text after another; not by two callers at a time. */
export class LinearSum implements FeatureSink {
  private readonly model: LinearWeights;
  private readonly sums: Float64Array;
  private readonly family: Int32Array;

  constructor(model: LinearWeights) {
    this.model = model;
    this.sums = new Float64Array(model.outputs);
    this.family = new Int32Array(model.outputs);
  }

  start(): void {
    this.sums.fill(0);
  }

  take(hashes: Uint32Array, count: number, weight: number): void {
    this.family.fill(0);
    addRows(this.model, hashes, count, this.family, 0);
    this.add(this.family, 0, count, weight);
  }

  /** A family of so many features, whose rows add up to `rows`, from `from` on. */
  add(rows: Int32Array, from: number, count: number, weight: number): void {
    if (count === 0) return;
    const share = weight / Math.sqrt(count);
    const { sums } = this;
    for (let output = 0; output < sums.length; output += 1)
      sums[output] = (sums[output] as number) + share * (rows[from + output] as number);
  }

  /** Log-odds of each output. */
  result(): Float64Array {
    const { scales, biases } = this.model;
    const odds = new Float64Array(this.sums.length);
    for (let output = 0; output < odds.length; output += 1)
      odds[output] = (this.sums[output] as number) * (scales[output] as number) + (biases[output] as number);
    return odds;
  }
}
