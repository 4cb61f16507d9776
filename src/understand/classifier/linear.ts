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
    const { outputs, bits, weights } = this.model;
    const family = this.family;
    const shift = 32 - bits;
    family.fill(0);
    for (let at = 0; at < count; at += 1) {
      const row = ((hashes[at] as number) >>> shift) * outputs;
      for (let output = 0; output < outputs; output += 1)
        family[output] = (family[output] as number) + (weights[row + output] as number);
    }
    const share = weight / Math.sqrt(count);
    for (let output = 0; output < outputs; output += 1)
      this.sums[output] = (this.sums[output] as number) + share * (family[output] as number);
  }

  /** Log-odds of each output. */
  result(): number[] {
    const { scales, biases } = this.model;
    return Array.from(this.sums, (sum, output) => sum * (scales[output] ?? 0) + (biases[output] ?? 0));
  }
}
