/** Takes the features of a text, family by family. */
export interface FeatureSink {
  /** `hashes[0…count)` are 32-bit hashes, repeated as often as the feature stands in the text; the array is used again. */
  take(hashes: Uint32Array, count: number, weight: number): void;
}
